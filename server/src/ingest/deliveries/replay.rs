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
    },
    observe,
    services::Services,
};

/// The most deliveries of one replay.
pub const MOST_REPLAYS: usize = 1_000;

/// How many are applied at once.
const SLICE: usize = 32;

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
        for slice in ids.chunks(SLICE) {
            if let Err(error) = apply_again(&later, slice, only.as_ref()).await {
                tracing::warn!(%error, "deliveries could not be applied again; they can be tried once more");
                return;
            }
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
    for id in &ids {
        let parts = delivery_parts::list_by_delivery_across_tenants(services.db(), *id).await?;
        if !parts.iter().any(|part| viewer.sees(&part.tenant_id)) {
            return Err(Error::NotFound("delivery"));
        }
    }
    Ok(ids)
}

/// The newest of the viewer's that pass the filter.
async fn found(services: &Services, viewer: &Viewer, filter: &Filter) -> Result<Vec<DeliveryId>> {
    let (db, most, filter) = (services.db(), i64::try_from(MOST_REPLAYS).unwrap_or(i64::MAX), filter.into());
    let parts = match viewer.only() {
        Some(tenant) => delivery_parts::list(db, tenant, &filter, most).await?,
        None => delivery_parts::list_across_tenants(db, &filter, most).await?,
    };
    Ok(parts.into_iter().map(|part| part.delivery_id).collect::<BTreeSet<_>>().into_iter().collect())
}

/// The tenants whose audit log tells of it.
async fn concerned(services: &Services, viewer: &Viewer, ids: &[DeliveryId]) -> Result<BTreeSet<TenantId>> {
    if let Some(tenant) = viewer.only() {
        return Ok([tenant.clone()].into());
    }
    let mut tenants = BTreeSet::new();
    for id in ids {
        let parts = delivery_parts::list_by_delivery_across_tenants(services.db(), *id).await?;
        tenants.extend(parts.iter().filter_map(|part| part.tenant_id.parse().ok()));
    }
    Ok(tenants)
}

/// One slice. What is kept no more is left out.
async fn apply_again(services: &Services, ids: &[DeliveryId], only: Option<&TenantId>) -> Result<()> {
    let mut batch = Vec::with_capacity(ids.len());
    for id in ids {
        batch.extend(journal::get(services.db(), id.number()).await?.map(Understood::new));
    }
    apply_isolating(services, &mut batch, Turn::Again { only }, |applied| announce(services, &applied)).await?;
    Ok(())
}
