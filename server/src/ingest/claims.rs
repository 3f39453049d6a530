//! What waited in quarantine goes to whoever holds its asset now.

use super::{
    announce,
    apply::{Turn, Understood, apply_isolating},
};
use crate::{
    db::{
        journal,
        quarantine::{self, Claimed},
        transaction::Tx,
    },
    error::Result,
    services::Services,
};

/// The most deliveries of one slice.
const SLICE: i64 = 64;
/// So many bytes of bodies are one transaction, and the delivery that exceeds them.
const BYTES: usize = 8 * 1024 * 1024;

/// Applies one slice of what somebody claimed. `false` when nothing is left.
pub(super) async fn apply_claimed(services: &Services) -> Result<bool> {
    let all = quarantine::list_claimed_across_tenants(services.db(), SLICE).await?;
    let mut rest = all.as_slice();
    while let Some(first) = rest.first() {
        let (mut batch, count) = read(services, rest).await?;
        let (claims, later) = rest.split_at(count);
        rest = later;
        let turn = Turn::Claimed { tenant: &first.tenant_id, claims };
        apply_isolating(services, &mut batch, turn, |applied| announce(services, &applied)).await?;
        let gone = claims.iter().filter(|claim| !batch.iter().any(|delivery| delivery.id == claim.delivery_id));
        forget(services, gone).await?;
    }
    Ok(!all.is_empty())
}

/// The deliveries that the next claims are about, each once, and how many claims those are: of one tenant, and not too long
/// together.
async fn read(services: &Services, claims: &[Claimed]) -> Result<(Vec<Understood>, usize)> {
    let mut batch: Vec<Understood> = Vec::new();
    let mut bytes = 0_usize;
    let same_tenant =
        claims.iter().take_while(|claim| claims.first().is_some_and(|one| one.tenant_id == claim.tenant_id));
    for (count, claim) in same_tenant.clone().enumerate() {
        if batch.iter().any(|known| known.id == claim.delivery_id) {
            continue;
        }
        if bytes >= BYTES {
            return Ok((batch, count));
        }
        if let Some(delivery) = journal::get(services.db(), claim.delivery_id.number()).await? {
            bytes = bytes.saturating_add(delivery.body.len());
            batch.push(Understood::new(delivery, services.intake().reader()));
        }
    }
    Ok((batch, same_tenant.count()))
}

/// Lets claims go whose bodies are kept no more.
async fn forget(services: &Services, gone: impl Iterator<Item = &Claimed>) -> Result<()> {
    for claim in gone {
        let mut tx = Tx::begin(services.db()).await?;
        quarantine::delete_across_tenants(&mut tx, claim).await?;
        tx.commit().await?;
    }
    Ok(())
}
