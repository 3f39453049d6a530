//! Having deliveries applied again: asked for here, and done by a job, for everybody in turn.

use std::{collections::BTreeSet, time::Instant};

use super::{Filter, Viewer};
use crate::{
    accounts::Actor,
    db::{
        delivery_parts,
        replays::{self, Waiting},
    },
    error::{Error, Result},
    ids::{DeliveryId, JobId, TenantId},
    ingest::{
        announce,
        apply::{Turn, apply_isolating},
        gather::gather,
        rest,
    },
    jobs::{self, Asked, Kind, Outcome},
    observe,
    services::Services,
};

/// The most deliveries of one replay.
pub const MOST_REPLAYS: usize = 1_000;

/// The most that are applied at once.
const SLICE: i64 = 32;

/// Which deliveries to apply again.
#[derive(Debug, Clone)]
pub enum Replay {
    /// These.
    Ids(Vec<DeliveryId>),
    /// The newest [`MOST_REPLAYS`] that pass the filter.
    Filter(Filter),
}

/// Has deliveries applied again, in the background: an owner the parts of their tenant, an operator everything. What they
/// brought is there once, as before, and each of it goes to whom it went before. Answers how many; they are sure to be applied
/// when this returns.
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
    let target = if ids.len() == 1 { "1 delivery".to_owned() } else { format!("{} deliveries", ids.len()) };
    let who = (&actor.user_id, actor.name.as_str());
    for tenant in concerned(services, &viewer, &ids).await? {
        observe::audit(services, &tenant, who, "deliveries.replayed", &target).await?;
    }
    let (id, now) = (JobId::new(services.ids()), services.clock().now());
    // One for the whole installation: whoever asks for much takes nobody else's turn.
    let job = Asked { tenant: None, kind: Kind::ReplayDeliveries, subject: "all" }.as_new(&id, now);
    replays::insert_across_tenants(services.db(), viewer.only(), &ids, &job, now).await?;
    jobs::wake(services);
    Ok(ids.len())
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

/// The job: what was asked for is applied again, slice by slice. What is kept no more is left out.
///
/// # Errors
/// When the database fails; the next run goes on where this one stopped.
pub(crate) async fn apply_asked(services: &Services) -> Result<Outcome> {
    loop {
        let slice = replays::list_next_across_tenants(services.db(), SLICE).await?;
        if slice.is_empty() {
            return Ok(Outcome::Done);
        }
        apply_slice(services, &slice).await?;
    }
}

async fn apply_slice(services: &Services, slice: &[Waiting]) -> Result<()> {
    let only: Option<TenantId> = match slice.first().map(|one| one.tenant_id.as_str()) {
        None | Some("") => None,
        Some(tenant) => Some(tenant.parse().map_err(Error::internal)?),
    };
    let ids: Vec<DeliveryId> = slice.iter().map(|one| one.delivery_id).collect();
    let (mut left, mut left_ids) = (slice, ids.as_slice());
    while !left_ids.is_empty() {
        let begun = Instant::now();
        let (mut batch, read) = gather(services, left_ids).await?;
        let turn = Turn::Again { only: only.as_ref() };
        apply_isolating(services, &mut batch, turn, |applied| announce(services, &applied)).await?;
        let (done, later) = left.split_at(read);
        replays::delete_across_tenants(services.db(), done).await?;
        (left, left_ids) = (later, left_ids.get(read..).unwrap_or_default());
        rest(services, begun).await;
    }
    Ok(())
}
