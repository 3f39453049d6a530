//! The choice is saved, and applying it begins.

use super::{chooser::Chooser, renew};
use crate::{
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset, Choice, Selected},
        attempts::{self, Phase},
        connections::{self, ConnectionStatus},
    },
    error::{Error, Result},
    ids::{AssetId, AttemptId, ConnectionId, JobId, TenantId},
    jobs::{self, Asked, Kind},
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log, ways},
};

/// The most assets that one choice may name.
const MOST: usize = 2_000;

/// Saves which assets are connected, in one transaction with the job that verifies and subscribes them. Answers how many.
///
/// # Errors
/// [`Error::Forbidden`] for a member who is neither owner nor admin, [`Error::NotFound`], [`Error::Invalid`] for an empty or
/// impossible choice, [`Error::Conflict`] when one is held by another tenant or another choice was saved before.
pub async fn choose(
    services: &Services,
    chooser: impl Into<Chooser<'_>>,
    attempt: &AttemptId,
    chosen: &[AssetId],
) -> Result<usize> {
    let (found, who) = chooser.into().attempt(services, attempt).await?;
    let (db, tenant) = (services.db(), &found.tenant_id);
    let connection = found.connection_id.clone().ok_or_else(|| Error::Conflict(failures::not_choosing()))?;
    if chosen.is_empty() {
        return Err(Error::invalid("asset", "Choose at least one asset."));
    }
    if chosen.len() > MOST {
        return Err(Error::invalid("asset", format!("Choose at most {MOST} assets at a time.")));
    }
    if renew::undecided(services, &found).await?.is_some() {
        return Err(Error::Conflict(ways::decide_first()));
    }
    let now = services.clock().now();
    let said = who.did(services, "assets.chosen", "").await?;
    let id = JobId::new(services.ids());
    let job = Asked { tenant: Some(tenant), kind: Kind::ApplyChoice, subject: connection.as_str() }.as_new(&id, now);
    let choice = Choice { attempt, connection: &connection, chosen, said: &said, job: &job };
    let count = match assets::select(db, tenant, &choice, now).await? {
        Selected::Saved(count) => count,
        Selected::NotChoosing => return saved_before(services, tenant, attempt, &connection, chosen).await,
        Selected::Unknown(_) => {
            return Err(Error::invalid("asset", "One of these cannot be connected any more. Look at the list again."));
        }
        Selected::HeldElsewhere { name } => {
            return Err(Error::Conflict(failures::held_elsewhere(name)));
        }
    };
    jobs::wake(services);
    // What Meta sent about them before anybody held them goes to this tenant now.
    services.intake().claims.look();
    let line = log::chosen(who.name.clone(), i64::try_from(count).unwrap_or(i64::MAX));
    observe::log(services, tenant, &connection, vec![Note::ok("chosen", line)]).await?;
    Ok(count)
}

/// A choice that was sent twice was saved once, and both senders may hear so; another one was not.
async fn saved_before(
    services: &Services,
    tenant: &TenantId,
    attempt: &AttemptId,
    connection: &ConnectionId,
    chosen: &[AssetId],
) -> Result<usize> {
    let kept = connections::get(services.db(), tenant, connection).await?;
    if kept.is_none_or(|connection| connection.status == ConnectionStatus::Disconnected) {
        return Err(Error::Conflict(failures::disconnected()));
    }
    let attempt = attempts::get(services.db(), tenant, attempt).await?;
    let saved = attempt.is_some_and(|attempt| matches!(attempt.phase, Phase::Applying | Phase::Done));
    let all = assets::list_by_connection(services.db(), tenant, connection).await?;
    let selected: Vec<_> = all.iter().filter(|asset| asset.selected).collect();
    // The account of a number is chosen with it, without being named.
    let named = |asset: &Asset| asset.kind == AssetKind::WhatsappAccount || chosen.contains(&asset.id);
    let same = chosen.iter().all(|id| selected.iter().any(|asset| asset.id == *id))
        && selected.iter().all(|asset| named(asset));
    if saved && same { Ok(selected.len()) } else { Err(Error::Conflict(failures::not_choosing())) }
}
