//! Signing up, in and out; the account.

use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id, own_path},
    leptos_axum::redirect,
    server::{accounts, http},
};

/// Makes a tenant and its owner, and signs them in.
#[server(prefix = "/rpc", endpoint = "sign-up")]
pub async fn sign_up(business_name: String, name: String, email: String, password: String) -> Result<(), AppError> {
    let caller = caller()?;
    let input = accounts::SignUp { business_name, name, email, password: password.into() };
    let (user, tenant) = accounts::sign_up(&caller.services, input, &caller.address).await?;
    caller.begin_session(&user, Some(&tenant)).await?;
    redirect("/");
    Ok(())
}

/// Signs in and leads to `next`, a path of ours, or to the connections.
#[server(prefix = "/rpc", endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let caller = caller()?;
    let user = accounts::sign_in(&caller.services, &email, password.into(), &caller.address).await?;
    caller.begin_session(&user, None).await?;
    redirect(own_path(&next));
    Ok(())
}

/// Ends this session.
#[server(prefix = "/rpc", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    http::end_session(caller()?.session()?).await?;
    redirect("/sign-in");
    Ok(())
}

/// Ends every other session of the person.
#[server(prefix = "/rpc", endpoint = "sign-out-everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let caller = caller()?;
    let actor = caller.actor()?;
    accounts::sign_out_everywhere(&caller.services, actor).await?;
    caller.begin_session(&actor.user_id, actor.membership.as_ref().map(|m| &m.tenant_id)).await
}

/// Changes the password; the current one is asked for. Every other session ends.
#[server(prefix = "/rpc", endpoint = "change-password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<(), AppError> {
    let caller = caller()?;
    let actor = caller.actor()?;
    accounts::change_password(&caller.services, actor, current_password.into(), new_password.into()).await?;
    caller.begin_session(&actor.user_id, actor.membership.as_ref().map(|m| &m.tenant_id)).await
}

/// Changes the person's name.
#[server(prefix = "/rpc", endpoint = "change-name")]
pub async fn change_name(name: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(accounts::change_name(&caller.services, caller.actor()?, &name).await?)
}

/// Looks at another tenant of the person.
#[server(prefix = "/rpc", endpoint = "switch-tenant")]
pub async fn switch_tenant(tenant: String) -> Result<(), AppError> {
    let caller = caller()?;
    http::switch_tenant(caller.session()?, caller.actor()?, &id(&tenant)?).await?;
    redirect("/");
    Ok(())
}
