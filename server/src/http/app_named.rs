//! The Meta app that the address of a callback names.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{ingest::Refusal, meta::AppId};

/// The app whose id is the last piece of the path; `None` when the address names none. Anybody may write anything there:
/// what cannot be an id is an app that is not here.
#[derive(Debug)]
pub(super) struct AppNamed(pub(super) Result<Option<AppId>, Refusal>);

impl<S: Send + Sync> FromRequestParts<S> for AppNamed {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let named = match Option::<Path<String>>::from_request_parts(parts, state).await {
            Ok(named) => named.map(|Path(id)| id.parse()).transpose().map_err(|_| Refusal::UnknownApp),
            Err(_) => Err(Refusal::UnknownApp),
        };
        Ok(Self(named))
    }
}
