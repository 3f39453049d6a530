//! Testing and ending connections.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id, id_or_none},
    leptos_axum::redirect,
    server::connect::{self, DisconnectChoices},
};

/// Asks Meta whether a connection, or every one, still works.
#[server(prefix = "/rpc", endpoint = "test-connection")]
pub async fn test_connection(#[server(default)] connection: String) -> Result<(), AppError> {
    let caller = caller()?;
    match id_or_none(&connection)? {
        Some(id) => drop(connect::check_connection(&caller.services, caller.actor()?, &id).await?),
        None => drop(connect::check_all(&caller.services, caller.actor()?).await?),
    }
    Ok(())
}

/// Tells Meta once more to send an asset's messages here.
#[server(prefix = "/rpc", endpoint = "repair-asset")]
pub async fn repair_asset(repaired: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(connect::repair_asset(&caller.services, caller.actor()?, &id(&repaired)?).await?)
}

/// Disconnects. What has to be told to Meta, and what is erased, follows step by step.
#[server(prefix = "/rpc", endpoint = "disconnect")]
pub async fn disconnect(
    connection: String,
    #[server(default)] revoke: String,
    #[server(default)] deregister: String,
    #[server(default)] history: String,
    #[server(default)] confirmation: String,
) -> Result<(), AppError> {
    let caller = caller()?;
    let choices =
        DisconnectChoices { deregister: !deregister.is_empty(), revoke: !revoke.is_empty(), erase: history == "erase" };
    Ok(connect::disconnect(&caller.services, caller.actor()?, &id(&connection)?, choices, &confirmation).await?)
}

/// Disconnects one asset; the rest of its connection goes on.
#[server(prefix = "/rpc", endpoint = "disconnect-asset")]
pub async fn disconnect_asset(parted: String) -> Result<(), AppError> {
    let caller = caller()?;
    connect::disconnect_asset(&caller.services, caller.actor()?, &id(&parted)?).await?;
    redirect("/?done=disconnect-asset");
    Ok(())
}

/// Tries the steps of disconnecting again that failed.
#[server(prefix = "/rpc", endpoint = "retry-disconnect")]
pub async fn retry_disconnect(connection: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(connect::retry_disconnect(&caller.services, caller.actor()?, &id(&connection)?).await?)
}
