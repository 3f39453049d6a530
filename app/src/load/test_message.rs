//! The page "Send a test message".

use super::evidence::{health, ladder, platform};
use super::status::takes_messages;
use crate::caller::{caller, id};
use crate::dto::test_message::{Arrival, Place, TestPage};
use crate::error::AppError;
use crate::visit::Visit;
use server::clock::Timestamp;
use server::connect::{self, TestPlace};
use server::db::assets::Heard;

/// How long a message takes at most, when the way is open, in milliseconds.
pub const PATIENCE: i64 = 2 * 60_000;
/// How much of a message is shown.
const SHOWN: usize = 160;

/// Loads it. Since when a message is awaited is in the address, so that looking again does not begin anew.
///
/// # Errors
/// When nobody is signed in; for an asset that is not the tenant's or takes no messages.
pub async fn page(asset: String, visit: Visit) -> Result<TestPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let live = services.live().cursor().to_string();
    let since = visit.query_value("since").and_then(|since| since.parse().ok()).unwrap_or(visit.now).min(visit.now);
    let test = connect::test_message(services, actor, &id(&asset)?, Timestamp::from_millis(since)).await?;
    let it = &test.status.asset;
    if !takes_messages(it.kind) {
        return Err(AppError::not_found());
    }
    // An event that is no message, a reaction say, proves the way as well.
    let event = it.last_event_at.filter(|at| *at >= since);
    let arrived =
        test.heard.map(arrival).or_else(|| event.map(|at| Arrival { at, from: String::new(), said: String::new() }));
    Ok(TestPage {
        id: asset,
        platform: platform(it.kind),
        name: it.name.clone(),
        health: health(&test.status.ladder),
        ladder: ladder(&test.status.ladder),
        place: match test.place {
            Some(TestPlace::Meta(href)) => Place::Meta { href },
            Some(TestPlace::Simulator(href)) => Place::Simulator { href },
            None => Place::Search,
        },
        overdue: arrived.is_none() && visit.now - since >= PATIENCE,
        arrived,
        since,
        may_manage: actor.admin().is_ok(),
        live,
    })
}

fn arrival(heard: Heard) -> Arrival {
    let said = match heard.text {
        Some(text) if text.chars().count() > SHOWN => text.chars().take(SHOWN).chain(['…']).collect(),
        Some(text) => text,
        None => heard.kind.replace('_', " "),
    };
    let handle = heard.username.map(|name| format!("@{name}"));
    Arrival { at: heard.arrived_at, from: heard.name.or(handle).or(heard.phone).unwrap_or_default(), said }
}
