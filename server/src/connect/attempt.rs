//! An attempt as its page shows it.

use std::{collections::HashSet, time::Duration};

use serde::{Deserialize, Serialize};

use super::{apply, chooser::Chooser, discover::Counts, losses::Losses, read_assets, renew, signup::Onboarded};
use crate::{
    accounts::Actor,
    db::{
        assets::{self, Asset},
        attempts::{self, Attempt, Flow, Phase, Purpose},
        connections::{self, Connection},
        from_json, to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{AssetId, AttemptId},
    services::Services,
    words::failures::connect as failures,
};

/// Work without a sign of life for so long was left behind by a process that ended.
const STALE: Duration = Duration::from_secs(45);
/// The same for an exchange, which gives no sign while Meta is asked.
const STALE_EXCHANGE: Duration = Duration::from_secs(300);
/// How long an unfinished attempt is offered again.
const RESUMABLE: Duration = Duration::from_secs(24 * 3600);

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// What, for people: "Pages of Costa Foods".
    pub what: String,
    /// Why, and what to do.
    pub why: Explanation,
}

/// An attempt as its page shows it.
#[derive(Debug, Clone)]
pub struct AttemptView {
    /// Its identifier.
    pub id: AttemptId,
    /// Which way Meta was asked.
    pub flow: Flow,
    /// How far it is.
    pub phase: Phase,
    /// How much was found so far.
    pub counts: Counts,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// Why it ended, when it was cancelled or failed.
    pub problem: Option<Explanation>,
    /// What it is for.
    pub purpose: Purpose,
    /// What an Embedded Signup onboarded.
    pub onboarded: Option<Onboarded>,
    /// The connection, once there is one.
    pub connection: Option<Connection>,
    /// What would lose access by the new grant, while somebody has to decide about it.
    pub losses: Option<Losses>,
    /// What can be chosen, or was chosen: by kind and name.
    pub assets: Vec<AssetRow>,
}

/// An asset to choose.
#[derive(Debug, Clone)]
pub struct AssetRow {
    /// The asset.
    pub asset: Asset,
    /// Why it cannot be chosen.
    pub unusable: Option<Explanation>,
    /// Whether another tenant holds it.
    pub held_elsewhere: bool,
}

/// The attempt, with what can be chosen. Work that a restart interrupted is taken up again.
///
/// # Errors
/// [`Error::Forbidden`] for a member who is neither owner nor admin, [`Error::NotFound`].
pub async fn view_attempt(services: &Services, chooser: impl Into<Chooser<'_>>, id: &AttemptId) -> Result<AttemptView> {
    let (attempt, _) = chooser.into().attempt(services, id).await?;
    let attempt = revive(services, attempt).await?;
    let tenant = &attempt.tenant_id;
    let connection = match &attempt.connection_id {
        Some(id) => connections::get(services.db(), tenant, id).await?,
        None => None,
    };
    let assets = match (&connection, attempt.phase) {
        (Some(connection), Phase::Choosing | Phase::Applying | Phase::Done) => {
            rows(services, connection, tenant).await?
        }
        _ => Vec::new(),
    };
    Ok(AttemptView {
        losses: renew::undecided(services, &attempt).await?,
        id: attempt.id,
        flow: attempt.flow,
        phase: attempt.phase,
        counts: from_json(&attempt.progress)?,
        unread: from_json(&attempt.incomplete)?,
        problem: attempt.problem.as_deref().map(from_json).transpose()?,
        purpose: attempt.purpose,
        onboarded: attempt.onboarded.as_deref().map(from_json).transpose()?,
        connection,
        assets,
    })
}

/// How far an attempt is: what its watchers hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptProgress {
    /// How far it is.
    pub phase: Phase,
    /// How much was found so far.
    pub counts: Counts,
    /// How many assets were chosen.
    pub chosen: usize,
    /// How many of those were verified and subscribed, or failed to be.
    pub applied: usize,
}

/// How far the attempt is.
///
/// # Errors
/// As [`view_attempt`].
pub async fn view_progress(
    services: &Services,
    chooser: impl Into<Chooser<'_>>,
    id: &AttemptId,
) -> Result<AttemptProgress> {
    let (attempt, _) = chooser.into().attempt(services, id).await?;
    let attempt = revive(services, attempt).await?;
    let (mut chosen, mut applied) = (0, 0);
    if let (Phase::Applying, Some(connection)) = (attempt.phase, &attempt.connection_id) {
        (chosen, applied) = assets::count_applied(services.db(), &attempt.tenant_id, connection).await?;
    }
    Ok(AttemptProgress { phase: attempt.phase, counts: from_json(&attempt.progress)?, chosen, applied })
}

async fn rows(services: &Services, connection: &Connection, tenant: &crate::ids::TenantId) -> Result<Vec<AssetRow>> {
    let held: HashSet<AssetId> =
        assets::list_held_elsewhere(services.db(), tenant, &connection.id).await?.into_iter().collect();
    let all = assets::list_by_connection(services.db(), tenant, &connection.id).await?;
    all.into_iter()
        .map(|asset| {
            let unusable = asset.unusable.as_deref().map(from_json).transpose()?;
            Ok(AssetRow { held_elsewhere: held.contains(&asset.id), unusable, asset })
        })
        .collect()
}

/// Takes up what an ended process left: reading begins anew, an exchange cannot, because its code is used up.
async fn revive(services: &Services, attempt: Attempt) -> Result<Attempt> {
    let now = services.clock().now();
    let stale = match attempt.phase {
        Phase::Exchanging => now.minus(STALE_EXCHANGE),
        Phase::Discovering | Phase::Applying => now.minus(STALE),
        _ => return Ok(attempt),
    };
    if attempt.beat_at > stale.as_millis() {
        return Ok(attempt);
    }
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    if !attempts::claim_stale(db, tenant, &attempt.id, attempt.phase, stale, now).await? {
        return Ok(attempt);
    }
    match (attempt.phase, attempt.connection_id.clone()) {
        (Phase::Discovering, Some(connection)) => read_assets::spawn(services, &attempt, connection),
        (Phase::Applying, Some(connection)) => apply::ask(services, tenant, &connection).await?,
        _ => {
            let problem = to_json(&failures::interrupted())?;
            attempts::mark_ended(db, tenant, &attempt.id, Phase::Failed, Some(&problem), now).await?;
        }
    }
    attempts::get(db, tenant, &attempt.id).await?.ok_or(Error::NotFound("attempt to connect"))
}

/// The actor's latest attempt that waits for them to choose, from the last day.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant.
pub async fn find_unfinished(services: &Services, actor: &Actor) -> Result<Option<AttemptId>> {
    let actor = actor.member()?;
    let since = services.clock().now().minus(RESUMABLE);
    let found = attempts::find_unfinished(services.db(), &actor.tenant_id, &actor.user_id, since).await?;
    Ok(found.map(|attempt| attempt.id))
}
