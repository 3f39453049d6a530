//! What a call says: its query and its JSON, refused as problems when they cannot be read.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Json, Query, Request, rejection::JsonRejection},
    http::{StatusCode, request::Parts},
    response::{IntoResponse as _, Response},
};
use futures::StreamExt as _;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use super::BODY_LIMIT;
use crate::{
    error::{Error, Result},
    http::identity::{self, Problem},
    words::failures,
};

/// How many rows a page has when the call does not say, and how many it has at most.
const USUAL: i64 = 50;
const MOST: i64 = 200;
/// How much is read, and thrown away, of a body that is too long: a client that still sends does not hear the answer.
const DRAIN: usize = 16 * 1024 * 1024;

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
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (head, body) = request.into_parts();
        let request = Request::from_parts(head, Body::from(read(body).await?));
        match Json::from_request(request, state).await {
            Ok(Json(read)) => Ok(Self(read)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(invalid("content-type", "Send JSON, with `Content-Type: application/json`."))
            }
            Err(error) => Err(invalid("body", &format!("The body cannot be read: {}.", error.body_text()))),
        }
    }
}

/// All of a body.
async fn read(body: Body) -> Result<Bytes, Response> {
    let mut pieces = body.into_data_stream();
    let (mut whole, mut length) = (Vec::new(), 0_usize);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| invalid("body", "The body did not arrive whole and in time."))?;
        length = length.saturating_add(piece.len());
        if length > DRAIN {
            break;
        }
        if length <= BODY_LIMIT {
            whole.extend_from_slice(&piece);
        }
    }
    if length > BODY_LIMIT {
        let most = i64::try_from(BODY_LIMIT / 1024).unwrap_or(i64::MAX);
        let why = failures::accounts::body_too_long(most);
        return Err(identity::problem(StatusCode::PAYLOAD_TOO_LARGE, why, None));
    }
    Ok(whole.into())
}

fn invalid(field: &'static str, message: &str) -> Response {
    Problem(Error::invalid(field, message)).into_response()
}

/// How many rows a page is to have.
pub(super) fn limit(asked: Option<i64>) -> Result<i64> {
    let limit = asked.unwrap_or(USUAL);
    if (1..=MOST).contains(&limit) {
        Ok(limit)
    } else {
        Err(Error::invalid("limit", format!("Ask for 1 to {MOST} deliveries.")))
    }
}

/// Tells null from nothing, in what is to be changed.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}
