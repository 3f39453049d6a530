//! Setting up the Meta app.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::caller,
    secrecy::{ExposeSecret as _, SecretString},
    server::setup::{self, AppInput, InstagramInput},
};

/// Takes in the app, after Meta has accepted it.
#[server(prefix = "/rpc", endpoint = "save-app")]
pub async fn save_app(
    app_id: String,
    #[server(default)] app_secret: String,
    #[server(default)] config_id: String,
    #[server(default)] whatsapp_config_id: String,
) -> Result<(), AppError> {
    let caller = caller()?;
    let input = AppInput { app_id, app_secret: SecretString::from(app_secret), config_id, whatsapp_config_id };
    Ok(setup::save_app(&caller.services, caller.actor()?, &input).await?)
}

/// Takes in Instagram Login's part of the app, or takes it away.
#[server(prefix = "/rpc", endpoint = "save-instagram")]
pub async fn save_instagram(
    #[server(default)] instagram_app_id: String,
    #[server(default)] instagram_app_secret: String,
) -> Result<(), AppError> {
    let caller = caller()?;
    let input = InstagramInput { app_id: instagram_app_id, app_secret: SecretString::from(instagram_app_secret) };
    Ok(setup::save_instagram(&caller.services, caller.actor()?, &input).await?)
}

/// Asks Meta about the app again.
#[server(prefix = "/rpc", endpoint = "check-app")]
pub async fn check_app() -> Result<(), AppError> {
    let caller = caller()?;
    Ok(setup::check_again(&caller.services, caller.actor()?).await?)
}

/// Has Meta send the app's webhooks here.
#[server(prefix = "/rpc", endpoint = "subscribe-webhooks")]
pub async fn subscribe_webhooks() -> Result<(), AppError> {
    let caller = caller()?;
    Ok(setup::subscribe_webhooks(&caller.services, caller.actor()?).await?)
}

/// Takes the former App Secret out of use.
#[server(prefix = "/rpc", endpoint = "end-overlap")]
pub async fn end_overlap() -> Result<(), AppError> {
    let caller = caller()?;
    Ok(setup::end_overlap(&caller.services, caller.actor()?).await?)
}

/// Shows the verify token, this once.
#[server(prefix = "/rpc", endpoint = "show-verify-token")]
pub async fn show_verify_token() -> Result<String, AppError> {
    let caller = caller()?;
    Ok(setup::show_verify_token(&caller.services, caller.actor()?)?.expose_secret().to_owned())
}
