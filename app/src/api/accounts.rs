//! Signing up, in and out; the account.

use crate::error::AppError;
use leptos::prelude::*;

/// Makes a tenant and its owner, and signs them in.
#[server(prefix = "/rpc", endpoint = "sign-up")]
pub async fn sign_up(business: String, name: String, email: String, password: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Signs in and leads to `next`, a path of ours, or to the connections.
#[server(prefix = "/rpc", endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Ends this session.
#[server(prefix = "/rpc", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Ends every other session of the person.
#[server(prefix = "/rpc", endpoint = "sign-out-everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Changes the password; the current one is asked for.
#[server(prefix = "/rpc", endpoint = "change-password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Changes the person's name.
#[server(prefix = "/rpc", endpoint = "change-name")]
pub async fn change_name(name: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Looks at another tenant of the person.
#[server(prefix = "/rpc", endpoint = "switch-tenant")]
pub async fn switch_tenant(tenant: String) -> Result<(), AppError> {
    Err(AppError::internal())
}
