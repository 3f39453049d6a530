//! The operator's functions.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::caller::caller, server::installation};

/// Seals everything again with the active key.
#[server(prefix = "/rpc", endpoint = "rotate-keys")]
pub async fn rotate_keys() -> Result<(), AppError> {
    let caller = caller()?;
    installation::rotate_keys(&caller.services, caller.actor()?).await?;
    Ok(())
}
