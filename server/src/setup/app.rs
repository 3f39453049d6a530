//! Entering a Meta app, and changing it.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::{
    answers::{ask_meta, mark},
    format,
    side::Side,
};
use crate::{
    accounts::limits::APP_ENTRIES_BY_TENANT,
    apps::place,
    clock::Timestamp,
    connect::{self, Entered, FormerSecret, SetApp},
    db::{
        app_subscriptions,
        meta_apps::{self, Configurations, NewApp, NewSecret, SavedApp},
    },
    error::{Error, Result},
    jobs::{self, Asked, Kind},
    meta::{AppId, ConfigProblem, MetaErrorKind},
    services::Services,
    vault::Sealed,
    words::{Language, failures::connect as failures},
};

/// How long what a former secret signed is taken: Meta sends webhooks again for up to seven days (Meta reference §7.2).
pub(super) const OVERLAP: Duration = Duration::from_secs(7 * 86_400);

/// What was entered.
#[derive(Debug, Clone)]
pub struct AppInput {
    /// The App ID.
    pub app_id: String,
    /// The App Secret; empty to keep the one that is saved.
    pub app_secret: SecretString,
    /// The configuration id; empty for classic login.
    pub config_id: String,
    /// The configuration id of WhatsApp Embedded Signup; empty for none.
    pub whatsapp_config_id: String,
}

/// What was entered, in the right form.
struct Read<'a> {
    app_id: AppId,
    secret: SecretString,
    configurations: Configurations<'a>,
}

/// Takes in an App ID, an App Secret and configuration ids. Meta is asked first: what it refuses is not saved. When Meta
/// cannot be asked, the installation's app is saved and checked later; a business's own is not, since nothing shows that it is
/// theirs.
///
/// # Errors
/// [`Error::Invalid`] for what is wrong with a field, [`Error::Conflict`] when the settings name the app, when it is somebody
/// else's, or when Meta has to be asked and cannot be; [`Error::Busy`].
pub(super) async fn save(services: &Services, side: &Side, input: &AppInput) -> Result<()> {
    changeable(services, side)?;
    if let Some(tenant) = side.tenant() {
        APP_ENTRIES_BY_TENANT.count(services, tenant.as_str()).await?;
    }
    let app_id = format::app_id(&input.app_id)?;
    let known = meta_apps::list_across_tenants(services.db()).await?;
    let own = || known.iter().filter(move |saved| saved.tenant_id.as_ref() == side.tenant());
    let present = own().find(|saved| saved.app_id == app_id && saved.secret.is_some());
    let read = read(services, input, app_id, present)?;
    accepted(services, side, &read).await?;
    // Only who has the secret is told whether somebody else has entered the app.
    free(services, side, &read.app_id, &known).await?;

    match present.filter(|saved| saved.in_use) {
        Some(saved) => change(services, side, saved, &read).await?,
        None => replace(services, side, &read).await?,
    }
    side.app_changed(services).await?;
    tracing::info!(app = %read.app_id, tenant = side.tenant().map(|tenant| tenant.as_str()), "a Meta app was entered");
    for former in own().filter(|saved| saved.in_use && saved.app_id != read.app_id && side.tenant().is_none()) {
        move_callback(services, &former.app_id).await?;
    }
    // An app that comes back sent its events to an address of its own meanwhile, and choices waited for it.
    connect::resume_subscribing(services).await?;
    connect::resume_applying(services).await?;
    let app = side.app(services)?;
    ask_meta(services, &app).await.map(drop)
}

fn read<'a>(services: &Services, input: &'a AppInput, app_id: AppId, present: Option<&SavedApp>) -> Result<Read<'a>> {
    let keeps = input.app_secret.expose_secret().trim().is_empty() && present.is_some();
    let secret = match services.apps().find(Some(&app_id)).filter(|_| keeps) {
        Some(app) => app.login.app.app_secret.clone(),
        None => SecretString::from(format::app_secret(input.app_secret.expose_secret())?.to_owned()),
    };
    let login = format::config_id("config_id", &input.config_id, &app_id)?;
    let whatsapp = format::config_id("whatsapp_config_id", &input.whatsapp_config_id, &app_id)?;
    if login.is_some() && login == whatsapp {
        return Err(Error::invalid(
            "whatsapp_config_id",
            "This is the same configuration. Embedded Signup needs one of its own, of the variation WhatsApp Embedded Signup.",
        ));
    }
    Ok(Read { app_id, secret, configurations: Configurations { login, whatsapp } })
}

