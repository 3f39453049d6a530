//! What deliveries say is made true, in one transaction for many of them.
//!
//! Everything that a batch touches is read by set, changed in memory, and what changed is written by set. The outcome
//! depends only on the set of events that came: any order and any number of repeats leads to the same tables.

mod assets;
mod message;
mod messages;
mod parts;
mod people;
mod route;
mod threads;
mod understood;

use std::collections::{BTreeSet, HashMap};

pub(crate) use parts::kind_name;
pub(crate) use understood::{Misfit, Understood};

use self::{people::People, route::Routes, threads::Threads};
use crate::{
    clock::Timestamp,
    db::{
        journal_writers,
        quarantine::{self, Claimed},
        transaction::Tx,
    },
    error::Result,
    ids::TenantId,
    live::{Hint, Hints},
    meta::webhook::Happening,
    services::Services,
};

/// Why a batch is applied.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turn<'a> {
    /// It is next in the journal: what `writer` wrote after `from` up to `through`.
    Next { writer: i64, from: i64, through: i64 },
    /// Somebody wants it applied once more, for one tenant or for all.
    Again { only: Option<&'a TenantId> },
    /// Somebody holds now what nobody held.
    Claimed(&'a Claimed),
}

/// What a batch brought.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    /// Whom it concerns, and how.
    pub(crate) tenants: HashMap<TenantId, Hints>,
    /// The people whose grants changed: of which app, by their ids at Meta.
    pub(crate) grants: BTreeSet<(String, String)>,
}

/// Applies a batch, all or nothing. `None` when its place in the journal was taken by somebody else.
pub(crate) async fn apply(services: &Services, batch: &[Understood], turn: Turn<'_>) -> Result<Option<Applied>> {
    let (ids, now) = (services.ids(), services.clock().now());
    let mut tx = Tx::begin(services.db()).await?;
    if let Turn::Next { writer, from, through } = turn
        && !journal_writers::claim_through(&mut tx, writer, from, through, now).await?
    {
        return Ok(None);
    }
    let routes = Routes::load(&mut tx, batch).await?;
    let (routed, homeless) = routes.split(batch, turn.only());
    tx.lock_tenants(&route::tenants(&routed)).await?;
    let people = People::apply(&mut tx, &routed, ids, now).await?;
    let threads = Threads::apply(&mut tx, &routed, &people, ids, now).await?;
    messages::apply(&mut tx, &routed, &people, &threads, ids, now).await?;
    assets::note(&mut tx, &routed, ids, now).await?;
    match turn {
        Turn::Next { .. } => {
            parts::quarantine(&mut tx, &homeless).await?;
            parts::apply(&mut tx, batch, &routed, &homeless, None).await?;
        }
        Turn::Again { only: None } => parts::apply(&mut tx, batch, &routed, &homeless, Some(now)).await?,
        Turn::Again { only: Some(_) } => parts::apply(&mut tx, &[], &routed, &[], Some(now)).await?,
        Turn::Claimed(claimed) => {
            parts::hand_over(&mut tx, &routed).await?;
            parts::apply(&mut tx, &[], &routed, &[], None).await?;
            quarantine::delete_across_tenants(&mut tx, claimed).await?;
        }
    }
    assets::mark_seen(&mut tx, &routed).await?;
    tx.commit().await?;

    let mut applied = Applied::default();
    for one in &routed {
        let hints = applied.tenants.entry(one.tenant().clone()).or_default();
        *hints = hints.with(Hint::Delivery).with(hint(&one.event.what));
    }
    for (delivery, event) in &homeless {
        if let Happening::Grant { user, .. } = &event.what {
            applied.grants.insert((delivery.meta_app_id.clone(), user.clone()));
        }
    }
    Ok(Some(applied))
}

impl Turn<'_> {
    fn only(&self) -> Option<&TenantId> {
        match self {
            Self::Next { .. } => None,
            Self::Again { only } => *only,
            Self::Claimed(claimed) => Some(&claimed.tenant_id),
        }
    }
}

/// What of a tenant's an event changes. Each is evidence of its asset.
fn hint(what: &Happening) -> Hints {
    let asset = Hints::from(Hint::Asset);
    match what {
        Happening::Notice { .. } | Happening::Grant { .. } | Happening::Unknown { .. } => asset,
        _ => asset.with(Hint::Conversation),
    }
}
