//! The layer above all assets: Meta sends the app's events to our address (Meta reference §6.2).

use std::{sync::Arc, time::Duration};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use url::Url;

use super::elsewhere;
use crate::{
    apps::App,
    db::{
        app_subscriptions::{self, AppSubscription},
        to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    jobs::{self, Asked, Kind, Outcome},
    meta::{APP_OBJECTS, BadRequestProblem, ConfigProblem, MetaError, MetaErrorKind},
    services::Services,
    words::failures::connect as failures,
};

/// How soon an address that Meta could not reach is tried again.
const FIRST_WAIT: Duration = Duration::from_secs(30);

/// Where Meta sends an app's events: a business's own app, and one that is not in use any more, has an address of its own.
pub(crate) fn callback_url(services: &Services, app: &App) -> Url {
    let in_use = services.app().is_ok_and(|used| used.id == app.id);
    let mut url = services.public_url().clone();
    match in_use && app.owner.is_none() {
        true => url.set_path("/webhooks/meta"),
        false => url.set_path(&format!("/webhooks/meta/{}", app.id)),
    }
    url
}

/// How an app's subscription stands; `None` before the first try.
///
/// # Errors
/// When the database fails.
pub(crate) async fn standing(services: &Services, app: &App) -> Result<Option<AppSubscription>> {
    app_subscriptions::get(services.db(), app.login.app.app_id.as_str()).await
}

/// Subscribes the app unless Meta is known to send to this address already. What goes wrong is written down and tried again
/// later: assets are subscribed all the same.
///
/// # Errors
/// When the database fails.
pub(super) async fn ensure_app(services: &Services, app: &App) -> Result<()> {
    if stands(services, app, standing(services, app).await?.as_ref()) {
        return Ok(());
    }
    if let Err(why) = subscribe(services, app).await? {
        tracing::warn!(code = %why.code, "the app is not subscribed to Meta's webhooks");
        let subject = app.login.app.app_id.as_str();
        jobs::ask_after(services, &Asked { tenant: None, kind: Kind::SubscribeApp, subject }, FIRST_WAIT).await?;
    }
    Ok(())
}

fn stands(services: &Services, app: &App, known: Option<&AppSubscription>) -> bool {
    known.is_some_and(|known| {
        known.problem.is_none()
            && known.subscribed_at.is_some()
            && known.callback_url == callback_url(services, app).as_str()
    })
}

/// Asks for the subscription of each app in use when an earlier one failed, or was for another address: the start does so.
///
/// # Errors
/// When the database fails.
pub async fn resume_subscribing(services: &Services) -> Result<()> {
    let known = app_subscriptions::list_across_tenants(services.db()).await?;
    for app in services.apps().in_use() {
        let subject = app.login.app.app_id.as_str();
        let known = known.iter().find(|(id, _)| id == subject).map(|(_, standing)| standing);
        if known.is_some() && !stands(services, &app, known) {
            jobs::ask(services, &Asked { tenant: None, kind: Kind::SubscribeApp, subject }).await?;
        }
    }
    Ok(())
}

/// How often Meta is asked whether it still sends the app's events here: another tool with the same app may have taken them
/// over (Meta reference §6.2; §11 row 15).
const LOOK: Duration = Duration::from_secs(3600);

/// How many apps are looked at at once.
const AT_ONCE: usize = 8;

/// Looks whether Meta still sends the events of each app in use to this installation, at most once an hour in all processes, and
/// writes down when it does not. What Meta cannot answer now changes nothing.
///
/// # Errors
/// When the database fails.
pub(super) async fn look_at_apps(services: &Services) -> Result<()> {
    let looks: Vec<_> = services.apps().in_use().into_iter().map(|app| look_at_app(services, app)).collect();
    stream::iter(looks).buffer_unordered(AT_ONCE).try_collect().await
}

async fn look_at_app(services: &Services, used: Arc<App>) -> Result<()> {
    let (db, now) = (services.db(), services.clock().now());
    let (app, callback) = (used.login.app.app_id.as_str(), callback_url(services, &used));
    if !app_subscriptions::claim_look(db, app, callback.as_str(), now.minus(LOOK), now).await? {
        return Ok(());
    }
    let listed = match used.graph.app_subscriptions().await {
        Ok(listed) => listed,
        Err(error) => {
            tracing::info!(reason = error.stable_code(), "the app's callback could not be looked at now");
            return Ok(());
        }
    };
    let taken = APP_OBJECTS.iter().find_map(|(object, _)| {
        let one = listed.iter().find(|one| one.object == *object && one.active);
        match one {
            Some(one) if one.callback_url == callback.as_str() => None,
            Some(one) => Some(elsewhere::app_elsewhere(object, &one.callback_url)),
            None => Some(failures::not_listed()),
        }
    });
    if let Some(why) = &taken {
        tracing::warn!(code = %why.code, "Meta sends the app's events elsewhere");
    }
    let problem = taken.as_ref().map(to_json).transpose()?;
    app_subscriptions::upsert(db, app, callback.as_str(), problem.as_deref(), now).await
}

/// The job: Meta is asked to send every object's events to us.
///
/// # Errors
/// When the database fails, or the app is not set up here any more.
pub(crate) async fn subscribe_app(services: &Services, meta_app_id: &str) -> Result<Outcome> {
    let app = services.app_of(meta_app_id)?;
    Ok(match subscribe(services, &app).await? {
        Ok(()) => Outcome::Done,
        Err(why) => Outcome::Again(None, why),
    })
}

/// Asks Meta to send every object's events to us, and writes down what came of it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn subscribe(services: &Services, app: &App) -> Result<std::result::Result<(), Explanation>> {
    let (callback, login) = (callback_url(services, app), &app.login);
    let subscribed = if login.app.graph_url.scheme() == "https" && callback.scheme() != "https" {
        Err(failures::not_https())
    } else {
        subscribe_objects(app, &callback).await?.map_err(|error| explain(&error))
    };
    let problem = subscribed.as_ref().err().map(to_json).transpose()?;
    let (app, now) = (login.app.app_id.as_str(), services.clock().now());
    app_subscriptions::upsert(services.db(), app, callback.as_str(), problem.as_deref(), now).await?;
    Ok(subscribed)
}

