//! Having deliveries applied again.

use std::collections::BTreeSet;

use super::{Filter, Viewer};
use crate::{
    accounts::Actor,
    db::{delivery_parts, journal},
    error::{Error, Result},
    ids::{DeliveryId, TenantId},
    ingest::{
        announce,
        apply::{Turn, Understood, apply_isolating},
        without_panic,
    },
    observe,
    services::Services,
};

/// The most deliveries of one replay.
pub const MOST_REPLAYS: usize = 1_000;

/// The most that are applied at once.
const SLICE: usize = 32;
/// So many bytes of bodies are applied at once, and the delivery that exceeds them.
const BYTES: usize = 8 * 1024 * 1024;

/// Which deliveries to apply again.
#[derive(Debug, Clone)]
pub enum Replay {
    /// These.
    Ids(Vec<DeliveryId>),
    /// The newest [`MOST_REPLAYS`] that pass the filter.
    Filter(Filter),
}

/// Has deliveries applied again, in the background: an owner the parts of their tenant, an operator everything. What they
/// brought is there once, as before. Answers how many.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or operator, [`Error::Invalid`] for too many, [`Error::NotFound`] when one
/// of the named is not theirs; when the database fails.
pub async fn replay(services: &Services, actor: &Actor, which: Replay) -> Result<usize> {
    let viewer = Viewer::new(actor)?;
    viewer.may_replay()?;
    let ids = match which {
        Replay::Ids(ids) => named(services, &viewer, ids).await?,
        Replay::Filter(filter) => found(services, &viewer, &filter).await?,
    };
    let target = format!("{} deliveries", ids.len());
    let who = (&actor.user_id, actor.name.as_str());
    for tenant in concerned(services, &viewer, &ids).await? {
        observe::audit(services, &tenant, who, "deliveries.replayed", &target).await?;
    }
    let count = ids.len();
    let (later, only) = (services.clone(), viewer.only().cloned());
    services.tasks().spawn(async move {
        if let Err(error) = without_panic(apply_again(&later, &ids, only.as_ref())).await {
            tracing::warn!(%error, "deliveries could not be applied again; they can be tried once more");
        }
    });
    Ok(count)
}

/// These, when each of them is the viewer's.
async fn named(services: &Services, viewer: &Viewer, ids: Vec<DeliveryId>) -> Result<Vec<DeliveryId>> {
    let ids: Vec<DeliveryId> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Err(Error::invalid("id", "Choose at least one delivery."));
    }
    if ids.len() > MOST_REPLAYS {
        return Err(Error::invalid("id", format!("Choose at most {MOST_REPLAYS} deliveries at a time.")));
    }
    let whose = delivery_parts::list_tenants_across_tenants(services.db(), &ids).await?;
    let theirs: BTreeSet<DeliveryId> =
        whose.into_iter().filter(|(_, tenant)| viewer.sees(tenant)).map(|(id, _)| id).collect();
    if theirs.len() == ids.len() { Ok(ids) } else { Err(Error::NotFound("delivery")) }
}

/// The newest of the viewer's that pass the filter.
async fn found(services: &Services, viewer: &Viewer, filter: &Filter) -> Result<Vec<DeliveryId>> {
    let (db, most, filter) = (services.db(), i64::try_from(MOST_REPLAYS).unwrap_or(i64::MAX), filter.into());
    let mut ids = match viewer.only() {
        Some(tenant) => delivery_parts::list_ids(db, tenant, &filter, most).await?,
        None => delivery_parts::list_ids_across_tenants(db, &filter, most).await?,
    };
    ids.sort_unstable();
    Ok(ids)
}

/// The tenants whose audit log tells of it.
async fn concerned(services: &Services, viewer: &Viewer, ids: &[DeliveryId]) -> Result<BTreeSet<TenantId>> {
    if let Some(tenant) = viewer.only() {
        return Ok([tenant.clone()].into());
    }
    let whose = delivery_parts::list_tenants_across_tenants(services.db(), ids).await?;
    Ok(whose.into_iter().filter_map(|(_, tenant)| tenant.parse().ok()).collect())
}

/// Slice by slice. What is kept no more is left out.
async fn apply_again(services: &Services, ids: &[DeliveryId], only: Option<&TenantId>) -> Result<()> {
    let (mut batch, mut bytes) = (Vec::new(), 0_usize);
    for (place, id) in ids.iter().enumerate() {
        if let Some(delivery) = journal::get(services.db(), id.number()).await? {
            bytes = bytes.saturating_add(delivery.body.len());
            batch.push(Understood::new(delivery, services.intake().reader()));
        }
        if batch.len() >= SLICE || bytes >= BYTES || place + 1 == ids.len() {
            let turn = Turn::Again { only };
            apply_isolating(services, &mut batch, turn, |applied| announce(services, &applied)).await?;
            (batch, bytes) = (Vec::new(), 0);
        }
    }
    Ok(())
}
