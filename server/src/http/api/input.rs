//! What a call says: its query and its JSON, refused as problems when they cannot be read.

use axum::{
    extract::{FromRequest, FromRequestParts, Json, Query, Request, rejection::JsonRejection},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use crate::{error::Error, http::identity::Problem};

/// The query of a call. A parameter that is not known is an error: it would be taken for a filter that works.
pub(super) struct ApiQuery<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(read)) => Ok(Self(read)),
            Err(error) => {
                Err(Problem(Error::invalid("query", format!("The query cannot be read: {}.", error.body_text()))))
            }
        }
    }
}

/// The JSON of a call.
pub(super) struct ApiJson<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ApiJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::from_request(request, state).await {
            Ok(Json(read)) => Ok(Self(read)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(Problem(Error::invalid("content-type", "Send JSON, with `Content-Type: application/json`.")))
            }
            Err(error) => {
                Err(Problem(Error::invalid("body", format!("The body cannot be read: {}.", error.body_text()))))
            }
        }
    }
}
