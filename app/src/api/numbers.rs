//! The steps after a choice: a number's PIN, and another try.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    leptos_axum::redirect,
    server::{
        connect::{self, numbers},
        meta::CodeMethod,
    },
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

/// Asks Meta about a number.
#[server(prefix = "/rpc", endpoint = "read-number")]
pub async fn read_number(number: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(numbers::read_again(&caller.services, caller.actor()?, &id(&number)?).await?)
}

/// Gives a number a name of the business's own; an empty one takes it away.
#[server(prefix = "/rpc", endpoint = "name-number")]
pub async fn name_number(number: String, #[server(default)] friendly_name: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(numbers::rename(&caller.services, caller.actor()?, &id(&number)?, &friendly_name).await?)
}

/// Registers a number with its PIN, now.
#[server(prefix = "/rpc", endpoint = "register-number")]
pub async fn register_number(number: String, pin: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(numbers::register(&caller.services, caller.actor()?, &id(&number)?, pin.into()).await?)
}

/// Has Meta send a verification code to a number: `sms` or `voice`.
#[server(prefix = "/rpc", endpoint = "request-code")]
pub async fn request_code(number: String, method: String, language: String) -> Result<(), AppError> {
    let caller = caller()?;
    let method = if method == "voice" { CodeMethod::Voice } else { CodeMethod::Sms };
    Ok(numbers::request_code(&caller.services, caller.actor()?, &id(&number)?, method, &language).await?)
}

/// Verifies a number with the code that came.
#[server(prefix = "/rpc", endpoint = "verify-code")]
pub async fn verify_code(number: String, code: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(numbers::verify_code(&caller.services, caller.actor()?, &id(&number)?, code.into()).await?)
}

/// Gives a number another PIN.
#[server(prefix = "/rpc", endpoint = "set-pin")]
pub async fn set_pin(number: String, pin: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(numbers::set_pin(&caller.services, caller.actor()?, &id(&number)?, pin.into()).await?)
}

/// Takes a number off the Cloud API, once the person has ticked that they know what stops.
#[server(prefix = "/rpc", endpoint = "deregister-number")]
pub async fn deregister_number(number: String, #[server(default)] confirmed: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(numbers::deregister(&caller.services, caller.actor()?, &id(&number)?, confirmed == "yes").await?)
}
