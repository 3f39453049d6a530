//! A business's own Meta app.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::caller,
    secrecy::{ExposeSecret as _, SecretString},
    server::setup::{self, AppInput, InstagramInput},
};

/// Takes in the business's own app, after Meta has accepted it.
#[server(prefix = "/rpc", endpoint = "save-own-app")]
pub async fn save_own_app(
    app_id: String,
    #[server(default)] app_secret: String,
    #[server(default)] config_id: String,
    #[server(default)] whatsapp_config_id: String,
) -> Result<(), AppError> {
    let caller = caller()?;
    let input = AppInput { app_id, app_secret: SecretString::from(app_secret), config_id, whatsapp_config_id };
    Ok(setup::save_own_app(&caller.services, caller.actor()?, &input).await?)
}

/// Takes in Instagram Login's part of the own app, or takes it away.
#[server(prefix = "/rpc", endpoint = "save-own-instagram")]
pub async fn save_own_instagram(
    #[server(default)] instagram_app_id: String,
    #[server(default)] instagram_app_secret: String,
) -> Result<(), AppError> {
    let caller = caller()?;
    let input = InstagramInput { app_id: instagram_app_id, app_secret: SecretString::from(instagram_app_secret) };
    Ok(setup::save_own_instagram(&caller.services, caller.actor()?, &input).await?)
}

/// Goes back to the installation's app.
#[server(prefix = "/rpc", endpoint = "remove-own-app")]
pub async fn remove_own_app() -> Result<(), AppError> {
    let caller = caller()?;
    Ok(setup::remove_own_app(&caller.services, caller.actor()?).await?)
}

/// Asks Meta about the own app again.
#[server(prefix = "/rpc", endpoint = "check-own-app")]
pub async fn check_own_app() -> Result<(), AppError> {
    let caller = caller()?;
    Ok(setup::check_own_app(&caller.services, caller.actor()?).await?)
}

/// Has Meta send the own app's webhooks here.
#[server(prefix = "/rpc", endpoint = "subscribe-own-webhooks")]
pub async fn subscribe_own_webhooks() -> Result<(), AppError> {
    let caller = caller()?;
    Ok(setup::subscribe_own_webhooks(&caller.services, caller.actor()?).await?)
}

/// Takes the own app's former App Secret out of use.
#[server(prefix = "/rpc", endpoint = "end-own-overlap")]
pub async fn end_own_overlap() -> Result<(), AppError> {
    let caller = caller()?;
    Ok(setup::end_own_overlap(&caller.services, caller.actor()?).await?)
}

/// Shows the own app's verify token, this once.
#[server(prefix = "/rpc", endpoint = "show-own-verify-token")]
pub async fn show_own_verify_token() -> Result<String, AppError> {
    let caller = caller()?;
    Ok(setup::show_own_verify_token(&caller.services, caller.actor()?).await?.expose_secret().to_owned())
}
