//! The installation's app, for its operators.

use secrecy::SecretString;

use super::{
    AppInput, ReviewKit, SetupView,
    answers::ask_meta,
    app, review,
    side::Side,
    view::{self, checks_of},
};
use crate::{accounts::Actor, error::Result, services::Services};

/// How the set-up stands. When Meta's last answers are not of this minute, it is asked again in the background.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator; when the database fails.
pub async fn view(services: &Services, actor: &Actor) -> Result<SetupView> {
    let side = Side::installation(actor)?;
    let found = checks_of(services, side.app(services).ok().as_deref()).await?;
    view::view_of(services, &side, found).await
}

/// Takes in an App ID, an App Secret and configuration ids. Meta is asked first: what it refuses is not saved. When Meta
/// cannot be asked, they are saved and checked later.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator, [`crate::error::Error::Invalid`] for what is wrong with a
/// field, [`crate::error::Error::Conflict`] when the settings name the app.
pub async fn save_app(services: &Services, actor: &Actor, input: &AppInput) -> Result<()> {
    app::save(services, &Side::installation(actor)?, input).await
}

/// Asks Meta now.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator, [`crate::error::Error::Conflict`] while there is no app.
pub async fn check_again(services: &Services, actor: &Actor) -> Result<()> {
    let app = Side::installation(actor)?.app(services)?;
    ask_meta(services, &app).await.map(drop)
}

/// Ends the time in which two secrets count: from now on only the present one does.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator, [`crate::error::Error::Conflict`] when the settings name
/// the app.
pub async fn end_overlap(services: &Services, actor: &Actor) -> Result<()> {
    app::end_overlap(services, &Side::installation(actor)?).await
}

/// The verify token of the webhook callback, for whoever types it into Meta's dashboard.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator, [`crate::error::Error::Conflict`] while there is no app.
pub fn show_verify_token(services: &Services, actor: &Actor) -> Result<SecretString> {
    Ok(Side::installation(actor)?.app(services)?.login.webhook_verify_token.clone())
}

/// Asks Meta to send the app's events here, wherever they went before, and looks at what it lists then.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator, [`crate::error::Error::Conflict`] with what stands in the
/// way.
pub async fn subscribe_webhooks(services: &Services, actor: &Actor) -> Result<()> {
    app::subscribe(services, &Side::installation(actor)?).await
}

/// The kit for App Review, with the name and the addresses of this installation.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator, [`crate::error::Error::Conflict`] while there is no app.
pub async fn review_kit(services: &Services, actor: &Actor) -> Result<ReviewKit> {
    review::kit(services, &Side::installation(actor)?).await
}
