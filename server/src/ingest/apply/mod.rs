//! What deliveries say is made true, in one transaction for many of them, or in two at once.
//!
//! Everything that a batch touches is read by set, changed in memory, and what changed is written by set. The outcome
//! depends only on the set of events that came: any order and any number of repeats leads to the same tables.

mod assets;
mod holders;
mod isolate;
mod lanes;
mod message;
mod messages;
mod parts;
mod people;
mod route;
mod threads;
mod understood;

use std::collections::{BTreeSet, HashMap};

pub(crate) use holders::Holders;
pub(crate) use isolate::apply_isolating;
pub(crate) use parts::kind_name;
pub(crate) use understood::{EVENTS, Load, Misfit, Understood};

use self::{
    people::People,
    route::{Routed, Routes},
    threads::Threads,
};
use crate::{
    clock::Timestamp,
    db::{
        delivery_parts, journal_writers,
        quarantine::{self, Claimed},
        transaction::Tx,
    },
    error::Result,
    ids::{IdSource, TenantId},
    live::{Hint, Hints},
    meta::webhook::{Event, Happening},
    services::Services,
};

/// So many deliveries are worth a second transaction.
const WORTH_SPLITTING: usize = 32;

/// Why deliveries are applied.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turn<'a> {
    /// They are next in the journal: what `writer` wrote after `from`, up to the last of them.
    Next {
        /// Who wrote them.
        writer: i64,
        /// How far it is applied.
        from: i64,
    },
    /// Somebody wants them applied once more, for one tenant or for all.
    Again {
        /// For whom.
        only: Option<&'a TenantId>,
    },
    /// Somebody holds now what nobody held.
    Claimed {
        /// Who.
        tenant: &'a TenantId,
        /// What, of which delivery.
        claims: &'a [Claimed],
    },
}

/// What a batch brought.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    /// Whom it concerns, and how.
    pub(crate) tenants: HashMap<TenantId, Hints>,
    /// The people whose grants changed: of which app, by their ids at Meta.
    pub(crate) grants: BTreeSet<(String, String)>,
}

/// Applies a batch. `None` when somebody else took its place in the journal. After a failure that place is not taken, and the
/// batch comes again: what stands of it by then changes nothing.
pub(crate) async fn apply(services: &Services, batch: &[Understood], turn: Turn<'_>) -> Result<Option<Applied>> {
    let (ids, now) = (services.ids(), services.clock().now());
    let mut tx = Tx::begin_applying(services.db()).await?;
    let mut beside = if turn.may_split(batch) { Tx::begin_applying_beside(services.db()).await? } else { None };
    if !turn.take(&mut tx, batch, now).await? {
        return Ok(None);
    }
    let routes = Routes::load(&mut tx, batch).await?;
    let holders = if turn.is_next() { None } else { Some(Holders::load(&mut tx, batch).await?) };
    let (routed, homeless) = routes.split(batch, turn.only(), holders.as_ref());
    // For both: the first transaction ends last.
    tx.lock_tenants(&route::tenants(&routed)).await?;

    let (here, there) = if beside.is_some() { lanes::split(&routed) } else { (routed.clone(), Vec::new()) };
    let applied_here = async {
        make_true(&mut tx, &here, ids, now).await?;
        turn.finish(&mut tx, batch, &here, &homeless, now).await?;
        assets::mark_seen(&mut tx, &here).await
    };
    let applied_there = async {
        let Some(mut tx) = beside.take().filter(|_| !there.is_empty()) else { return Ok(()) };
        make_true(&mut tx, &there, ids, now).await?;
        parts::apply(&mut tx, &[], &there, &[], None).await?;
        assets::mark_seen(&mut tx, &there).await?;
        tx.commit().await
    };
    let (applied_here, applied_there) = tokio::join!(applied_here, applied_there);
    applied_here.and(applied_there)?;
    tx.commit().await?;
    Ok(Some(Applied::new(&routed, &homeless)))
}

/// Writes what events say of people, conversations, messages and assets.
async fn make_true(tx: &mut Tx, routed: &[Routed<'_>], ids: &IdSource, now: Timestamp) -> Result<()> {
    let good: Vec<_> = routed.iter().filter(|one| !one.delivery.broken).copied().collect();
    let people = People::apply(tx, &good, ids, now).await?;
    let threads = Threads::apply(tx, &good, &people, ids, now).await?;
    messages::apply(tx, &good, &people, &threads, ids, now).await?;
    assets::note(tx, &good, ids, now).await
}

impl Turn<'_> {
    /// Whether they are applied for the first time.
    fn is_next(&self) -> bool {
        matches!(self, Self::Next { .. })
    }

    /// Whether the batch may be applied in two transactions at once.
    fn may_split(&self, batch: &[Understood]) -> bool {
        self.is_next() && batch.len() >= WORTH_SPLITTING
    }

    fn only(&self) -> Option<&TenantId> {
        match self {
            Self::Next { .. } => None,
            Self::Again { only } => *only,
            Self::Claimed { tenant, .. } => Some(tenant),
        }
    }

    /// Takes the place in the journal; `false` when somebody else has it.
    async fn take(&self, tx: &mut Tx, batch: &[Understood], now: Timestamp) -> Result<bool> {
        match (self, batch.last()) {
            (Self::Next { writer, from }, Some(last)) => {
                journal_writers::claim_through(tx, *writer, *from, last.id.number(), now).await
            }
            _ => Ok(true),
        }
    }

    /// Writes down what the deliveries were.
    async fn finish(
        &self,
        tx: &mut Tx,
        batch: &[Understood],
        routed: &[Routed<'_>],
        homeless: &[(&Understood, &Event)],
        now: Timestamp,
    ) -> Result<()> {
        match self {
            Self::Next { .. } => {
                parts::quarantine(tx, homeless).await?;
                parts::apply(tx, batch, routed, homeless, None).await
            }
            Self::Again { only: None } => {
                // What was nobody's, or could not be read, may be somebody's by now.
                delivery_parts::delete_unheld_across_tenants(tx, batch.iter().map(|delivery| delivery.id)).await?;
                parts::quarantine(tx, homeless).await?;
                parts::apply(tx, batch, routed, homeless, Some(now)).await
            }
            Self::Again { only: Some(_) } => parts::apply(tx, &[], routed, &[], Some(now)).await,
            Self::Claimed { claims, .. } => {
                parts::hand_over(tx, routed).await?;
                parts::apply(tx, &[], routed, &[], None).await?;
                let here = |claim: &&Claimed| batch.iter().any(|delivery| delivery.id == claim.delivery_id);
                for claim in claims.iter().filter(here) {
                    quarantine::delete_across_tenants(tx, claim).await?;
                }
                Ok(())
            }
        }
    }
}

impl Applied {
    fn new(routed: &[Routed<'_>], homeless: &[(&Understood, &Event)]) -> Self {
        let mut applied = Self::default();
        for one in routed {
            let hints = applied.tenants.entry(one.tenant().clone()).or_default();
            *hints = hints.with(Hint::Delivery).with(hint(&one.event.what));
        }
        for (delivery, event) in homeless {
            if let Happening::Grant { user, .. } = &event.what {
                applied.grants.insert((delivery.meta_app_id.clone(), user.clone()));
            }
        }
        applied
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
