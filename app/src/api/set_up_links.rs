//! Set-up links.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    leptos_axum::redirect,
    secrecy::ExposeSecret as _,
    server::{connect::set_up_links, http},
};

/// A link just made. It is shown once and kept nowhere.
#[derive(Clone, Serialize, Deserialize)]
pub struct SetUpLink {
    /// The whole address.
    pub link: String,
}

/// Makes a link by which somebody without an account connects their assets. It is in the answer, this once.
#[server(prefix = "/rpc", endpoint = "make-set-up-link")]
pub async fn make_set_up_link(name: String, #[server(default)] days: String) -> Result<SetUpLink, AppError> {
    let caller = caller()?;
    let days = days.parse().unwrap_or_default();
    let made = set_up_links::make_link(&caller.services, caller.actor()?, &name, days).await?;
    Ok(SetUpLink { link: made.link.expose_secret().to_owned() })
}

/// Withdraws a link.
#[server(prefix = "/rpc", endpoint = "revoke-set-up-link")]
pub async fn revoke_set_up_link(link: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(set_up_links::revoke_link(&caller.services, caller.actor()?, &id(&link)?).await?)
}

/// Leads a guest to Meta's dialog: whoever came by the link `token`, or whom this browser knows already.
#[server(prefix = "/rpc", endpoint = "begin-set-up")]
pub async fn begin_set_up(#[server(default)] token: String) -> Result<(), AppError> {
    let caller = caller()?;
    let (services, session) = (&caller.services, caller.session()?);
    let guest = if token.is_empty() {
        caller.guest().await?.ok_or_else(AppError::not_found)?
    } else {
        let known = http::guest_session(session, None).await?;
        let opened = set_up_links::open_link(services, &token.into(), known.as_deref(), &caller.address).await?;
        http::begin_guest(services, session, &opened.id).await?
    };
    let begun = set_up_links::begin_as_guest(services, &guest, &caller.address).await?;
    redirect(begun.dialog_url.as_str());
    Ok(())
}