/// Whether the app in use may be entered here: the settings go before the installation's alone.
pub(super) fn changeable(services: &Services, side: &Side) -> Result<()> {
    match (side, &services.apps().setup().app) {
        (Side::Installation(_), Some(_)) => Err(Error::Conflict(failures::app_set_elsewhere())),
        _ => Ok(()),
    }
}

/// Asks Meta whether the two belong together.
async fn accepted(services: &Services, side: &Side, read: &Read<'_>) -> Result<()> {
    let tried = SetApp { id: read.app_id.clone(), secret: read.secret.clone(), former: None };
    let tried = services.apps().with(side.tenant(), &tried, Entered::default());
    let Err(error) = tried.graph.try_credentials().await else { return Ok(()) };
    let why = error.explain();
    let told = why.told(Language::En);
    match (error.kind, side) {
        (MetaErrorKind::Configuration(ConfigProblem::AppId), _) => {
            Err(Error::invalid("app_id", format!("Meta knows no app with this App ID. {}", told.todo)))
        }
        (MetaErrorKind::Configuration(ConfigProblem::AppSecret), _) => {
            Err(Error::invalid("app_secret", format!("This App Secret does not belong to the App ID. {}", told.todo)))
        }
        // A doubt of the network is none of theirs, and an operator may enter what they like.
        (_, Side::Installation(_)) => {
            tracing::warn!(app = %read.app_id, code = %told.code, "a Meta app was saved without Meta's word for it");
            Ok(())
        }
        (_, Side::Business(_)) => Err(Error::Conflict(failures::own_app_unasked(why))),
    }
}

/// Whether nobody else has the app. Who has it is not told to a business.
async fn free(services: &Services, side: &Side, app: &AppId, known: &[SavedApp]) -> Result<()> {
    let others = known.iter().any(|saved| saved.app_id == *app && saved.tenant_id.as_ref() != side.tenant());
    match side.tenant() {
        None if others => {
            Err(Error::invalid("app_id", "A business of this installation has entered this app as its own."))
        }
        None => Ok(()),
        Some(tenant) => {
            let set = services.apps().setup().app.as_ref().is_some_and(|set| set.id == *app);
            // One that the settings named once is known from what was connected with it.
            if others || set || meta_apps::is_used_by_others_across_tenants(services.db(), tenant, app).await? {
                return Err(Error::Conflict(failures::app_taken()));
            }
            Ok(())
        }
    }
}

/// Another app than the one in use, or the first one.
async fn replace(services: &Services, side: &Side, read: &Read<'_>) -> Result<()> {
    let (app, tenant, now) = (&read.app_id, side.tenant(), services.clock().now());
    let sealed = seal(services, &meta_apps::secret_name(tenant, app), &read.secret)?;
    let former = former(services, side, read)?;
    let token = SecretString::from(hex::encode(services.entropy().bytes::<32>()));
    let token = seal(services, &meta_apps::verify_token_name(tenant, app), &token)?;
    let new = NewApp {
        app,
        configurations: read.configurations,
        secret: NewSecret { sealed: &sealed, mark: &mark(read.secret.expose_secret()), set_by: side.name() },
        former: former.as_ref().map(|(sealed, until)| (sealed, *until)),
        verify_token: &token,
    };
    let said = side.did(services, "meta_app.entered", app.as_str()).await?;
    match meta_apps::insert_in_use(services.db(), tenant, &new, said.as_ref(), now).await? {
        true => Ok(()),
        false => Err(Error::Conflict(failures::app_taken())),
    }
}

