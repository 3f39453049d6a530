//! Endpoints that take events, and API keys.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    leptos_axum::redirect,
    secrecy::ExposeSecret as _,
    server::{
        accounts,
        outbox::{self, EndpointInput, EndpointPatch},
    },
};

/// An endpoint just made. Its secret is shown once.
#[derive(Clone, Serialize, Deserialize)]
pub struct MadeEndpoint {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
}

/// A secret just made. It is shown once.
#[derive(Clone, Serialize, Deserialize)]
pub struct MadeSecret {
    /// The secret.
    pub secret: String,
    /// Until when the former one signs too, Unix milliseconds.
    pub former_until: i64,
}

/// A key just made. It is shown once and kept nowhere.
#[derive(Clone, Serialize, Deserialize)]
pub struct MadeKey {
    /// The key.
    pub key: String,
}

/// Without a tick every type is meant.
#[cfg(feature = "ssr")]
fn ticked(kinds: Vec<String>) -> Option<Vec<String>> {
    (!kinds.is_empty()).then_some(kinds)
}

/// Makes an endpoint. Its secret is in the answer, this once.
#[server(prefix = "/rpc", endpoint = "add-endpoint")]
pub async fn add_endpoint(
    url: String,
    #[server(default)] description: String,
    #[server(default)] kind: Vec<String>,
) -> Result<MadeEndpoint, AppError> {
    let caller = caller()?;
    let input = EndpointInput { url, description, event_types: ticked(kind) };
    let made = outbox::create_endpoint(&caller.services, caller.actor()?, &input).await?;
    Ok(MadeEndpoint { id: made.endpoint.endpoint.id.to_string(), secret: made.secret.expose_secret().to_owned() })
}

/// Changes an endpoint.
#[server(prefix = "/rpc", endpoint = "change-endpoint")]
pub async fn change_endpoint(
    endpoint: String,
    url: String,
    #[server(default)] description: String,
    #[server(default)] kind: Vec<String>,
) -> Result<(), AppError> {
    let caller = caller()?;
    let (url, description, event_types) = (Some(url), Some(description), Some(ticked(kind)));
    let patch = EndpointPatch { url, description, event_types, enabled: None };
    outbox::update_endpoint(&caller.services, caller.actor()?, &id(&endpoint)?, &patch).await?;
    Ok(())
}

/// Takes an endpoint into use again.
#[server(prefix = "/rpc", endpoint = "enable-endpoint")]
pub async fn enable_endpoint(endpoint: String) -> Result<(), AppError> {
    let caller = caller()?;
    let patch = EndpointPatch { enabled: Some(true), ..EndpointPatch::default() };
    outbox::update_endpoint(&caller.services, caller.actor()?, &id(&endpoint)?, &patch).await?;
    Ok(())
}

/// Stops sending to an endpoint.
#[server(prefix = "/rpc", endpoint = "disable-endpoint")]
pub async fn disable_endpoint(endpoint: String) -> Result<(), AppError> {
    let caller = caller()?;
    let patch = EndpointPatch { enabled: Some(false), ..EndpointPatch::default() };
    outbox::update_endpoint(&caller.services, caller.actor()?, &id(&endpoint)?, &patch).await?;
    Ok(())
}

/// Removes an endpoint.
#[server(prefix = "/rpc", endpoint = "delete-endpoint")]
pub async fn delete_endpoint(endpoint: String) -> Result<(), AppError> {
    let caller = caller()?;
    outbox::delete_endpoint(&caller.services, caller.actor()?, &id(&endpoint)?).await?;
    redirect("/developers?done=delete-endpoint");
    Ok(())
}

/// Makes a new secret for an endpoint. It is in the answer, this once.
#[server(prefix = "/rpc", endpoint = "rotate-endpoint")]
pub async fn rotate_endpoint(endpoint: String) -> Result<MadeSecret, AppError> {
    let caller = caller()?;
    let made = outbox::rotate_secret(&caller.services, caller.actor()?, &id(&endpoint)?).await?;
    let former_until = made.former_until.as_millis();
    Ok(MadeSecret { secret: made.secret.expose_secret().to_owned(), former_until })
}

/// Sends a test event to an endpoint.
#[server(prefix = "/rpc", endpoint = "test-endpoint")]
pub async fn test_endpoint(endpoint: String) -> Result<(), AppError> {
    let caller = caller()?;
    outbox::send_test(&caller.services, caller.actor()?, &id(&endpoint)?).await?;
    Ok(())
}

/// Sends an event to an endpoint once more.
#[server(prefix = "/rpc", endpoint = "replay-event")]
pub async fn replay_event(endpoint: String, event: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(outbox::replay(&caller.services, caller.actor()?, &id(&endpoint)?, &id(&event)?).await?)
}

/// Sends everything that was given up to an endpoint once more.
#[server(prefix = "/rpc", endpoint = "replay-failed")]
pub async fn replay_failed(endpoint: String) -> Result<(), AppError> {
    let caller = caller()?;
    outbox::replay_failed(&caller.services, caller.actor()?, &id(&endpoint)?).await?;
    Ok(())
}

/// Makes an API key. It is in the answer, this once.
#[server(prefix = "/rpc", endpoint = "make-key")]
pub async fn make_key(name: String) -> Result<MadeKey, AppError> {
    let caller = caller()?;
    let made = accounts::issue_api_key(&caller.services, caller.actor()?, &name).await?;
    Ok(MadeKey { key: made.key.expose_secret().to_owned() })
}

/// Ends an API key.
#[server(prefix = "/rpc", endpoint = "revoke-key")]
pub async fn revoke_key(key: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(accounts::withdraw_api_key(&caller.services, caller.actor()?, &id(&key)?).await?)
}
