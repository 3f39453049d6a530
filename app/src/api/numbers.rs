//! The steps after a choice: a number's PIN, and another try.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    leptos_axum::redirect,
    server::connect,
};

/// The asset's row with its details open, and the sentence that says what was done.
#[cfg(feature = "ssr")]
fn opened(asset: &str, done: &str) -> String {
    format!("/?asset={asset}&done={done}#{asset}")
}

/// Keeps a number's PIN and has the number registered with it.
#[server(prefix = "/rpc", endpoint = "enter-pin")]
pub async fn enter_pin(number: String, pin: String) -> Result<(), AppError> {
    let caller = caller()?;
    connect::enter_pin(&caller.services, caller.actor()?, &id(&number)?, pin.into()).await?;
    redirect(&opened(&number, "enter-pin"));
    Ok(())
}

/// Has the steps after the choice done once more for an asset.
#[server(prefix = "/rpc", endpoint = "try-again")]
pub async fn try_again(again: String) -> Result<(), AppError> {
    let caller = caller()?;
    connect::try_again(&caller.services, caller.actor()?, &id(&again)?).await?;
    redirect(&opened(&again, "try-again"));
    Ok(())
}
