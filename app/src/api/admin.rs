//! The operator's functions.

use crate::error::AppError;
use leptos::prelude::*;

/// Re-seals everything with the active key.
#[server(prefix = "/rpc", endpoint = "rotate-keys")]
pub async fn rotate_keys() -> Result<(), AppError> {
    Err(AppError::internal())
}
