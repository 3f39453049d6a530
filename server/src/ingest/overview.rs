//! What an operator sees of the way webhooks take: whether Meta calls, what is turned away, what waits.

use std::{collections::BTreeMap, time::Duration};

use super::Refusal;
use crate::{
    accounts::Actor,
    clock::Timestamp,
    db::{
        delivery_parts::{self, Outcome},
        journal, journal_writers, quarantine,
        webhook_handshakes::{self, Handshake},
        webhook_refusals,
    },
    error::Result,
    services::Services,
};

/// What is counted is counted over so long.
pub const LOOK_BACK: Duration = Duration::from_secs(24 * 3600);
/// How many handshakes are shown.
const HANDSHAKES: i64 = 5;

/// The state of the intake.
#[derive(Debug, Clone)]
pub struct IntakeOverview {
    /// What was turned away in the last day, the most frequent first.
    pub refused: Vec<RefusedView>,
    /// The last times that Meta, or somebody else, asked whether the callback is ours.
    pub handshakes: Vec<Handshake>,
    /// How many deliveries are stored and not applied yet.
    pub backlog: i64,
    /// How many wait for somebody to hold their asset.
    pub quarantined: i64,
    /// How many of the last day could not be applied.
    pub failed: i64,
    /// How many of the last day could not be read.
    pub unreadable: i64,
}

/// What was turned away for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedView {
    /// The app that it was addressed to; empty when there is no such app here.
    pub meta_app_id: String,
    /// Why; `None` for a reason of another version.
    pub reason: Option<Refusal>,
    /// How often.
    pub count: i64,
    /// The last time.
    pub last_at: Timestamp,
}

/// The state of the intake.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator; when the database fails.
pub async fn overview(services: &Services, actor: &Actor) -> Result<IntakeOverview> {
    actor.operator()?;
    let db = services.db();
    let since = services.clock().now().minus(LOOK_BACK);
    services.refusals().flush(db).await?;
    let handshakes = match services.meta() {
        Ok(meta) => webhook_handshakes::list(db, &meta.app.app_id, HANDSHAKES).await?,
        Err(_) => Vec::new(),
    };
    let troubled = delivery_parts::count_troubled_across_tenants(db, since).await?;
    let count = |wanted| troubled.iter().find(|(outcome, _)| *outcome == wanted).map_or(0, |(_, count)| *count);
    Ok(IntakeOverview {
        refused: refused(services, since).await?,
        handshakes,
        backlog: backlog(services).await?,
        quarantined: quarantine::count_across_tenants(db).await?,
        failed: count(Outcome::Failed),
        unreadable: count(Outcome::Unreadable),
    })
}

async fn refused(services: &Services, since: Timestamp) -> Result<Vec<RefusedView>> {
    let mut by_reason: BTreeMap<(String, String), (i64, Timestamp)> = BTreeMap::new();
    for row in webhook_refusals::list_since(services.db(), since).await? {
        let (count, last_at) = by_reason.entry((row.meta_app_id, row.reason)).or_insert((0, row.last_at));
        *count += row.count;
        *last_at = row.last_at.max(*last_at);
    }
    let view = |((meta_app_id, reason), (count, last_at)): ((String, String), (i64, Timestamp))| RefusedView {
        meta_app_id,
        reason: Refusal::from_reason(&reason),
        count,
        last_at,
    };
    let mut refused: Vec<RefusedView> = by_reason.into_iter().map(view).collect();
    refused.sort_by_key(|view| std::cmp::Reverse(view.count));
    Ok(refused)
}

/// How many deliveries are stored and not applied yet.
///
/// # Errors
/// When the database fails.
pub async fn backlog(services: &Services) -> Result<i64> {
    let mut waiting = 0;
    for writer in journal_writers::list(services.db()).await? {
        waiting += journal::count_after(services.db(), writer.id, writer.applied_through).await?;
    }
    Ok(waiting)
}
