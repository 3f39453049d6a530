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

/// Applies one slice of what somebody claimed. `false` when nothing is left.
pub(super) async fn apply_claimed(services: &Services) -> Result<bool> {
    let all = quarantine::list_claimed_across_tenants(services.db(), SLICE).await?;
    for claims in all.chunk_by(|a, b| a.tenant_id == b.tenant_id) {
        let Some(first) = claims.first() else { continue };
        let mut batch = read(services, claims).await?;
        let turn = Turn::Claimed { tenant: &first.tenant_id, claims };
        apply_isolating(services, &mut batch, turn, |applied| announce(services, &applied)).await?;
        let gone = claims.iter().filter(|claim| !batch.iter().any(|delivery| delivery.id == claim.delivery_id));
        forget(services, gone).await?;
    }
    Ok(!all.is_empty())
}

/// The deliveries that the claims are about, each once.
async fn read(services: &Services, claims: &[Claimed]) -> Result<Vec<Understood>> {
    let mut batch: Vec<Understood> = Vec::with_capacity(claims.len());
    for claim in claims {
        if batch.iter().any(|known| known.id == claim.delivery_id) {
            continue;
        }
        if let Some(delivery) = journal::get(services.db(), claim.delivery_id.number()).await? {
            batch.push(Understood::new(delivery));
        }
    }
    Ok(batch)
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
