//! Entering Instagram Login's part of a Meta app.

use secrecy::{ExposeSecret as _, SecretString};

use super::{
    app::{OVERLAP, changeable, seal},
    format,
    side::Side,
};
use crate::{
    accounts::{Actor, limits::APP_ENTRIES_BY_TENANT},
    apps::App,
    connect,
    db::meta_apps::{self, NewInstagram},
    error::{Error, Result},
    services::Services,
    words::failures::connect as failures,
};

/// What was entered.
#[derive(Debug, Clone)]
pub struct InstagramInput {
    /// The Instagram App ID; empty to go without Instagram Login.
    pub app_id: String,
    /// The Instagram App Secret; empty to keep the one that is saved.
    pub app_secret: SecretString,
}

/// Takes in the Instagram App ID and secret of the installation's app. Meta has no call that tells whether the two belong
/// together: the first account that connects proves it.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an operator, [`Error::Invalid`] for what is wrong with a field, [`Error::Conflict`]
/// without an app or when the settings name it.
pub async fn save_instagram(services: &Services, actor: &Actor, input: &InstagramInput) -> Result<()> {
    save(services, &Side::installation(actor)?, input).await
}

/// The same for a business's own app.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Invalid`], [`Error::Conflict`] without an own app,
/// [`Error::Busy`].
pub async fn save_own_instagram(services: &Services, actor: &Actor, input: &InstagramInput) -> Result<()> {
    save(services, &Side::business(actor)?, input).await
}

async fn save(services: &Services, side: &Side, input: &InstagramInput) -> Result<()> {
    changeable(services, side)?;
    if side.tenant().is_none() && services.apps().setup().instagram.app.is_some() {
        return Err(Error::Conflict(failures::app_set_elsewhere()));
    }
    if let Some(tenant) = side.tenant() {
        APP_ENTRIES_BY_TENANT.count(services, tenant.as_str()).await?;
    }
    let whole = side.app(services)?;
    let id = format::instagram_app_id(&input.app_id, &whole.id)?;
    let given = input.app_secret.expose_secret().trim();
    let (db, now) = (services.db(), services.clock().now());
    let Some(id) = id else {
        let said = side.did(services, "meta_app.instagram_removed", whole.id.as_str()).await?;
        meta_apps::update_instagram(db, side.tenant(), &whole.id, None, said.as_ref(), now).await?;
        return side.app_changed(services).await;
    };
    let present = whole.instagram.as_ref().map(|part| &part.login.app);
    let same = present.filter(|present| present.app_id == id);
    if given.is_empty() && same.is_some() {
        return Ok(());
    }
    let secret = SecretString::from(format::instagram_app_secret(given)?.to_owned());
    let sealed = seal(services, &meta_apps::instagram_secret_name(side.tenant(), &whole.id), &secret)?;
    let former = former(services, side, &whole, &secret)?;
    let until = now.plus(OVERLAP);
    let new = NewInstagram { id: &id, secret: &sealed, former: former.as_ref().map(|former| (former, until)) };
    let said = side.did(services, "meta_app.instagram_entered", id.as_str()).await?;
    if !meta_apps::update_instagram(db, side.tenant(), &whole.id, Some(&new), said.as_ref(), now).await? {
        return Err(Error::Conflict(failures::app_changed_meanwhile()));
    }
    side.app_changed(services).await?;
    // What accounts chose may have waited for it.
    connect::resume_applying(services).await
}

/// The secret that is replaced: Meta sends again what it signed with it.
fn former(
    services: &Services,
    side: &Side,
    whole: &App,
    secret: &SecretString,
) -> Result<Option<crate::vault::Sealed>> {
    let present = whole.instagram.as_ref().map(|part| &part.login.app.app_secret);
    let replaced = present.filter(|present| present.expose_secret() != secret.expose_secret());
    let name = meta_apps::former_instagram_secret_name(side.tenant(), &whole.id);
    replaced.map(|present| seal(services, &name, present)).transpose()
}
