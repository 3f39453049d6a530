//! The choice is saved, and applying it begins.

use super::{apply, texts};
use crate::{
    accounts::Actor,
    db::{
        assets::{self, Selected},
        attempts::{self, Phase},
    },
    error::{Error, Result},
    ids::{AssetId, AttemptId},
    observe::{self, Note},
    services::Services,
};

/// The most assets that one choice may name.
const MOST: usize = 2_000;

/// Saves which assets are connected, in one transaction, and begins to verify and subscribe them. Answers how many.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`] for an empty or
/// impossible choice, [`Error::Conflict`] when one is held by another tenant or the choice was saved before.
pub async fn choose(services: &Services, actor: &Actor, attempt: &AttemptId, chosen: &[AssetId]) -> Result<usize> {
    let actor = actor.admin()?;
    let (db, tenant) = (services.db(), &actor.tenant_id);
    let found = attempts::get(db, tenant, attempt).await?.ok_or(Error::NotFound("attempt to connect"))?;
    let connection = found.connection_id.clone().ok_or(Error::Conflict(texts::TOO_LATE))?;
    if chosen.is_empty() {
        return Err(Error::invalid("asset", texts::NOTHING_CHOSEN));
    }
    if chosen.len() > MOST {
        return Err(Error::invalid("asset", format!("Choose at most {MOST} assets at a time.")));
    }
    let count = match assets::select(db, tenant, attempt, &connection, chosen, services.clock().now()).await? {
        Selected::Saved(count) => count,
        Selected::NotChoosing if matches!(found.phase, Phase::Applying | Phase::Done) => return Ok(chosen.len()),
        Selected::NotChoosing => return Err(Error::Conflict(texts::TOO_LATE)),
        Selected::Unknown(_) => {
            return Err(Error::invalid("asset", "One of these cannot be connected any more. Look at the list again."));
        }
        Selected::HeldElsewhere { name } => {
            return Err(Error::Conflict(texts::HELD.with_what(format!("{name} is already connected elsewhere."))));
        }
    };
    observe::audit(services, tenant, (&actor.user_id, &actor.name), "assets.chosen", &format!("{count} assets"))
        .await?;
    let sentence = format!("{} chose {count} assets.", actor.name);
    observe::log(services, tenant, &connection, vec![Note::ok("chosen", sentence)]).await?;
    apply::spawn(services, tenant, &connection, Some(attempt));
    Ok(count)
}
