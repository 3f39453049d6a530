//! Entering the Meta app, and changing it.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::{
    answers::{ask_meta, mark},
    format,
};
use crate::{
    accounts::Actor,
    apps::{App, place},
    clock::Timestamp,
    connect::{self, FormerSecret, SetApp},
    db::{
        app_subscriptions,
        meta_apps::{self, NewSecret, SavedApp},
    },
    error::{Error, Result},
    jobs::{self, Asked, Kind},
    meta::{AppId, ConfigProblem, MetaErrorKind},
    services::Services,
    vault::Sealed,
    words::{Language, failures::connect as failures},
};

/// How long what a former secret signed is taken: Meta sends webhooks again for up to seven days (Meta reference §7.2).
const OVERLAP: Duration = Duration::from_secs(7 * 86_400);

/// What was entered.
#[derive(Debug, Clone)]
pub struct AppInput {
    /// The App ID.
    pub app_id: String,
    /// The App Secret; empty to keep the one that is saved.
    pub app_secret: SecretString,
    /// The configuration id; empty for classic login.
    pub config_id: String,
}

/// Where the app in use comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The settings that the process was started with.
    Settings,
    /// It was entered on the set-up page.
    Entered,
}

/// The app in use, as the page shows it: never its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppView {
    /// The App ID.
    pub app_id: AppId,
    /// The configuration id.
    pub config_id: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the configuration id comes from the settings, whatever the origin.
    pub configuration_set: bool,
    /// The last four digits of the secret's SHA-256.
    pub secret_mark: String,
    /// When the secret was entered, and by whom; `None` when the settings name it.
    pub secret_set: Option<(Timestamp, String)>,
    /// Until when what the former secret signed is taken: `Some(None)` for as long as the settings name it.
    pub former_until: Option<Option<Timestamp>>,
}

/// Takes in an App ID, an App Secret and a configuration id. Meta is asked first: what it refuses is not saved. When Meta
/// cannot be asked, they are saved and checked later.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an operator, [`Error::Invalid`] for what is wrong with a field,
/// [`Error::Conflict`] when the settings name the app.
pub async fn save_app(services: &Services, actor: &Actor, input: &AppInput) -> Result<()> {
    actor.operator()?;
    changeable(services)?;
    let app_id = format::app_id(&input.app_id)?;
    let known = meta_apps::list(services.db()).await?;
    let present = known.iter().find(|saved| saved.app_id == app_id && saved.secret.is_some());
    let keeps = input.app_secret.expose_secret().trim().is_empty() && present.is_some();
    let secret = match services.apps().find(Some(&app_id)).filter(|_| keeps) {
        Some(app) => app.login.app.app_secret.clone(),
        None => SecretString::from(format::app_secret(input.app_secret.expose_secret())?.to_owned()),
    };
    let config_id = format::config_id(&input.config_id, &app_id)?;
    accepted(services, &app_id, &secret).await?;

    match present.filter(|saved| saved.in_use) {
        Some(saved) => change(services, actor, saved, &secret, config_id).await?,
        None => replace(services, actor, &app_id, &secret, config_id).await?,
    }
    services.load_apps().await?;
    services.live().installation_changed();
    tracing::info!(app = %app_id, by = %actor.user_id, "the Meta app was entered");
    let replaced = known.iter().filter(|saved| saved.in_use && saved.app_id != app_id);
    for former in replaced {
        move_callback(services, &former.app_id).await?;
    }
    // An app that comes back sent its events to an address of its own meanwhile.
    connect::resume_subscribing(services).await?;
    let app = services.app()?;
    ask_meta(services, &app).await.map(drop)
}

/// Whether the app in use may be entered here.
fn changeable(services: &Services) -> Result<()> {
    match services.apps().setup().app {
        Some(_) => Err(Error::Conflict(failures::app_set_elsewhere())),
        None => Ok(()),
    }
}

/// Asks Meta whether the two belong together; a doubt of the network is none of theirs.
async fn accepted(services: &Services, app_id: &AppId, secret: &SecretString) -> Result<()> {
    let tried = SetApp { id: app_id.clone(), secret: secret.clone(), former: None };
    let Err(error) = services.apps().with(&tried, None, None).graph.try_credentials().await else { return Ok(()) };
    let told = error.explain().told(Language::En);
    match error.kind {
        MetaErrorKind::Configuration(ConfigProblem::AppId) => {
            Err(Error::invalid("app_id", format!("Meta knows no app with this App ID. {}", told.todo)))
        }
        MetaErrorKind::Configuration(ConfigProblem::AppSecret) => {
            Err(Error::invalid("app_secret", format!("This App Secret does not belong to the App ID. {}", told.todo)))
        }
        _ => {
            tracing::warn!(app = %app_id, code = %told.code, "a Meta app was saved without Meta's word for it");
            Ok(())
        }
    }
}

/// Another app than the one in use, or the first one.
async fn replace(
    services: &Services,
    actor: &Actor,
    app_id: &AppId,
    secret: &SecretString,
    config_id: Option<&str>,
) -> Result<()> {
    let (mark, now) = (mark(secret.expose_secret()), services.clock().now());
    let sealed = seal(services, &meta_apps::secret_name(app_id), secret)?;
    let former = former(services, app_id, secret)?;
    let former = former.as_ref().map(|(sealed, until)| (sealed, *until));
    let token = SecretString::from(hex::encode(services.entropy().bytes::<32>()));
    let token = seal(services, &meta_apps::verify_token_name(app_id), &token)?;
    let new = NewSecret { sealed: &sealed, mark: &mark, set_by: &actor.name };
    meta_apps::insert_in_use(services.db(), app_id, config_id, &new, former, &token, now).await
}