/// Subscribes every object, then asks Meta what it lists: only that counts.
async fn subscribe_objects(app: &App, callback: &Url) -> Result<std::result::Result<(), MetaError>> {
    for (object, fields) in APP_OBJECTS {
        let token = &app.login.webhook_verify_token;
        if let Err(error) = app.graph.subscribe_app(object, fields, callback, token).await {
            return Ok(Err(error));
        }
    }
    let listed = match app.graph.app_subscriptions().await {
        Ok(listed) => listed,
        Err(error) => return Ok(Err(error)),
    };
    let ours = |object: &str| {
        listed.iter().any(|one| one.object == object && one.active && one.callback_url == callback.as_str())
    };
    if APP_OBJECTS.iter().all(|(object, _)| ours(object)) {
        return Ok(Ok(()));
    }
    Err(Error::Conflict(failures::not_listed()))
}

/// What Meta met at our address, in words.
fn explain(error: &MetaError) -> Explanation {
    match error.kind {
        MetaErrorKind::Configuration(ConfigProblem::WebhookHandshake) => {
            let (met, detail) = met(&error.message).unwrap_or_else(|| ("other", error.message.clone()));
            failures::unreached(met.into(), detail)
        }
        MetaErrorKind::BadRequest(BadRequestProblem::Parameter) => {
            failures::unreached("refused".into(), error.message.clone())
        }
        _ => error.explain(),
    }
}

/// Meta's report of its call (Meta reference §6.2): what it met, as the message names it, and the HTTP status.
fn met(message: &str) -> Option<(&'static str, String)> {
    let number = |before: &str| {
        let rest = message.split_once(before)?.1.trim_start_matches([' ', '=']);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    if let Some(status) = number("HTTP Status Code") {
        return Some(("status", status));
    }
    let met = match number("curl_errno")?.as_str() {
        "6" => "name",
        "7" => "connection",
        "28" => "time",
        "35" | "51" | "58" | "59" | "60" => "certificate",
        "52" | "56" => "broken",
        _ => return None,
    };
    Some((met, String::new()))
}
