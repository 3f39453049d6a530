//! Testing and ending connections.

use crate::error::AppError;
use leptos::prelude::*;

/// Asks Meta whether a connection, or every one, still works.
#[server(prefix = "/rpc", endpoint = "test-connection")]
pub async fn test_connection(#[server(default)] connection: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Disconnects: unsubscribes, drops the credential, keeps history.
#[server(prefix = "/rpc", endpoint = "disconnect")]
pub async fn disconnect(connection: String) -> Result<(), AppError> {
    Err(AppError::internal())
}
