//! A business's own Meta app: its people connect through it. For owners and admins.

use secrecy::SecretString;

use super::{
    AppInput, ReviewKit, SetupView,
    answers::ask_meta,
    app, review,
    side::Side,
    view::{self, checks_of},
};
use crate::{
    accounts::{
        Actor,
        limits::{APP_ENTRIES_BY_TENANT, CHECKS_BY_TENANT},
    },
    db::{connections, meta_apps},
    error::{Error, Result},
    meta::AppId,
    observe,
    services::Services,
    words::failures::connect as failures,
};

/// A business's own app, and what there is without it.
#[derive(Debug, Clone)]
pub struct OwnAppView {
    /// How the own app stands; without one there is nothing to check.
    pub setup: SetupView,
    /// Whether the installation has an app for whoever has no own one.
    pub installation_has_app: bool,
    /// Whether there is an own app whose secret does not open.
    pub unreadable: bool,
    /// Apps that were this business's own before, and how many connections go on with each.
    pub former: Vec<(AppId, i64)>,
}

/// How the business's own app stands. When Meta's last answers are not of this minute, it is asked again in the background.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; when the database fails.
pub async fn own_view(services: &Services, actor: &Actor) -> Result<OwnAppView> {
    let (side, tenant) = (Side::business(actor)?, actor.admin()?.tenant_id);
    let own = services.apps().find_own(&tenant);
    let unreadable = own.is_err();
    let found = match own {
        Ok(Some(app)) => checks_of(services, Some(&app)).await?,
        _ => (None, Vec::new()),
    };
    let known = meta_apps::list(services.db(), &tenant).await?;
    let before = known.iter().filter(|saved| !saved.in_use);
    let counted = connections::count_by_app(services.db(), &tenant).await?;
    let count = |app: &AppId| counted.iter().find(|(id, _)| id == app.as_str()).map_or(0, |(_, count)| *count);
    let former = before.map(|saved| (saved.app_id.clone(), count(&saved.app_id))).filter(|(_, count)| *count > 0);
    Ok(OwnAppView {
        former: former.collect(),
        installation_has_app: services.app().is_ok(),
        unreadable,
        setup: view::view_of(services, &side, found).await?,
    })
}

/// Takes in the business's own app. Meta is asked first, and has to confirm that App ID and App Secret belong together: else
/// anybody could keep an App ID from whose it is.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Invalid`] for what is wrong with a field,
/// [`Error::Conflict`] when the app is somebody else's, or Meta cannot be asked; [`Error::Busy`].
pub async fn save_own_app(services: &Services, actor: &Actor, input: &AppInput) -> Result<()> {
    app::save(services, &Side::business(actor)?, input).await
}

/// Goes back to the installation's app. Connections that were made with the own one go on with it until they are disconnected
/// or confirmed again; when none is left, the app is forgotten.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] without an own app.
pub async fn remove_own_app(services: &Services, actor: &Actor) -> Result<()> {
    let (side, actor) = (Side::business(actor)?, actor.admin()?);
    let (db, tenant, now) = (services.db(), &actor.tenant_id, services.clock().now());
    APP_ENTRIES_BY_TENANT.count(services, tenant.as_str()).await?;
    // Also one whose secret does not open.
    let known = meta_apps::list(db, tenant).await?;
    let used = known.iter().find(|saved| saved.in_use);
    let app = &used.ok_or_else(|| Error::Conflict(failures::no_own_app()))?.app_id;
    let said = actor.did(services, "meta_app.removed", app.as_str()).await?;
    if meta_apps::mark_out_of_use(db, tenant, app, &said, now).await? {
        meta_apps::delete_unused_across_tenants(db).await?;
    }
    side.app_changed(services).await
}

/// Asks Meta about the own app now.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] without an own app, [`Error::Busy`].
pub async fn check_own_app(services: &Services, actor: &Actor) -> Result<()> {
    let (app, tenant) = (Side::business(actor)?.app(services)?, actor.admin()?.tenant_id);
    CHECKS_BY_TENANT.count(services, tenant.as_str()).await?;
    ask_meta(services, &app).await.map(drop)
}

/// Ends the time in which two secrets of the own app count.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] without an own app.
pub async fn end_own_overlap(services: &Services, actor: &Actor) -> Result<()> {
    app::end_overlap(services, &Side::business(actor)?).await
}

/// The verify token of the own app's callback, for whoever types it into Meta's dashboard. That it was shown is written down.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] without an own app.
pub async fn show_own_verify_token(services: &Services, actor: &Actor) -> Result<SecretString> {
    let (app, actor) = (Side::business(actor)?.app(services)?, actor.admin()?);
    let (tenant, who) = (&actor.tenant_id, (&actor.user_id, actor.name.as_str()));
    observe::audit(services, tenant, who, "meta_app.verify_token_shown", app.login.app.app_id.as_str()).await?;
    Ok(app.login.webhook_verify_token.clone())
}

/// Asks Meta to send the own app's events here, wherever they went before.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] with what stands in the way, [`Error::Busy`].
pub async fn subscribe_own_webhooks(services: &Services, actor: &Actor) -> Result<()> {
    let (side, tenant) = (Side::business(actor)?, actor.admin()?.tenant_id);
    CHECKS_BY_TENANT.count(services, tenant.as_str()).await?;
    app::subscribe(services, &side).await
}

/// The kit for the review of the own app.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] without an own app.
pub async fn own_review_kit(services: &Services, actor: &Actor) -> Result<ReviewKit> {
    review::kit(services, &Side::business(actor)?).await
}