/// What an app that was in use before still counts as its former secret: the one that is replaced now, else the one that
/// was replaced before.
fn former(services: &Services, app_id: &AppId, secret: &SecretString) -> Result<Option<(Sealed, Timestamp)>> {
    let Some(known) = services.apps().find(Some(app_id)) else { return Ok(None) };
    let (now, present) = (services.clock().now(), &known.login.app.app_secret);
    let counts = match &known.login.former_secret {
        _ if present.expose_secret() != secret.expose_secret() => Some((present, now.plus(OVERLAP))),
        Some(FormerSecret { secret, until: Some(until) }) if now < *until => Some((secret, *until)),
        _ => None,
    };
    let name = meta_apps::former_secret_name(app_id);
    counts.map(|(secret, until)| Ok((seal(services, &name, secret)?, until))).transpose()
}

/// The app in use, with another configuration, another secret, or both.
async fn change(
    services: &Services,
    actor: &Actor,
    saved: &SavedApp,
    secret: &SecretString,
    config_id: Option<&str>,
) -> Result<()> {
    let (db, id, now) = (services.db(), &saved.app_id, services.clock().now());
    let present = services.apps().find(Some(id)).map(|app| app.login.app.app_secret.clone());
    match present {
        Some(present) if present.expose_secret() != secret.expose_secret() => {
            let sealed = seal(services, &meta_apps::secret_name(id), secret)?;
            let former = seal(services, &meta_apps::former_secret_name(id), &present)?;
            let new_mark = mark(secret.expose_secret());
            let new = NewSecret { sealed: &sealed, mark: &new_mark, set_by: &actor.name };
            let mark = &saved.secret_mark;
            if !meta_apps::update_secret(db, id, mark, &new, (&former, now.plus(OVERLAP)), now).await? {
                return Err(Error::Conflict(failures::app_changed_meanwhile()));
            }
        }
        Some(_) => {}
        // What is saved does not open any more: there is nothing to overlap with.
        None => return replace(services, actor, id, secret, config_id).await,
    }
    meta_apps::update_configuration(db, id, config_id).await
}

fn seal(services: &Services, name: &str, secret: &SecretString) -> Result<Sealed> {
    services.vault().seal(place(name), secret).map_err(Error::internal)
}

/// The app that was in use before sends its events to an address of its own from now on, if it sent any.
async fn move_callback(services: &Services, former: &AppId) -> Result<()> {
    if app_subscriptions::get(services.db(), former.as_str()).await?.is_none() {
        return Ok(());
    }
    jobs::ask(services, &Asked { tenant: None, kind: Kind::SubscribeApp, subject: former.as_str() }).await
}

/// Ends the time in which two secrets count: from now on only the present one does.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an operator, [`Error::Conflict`] when the settings name the app.
pub async fn end_overlap(services: &Services, actor: &Actor) -> Result<()> {
    actor.operator()?;
    changeable(services)?;
    let app = services.app()?;
    meta_apps::delete_former_secret(services.db(), &app.login.app.app_id).await?;
    services.load_apps().await?;
    services.live().installation_changed();
    Ok(())
}

/// The verify token of the webhook callback, for whoever types it into Meta's dashboard.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an operator, [`Error::Conflict`] while there is no app.
pub fn show_verify_token(services: &Services, actor: &Actor) -> Result<SecretString> {
    actor.operator()?;
    Ok(services.app()?.login.webhook_verify_token.clone())
}

/// Asks Meta to send the app's events here, wherever they went before, and looks at what it lists then.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an operator, [`Error::Conflict`] with what stands in the way.
pub async fn subscribe_webhooks(services: &Services, actor: &Actor) -> Result<()> {
    actor.operator()?;
    let app = services.app()?;
    let done = connect::subscribe(services, &app).await?;
    ask_meta(services, &app).await?;
    done.map_err(Error::Conflict)
}

/// The app in use; `None` while there is none.
pub(super) async fn app_view(services: &Services) -> Result<Option<AppView>> {
    let Ok(app) = services.app() else { return Ok(None) };
    let id = &app.login.app.app_id;
    let origin = if services.apps().setup().app.is_some() { Origin::Settings } else { Origin::Entered };
    let saved = meta_apps::list(services.db()).await?.into_iter().find(|saved| saved.app_id == *id);
    let saved = saved.filter(|_| origin == Origin::Entered);
    Ok(Some(view_of(services, &app, origin, saved)))
}

fn view_of(services: &Services, app: &App, origin: Origin, saved: Option<SavedApp>) -> AppView {
    let config_id = match &app.login.login {
        crate::meta::Login::Configuration { config_id } => Some(config_id.clone()),
        crate::meta::Login::Scopes(_) | crate::meta::Login::Instagram(_) => None,
    };
    let former = app.login.former_secret.as_ref().filter(|former| former.counts(services.clock().now()));
    AppView {
        app_id: app.login.app.app_id.clone(),
        config_id,
        origin,
        configuration_set: services.apps().setup().config_id.is_some(),
        secret_mark: super::answers::mark_of(app),
        secret_set: saved.map(|saved| (saved.secret_set_at, saved.secret_set_by)),
        former_until: former.map(|former| former.until),
    }
}
