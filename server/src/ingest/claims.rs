//! What waited in quarantine goes to whoever holds its asset now.

use std::time::Instant;

use super::{
    announce,
    apply::{Turn, Understood, apply_isolating},
    gather::gather,
    rest,
};
use crate::{
    db::{
        quarantine::{self, Claimed},
        transaction::Tx,
    },
    error::Result,
    ids::DeliveryId,
    services::Services,
};

/// The most claims of one slice.
const SLICE: i64 = 256;

/// Applies one slice of what somebody claimed. `false` when nothing is left.
pub(super) async fn apply_claimed(services: &Services) -> Result<bool> {
    let all = quarantine::list_claimed_across_tenants(services.db(), SLICE).await?;
    let mut left = all.as_slice();
    while let Some(first) = left.first() {
        let begun = Instant::now();
        let (mut batch, count) = read(services, left).await?;
        let (claims, later) = left.split_at(count);
        left = later;
        let turn = Turn::Claimed { tenant: &first.tenant_id, claims };
        apply_isolating(services, &mut batch, turn, |applied| announce(services, &applied)).await?;
        let is_gone = |claim: &&Claimed| !batch.iter().any(|one| one.id == claim.delivery_id);
        let gone: Vec<&Claimed> = claims.iter().filter(is_gone).collect();
        forget(services, &gone).await?;
        rest(services, begun).await;
    }
    Ok(!all.is_empty())
}

/// The deliveries that the next claims are about, each once, and how many claims those are: of one tenant, and no more than
/// are applied at once. Claims come in the order of their deliveries.
async fn read(services: &Services, claims: &[Claimed]) -> Result<(Vec<Understood>, usize)> {
    let same_tenant = |claim: &&Claimed| claims.first().is_some_and(|one| one.tenant_id == claim.tenant_id);
    let mut ids: Vec<DeliveryId> = claims.iter().take_while(same_tenant).map(|claim| claim.delivery_id).collect();
    let of_tenant = ids.len();
    ids.dedup();
    let (batch, read) = gather(services, &ids).await?;
    let next = ids.get(read);
    let count = claims.iter().take(of_tenant).take_while(|claim| next.is_none_or(|next| claim.delivery_id < *next));
    Ok((batch, count.count()))
}

/// Lets claims go whose bodies are kept no more.
async fn forget(services: &Services, gone: &[&Claimed]) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let mut tx = Tx::begin(services.db()).await?;
    for claim in gone {
        quarantine::delete_across_tenants(&mut tx, claim).await?;
    }
    tx.commit().await
}
