//! WhatsApp numbers.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    server::connect,
};

/// Keeps a number's PIN and has the number registered with it.
#[server(prefix = "/rpc", endpoint = "enter-pin")]
pub async fn enter_pin(number: String, pin: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(connect::enter_pin(&caller.services, caller.actor()?, &id(&number)?, pin.into()).await?)
}
