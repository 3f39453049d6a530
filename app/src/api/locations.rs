//! The tenant's places.

use crate::error::AppError;
use leptos::prelude::*;

/// Adds a location.
#[server(prefix = "/rpc", endpoint = "add-location")]
pub async fn add_location(name: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Renames a location.
#[server(prefix = "/rpc", endpoint = "rename-location")]
pub async fn rename_location(location: String, name: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Deletes a location; its assets stay connected.
#[server(prefix = "/rpc", endpoint = "delete-location")]
pub async fn delete_location(location: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Assigns an asset to a location, or to none.
#[server(prefix = "/rpc", endpoint = "assign-location")]
pub async fn assign_location(asset: String, #[server(default)] location: String) -> Result<(), AppError> {
    Err(AppError::internal())
}
