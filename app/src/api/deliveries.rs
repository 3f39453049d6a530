//! Applying deliveries again.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    server::ingest::deliveries::{self, Replay},
};

/// Has the named deliveries applied again, in the background.
#[server(prefix = "/rpc", endpoint = "replay-deliveries")]
pub async fn replay_deliveries(#[server(default)] delivery: Vec<String>) -> Result<(), AppError> {
    let caller = caller()?;
    if delivery.is_empty() {
        return Err(AppError::new(422, "invalid", "No delivery is ticked.")
            .why("A replay needs at least one.")
            .todo("Tick the deliveries to apply again."));
    }
    let ids = delivery.iter().map(|delivery| id(delivery)).collect::<Result<Vec<_>, _>>()?;
    deliveries::replay(&caller.services, caller.actor()?, Replay::Ids(ids)).await?;
    Ok(())
}
