//! Who calls a server function or asks for a page, and what they are answered with.

use crate::error::AppError;
use axum::http::request::Parts;
use leptos::prelude::use_context;
use server::Services;
use server::accounts::Actor;
use server::connect::Chooser;
use server::connect::set_up_links::{Guest, is_of_guest};
use server::http::{SignedIn, Visit, client_address};
use server::ids::{AttemptId, TenantId, UserId};
use std::str::FromStr;
use tower_sessions::Session;

/// The request being answered.
#[derive(Debug)]
pub struct Caller {
    /// The installation.
    pub services: Services,
    /// Who calls.
    pub visit: Visit,
    /// Where the request comes from, for limits.
    pub address: String,
    session: Option<Session>,
}

/// The request being answered.
///
/// # Errors
/// [`AppError::internal`] outside of one.
pub fn caller() -> Result<Caller, AppError> {
    let (Some(services), Some(parts)) = (use_context::<Services>(), use_context::<Parts>()) else {
        return Err(AppError::internal());
    };
    Ok(Caller {
        visit: parts.extensions.get::<Visit>().cloned().unwrap_or_default(),
        address: client_address(&services, &parts.headers, &parts.extensions),
        session: parts.extensions.get::<Session>().cloned(),
        services,
    })
}

impl Caller {
    /// The person who is signed in.
    ///
    /// # Errors
    /// When nobody is.
    pub fn actor(&self) -> Result<&Actor, AppError> {
        Ok(self.visit.actor()?)
    }

    /// The person who is signed in, with their session.
    ///
    /// # Errors
    /// When nobody is.
    pub fn signed_in(&self) -> Result<&SignedIn, AppError> {
        self.visit.signed_in().ok_or_else(|| server::error::Error::SignedOut.into())
    }

    /// The browser's session.
    ///
    /// # Errors
    /// Never under the layers of [`server::http::protect`].
    pub fn session(&self) -> Result<&Session, AppError> {
        self.session.as_ref().ok_or_else(AppError::internal)
    }

    /// The guest of a set-up link that the browser came by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn guest(&self) -> Result<Option<Guest>, AppError> {
        Ok(server::http::guest(&self.services, self.session()?).await?)
    }

    /// The guest whose attempt this is, when it is the browser's guest's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn guest_of(&self, attempt: &AttemptId) -> Result<Option<Guest>, AppError> {
        match self.guest().await? {
            Some(guest) if is_of_guest(&self.services, &guest, attempt).await? => Ok(Some(guest)),
            _ => Ok(None),
        }
    }

    /// Who goes on with an attempt: this guest, else the person who is signed in.
    ///
    /// # Errors
    /// When nobody is either.
    pub fn chooser<'a>(&'a self, guest: Option<&'a Guest>) -> Result<Chooser<'a>, AppError> {
        match guest {
            Some(guest) => Ok(Chooser::Guest(guest)),
            None => self.actor().map(Chooser::Member),
        }
    }

    /// Signs somebody in who just proved who they are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_session(&self, user: &UserId, tenant: Option<&TenantId>) -> Result<(), AppError> {
        Ok(server::http::begin_session(&self.services, self.session()?, user, tenant).await?)
    }
}

/// An identifier that came with a form or an address; a wrong one names nothing.
///
/// # Errors
/// [`AppError::not_found`].
pub fn id<T: FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::not_found())
}

/// An identifier that may be left empty.
///
/// # Errors
/// [`AppError::not_found`].
pub fn id_or_none<T: FromStr>(text: &str) -> Result<Option<T>, AppError> {
    if text.is_empty() { Ok(None) } else { id(text).map(Some) }
}

/// `path` when it is one of ours, else the start: nobody is led elsewhere by a link to us.
pub fn own_path(path: &str) -> &str {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if path.starts_with('/') && !path.starts_with("//") && plain { path } else { "/" }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    #[test]
    fn only_paths_of_ours_are_led_to() {
        assert_eq!(own_path("/connect?connection=con_1"), "/connect?connection=con_1");
        for foreign in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nSet-Cookie: x", "javascript:1"]
        {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }
}
