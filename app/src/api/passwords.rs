//! A way back in for who forgot their password.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::caller::caller, leptos_axum::redirect, server::accounts};

/// Asks for a link to choose a new password. The answer is the same whether there is such an account or not.
#[server(prefix = "/rpc", endpoint = "forgot-password")]
pub async fn forgot_password(email: String) -> Result<(), AppError> {
    let caller = caller()?;
    accounts::ask_for_reset(&caller.services, &email, &caller.address).await?;
    redirect("/forgot-password?done=forgot-password");
    Ok(())
}

/// Sets a new password by the link `token`, and leads to signing in.
#[server(prefix = "/rpc", endpoint = "reset-password")]
pub async fn reset_password(token: String, password: String) -> Result<(), AppError> {
    let caller = caller()?;
    accounts::reset_password(&caller.services, &token.into(), password.into(), &caller.address).await?;
    redirect("/sign-in?done=reset-password");
    Ok(())
}
