//! The operator's functions.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::caller::caller, server::vault};

/// Seals everything again with the active key.
#[server(prefix = "/rpc", endpoint = "rotate-keys")]
pub async fn rotate_keys() -> Result<(), AppError> {
    let caller = caller()?;
    caller.actor()?.operator()?;
    vault::rotate(caller.services.db(), caller.services.vault()).await?;
    Ok(())
}