/// What an app that was in use before still counts as its former secret: the one that is replaced now, else the one that
/// was replaced before.
fn former(services: &Services, side: &Side, read: &Read<'_>) -> Result<Option<(Sealed, Timestamp)>> {
    let known = services.apps().find(Some(&read.app_id)).filter(|known| known.owner.as_ref() == side.tenant());
    let Some(known) = known else { return Ok(None) };
    let (now, present) = (services.clock().now(), &known.login.app.app_secret);
    let counts = match &known.login.former_secret {
        _ if present.expose_secret() != read.secret.expose_secret() => Some((present, now.plus(OVERLAP))),
        Some(FormerSecret { secret, until: Some(until) }) if now < *until => Some((secret, *until)),
        _ => None,
    };
    let name = meta_apps::former_secret_name(side.tenant(), &read.app_id);
    counts.map(|(secret, until)| Ok((seal(services, &name, secret)?, until))).transpose()
}

/// The app in use, with other configurations, another secret, or both.
async fn change(services: &Services, side: &Side, saved: &SavedApp, read: &Read<'_>) -> Result<()> {
    let (db, tenant, id, now) = (services.db(), side.tenant(), &saved.app_id, services.clock().now());
    let present = services.apps().find(Some(id)).map(|app| app.login.app.app_secret.clone());
    match present {
        Some(present) if present.expose_secret() != read.secret.expose_secret() => {
            let sealed = seal(services, &meta_apps::secret_name(tenant, id), &read.secret)?;
            let former = seal(services, &meta_apps::former_secret_name(tenant, id), &present)?;
            let new_mark = mark(read.secret.expose_secret());
            let new = NewSecret { sealed: &sealed, mark: &new_mark, set_by: side.name() };
            let said = side.did(services, "meta_app.secret_changed", id.as_str()).await?;
            let (which, former) = ((id, saved.secret_mark.as_str()), (&former, now.plus(OVERLAP)));
            if !meta_apps::update_secret(db, tenant, which, &new, former, said.as_ref(), now).await? {
                return Err(Error::Conflict(failures::app_changed_meanwhile()));
            }
        }
        Some(_) => {}
        // What is saved does not open any more: there is nothing to overlap with.
        None => return replace(services, side, read).await,
    }
    let before = Configurations { login: saved.config_id.as_deref(), whatsapp: saved.whatsapp_config_id.as_deref() };
    if before != read.configurations {
        let said = side.did(services, "meta_app.configured", id.as_str()).await?;
        meta_apps::update_configurations(db, tenant, id, read.configurations, said.as_ref(), now).await?;
    }
    Ok(())
}

pub(super) fn seal(services: &Services, name: &str, secret: &SecretString) -> Result<Sealed> {
    services.vault().seal(place(name), secret).map_err(Error::internal)
}

/// The app that was in use before sends its events to an address of its own from now on, if it sent any.
async fn move_callback(services: &Services, former: &AppId) -> Result<()> {
    if app_subscriptions::get(services.db(), former.as_str()).await?.is_none() {
        return Ok(());
    }
    jobs::ask(services, &Asked { tenant: None, kind: Kind::SubscribeApp, subject: former.as_str() }).await
}

/// Ends the time in which two secrets count.
///
/// # Errors
/// [`Error::Conflict`] when the settings name the app, or there is none.
pub(super) async fn end_overlap(services: &Services, side: &Side) -> Result<()> {
    changeable(services, side)?;
    let app = side.app(services)?;
    let (id, now) = (&app.login.app.app_id, services.clock().now());
    let said = side.did(services, "meta_app.overlap_ended", id.as_str()).await?;
    meta_apps::delete_former_secret(services.db(), side.tenant(), id, said.as_ref(), now).await?;
    side.app_changed(services).await
}

/// Asks Meta to send the app's events here, wherever they went before, and looks at what it lists then.
///
/// # Errors
/// [`Error::Conflict`] with what stands in the way.
pub(super) async fn subscribe(services: &Services, side: &Side) -> Result<()> {
    let app = side.app(services)?;
    let done = connect::subscribe(services, &app).await?;
    ask_meta(services, &app).await?;
    done.map_err(Error::Conflict)
}
