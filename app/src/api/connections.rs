//! Testing and ending connections.

use crate::dto::disconnect::DisconnectPage;
use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id, id_or_none},
    crate::load,
    server::connect,
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

/// Disconnects: unsubscribes, drops the credential, keeps history. Answers what was done, step by step.
#[server(prefix = "/rpc", endpoint = "disconnect")]
pub async fn disconnect(connection: String) -> Result<DisconnectPage, AppError> {
    let caller = caller()?;
    let (actor, id) = (caller.actor()?, id(&connection)?);
    let plan = connect::plan_disconnect(&caller.services, actor, &id).await?;
    let notes = connect::disconnect(&caller.services, actor, &id).await?;
    Ok(load::disconnect::finished(&plan.connection, notes))
}
