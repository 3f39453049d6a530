//! The tenant's places.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id, id_or_none},
    server::accounts,
};

/// Adds a location.
#[server(prefix = "/rpc", endpoint = "add-location")]
pub async fn add_location(name: String) -> Result<(), AppError> {
    let caller = caller()?;
    accounts::add_location(&caller.services, caller.actor()?, &name).await?;
    Ok(())
}

/// Renames a location.
#[server(prefix = "/rpc", endpoint = "rename-location")]
pub async fn rename_location(location: String, name: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(accounts::rename_location(&caller.services, caller.actor()?, &id(&location)?, &name).await?)
}

/// Deletes a location; its assets stay connected.
#[server(prefix = "/rpc", endpoint = "delete-location")]
pub async fn delete_location(location: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(accounts::delete_location(&caller.services, caller.actor()?, &id(&location)?).await?)
}

/// Assigns an asset to a location, or to none. (`placed` is not a list of assets, as `asset` is elsewhere.)
#[server(prefix = "/rpc", endpoint = "assign-location")]
pub async fn assign_location(placed: String, #[server(default)] location: String) -> Result<(), AppError> {
    let caller = caller()?;
    let location = id_or_none(&location)?;
    Ok(accounts::assign_location(&caller.services, caller.actor()?, &id(&placed)?, location.as_ref()).await?)
}
