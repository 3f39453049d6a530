//! Who calls the API.

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use secrecy::SecretString;

use crate::{
    accounts::{Actor, find_api_caller},
    explanation::Explanation,
    http::identity::{self, Problem},
    services::Services,
};

const NO_KEY: Explanation = Explanation::new(
    "api.key_missing",
    "This call has no API key.",
    "The API takes a key in the header Authorization, as in `Authorization: Bearer att_…`.",
    "Ask the operator for a key: `attache admin create-api-key --tenant … --name …`.",
);

const BAD_KEY: Explanation = Explanation::new(
    "api.key_invalid",
    "This API key opens nothing.",
    "It was revoked, or it is not the whole key.",
    "Compare it with the one that was printed when it was made, or ask the operator for a new one.",
);

/// A program that showed a key. It acts as an owner of the key's tenant.
#[derive(Debug, Clone)]
pub(super) struct ApiCaller(pub(super) Actor);

impl FromRequestParts<Services> for ApiCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Response> {
        let mut given = parts.headers.get_all(header::AUTHORIZATION).iter();
        let (Some(value), None) = (given.next(), given.next()) else { return Err(unauthorized(NO_KEY)) };
        let key = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let Some((_, key)) = key else { return Err(unauthorized(NO_KEY)) };
        let key = SecretString::from(key.trim().to_owned());
        match find_api_caller(services, &key).await {
            Ok(Some(actor)) => Ok(Self(actor)),
            Ok(None) => Err(unauthorized(BAD_KEY)),
            Err(error) => Err(Problem(error).into_response()),
        }
    }
}

fn unauthorized(why: Explanation) -> Response {
    let mut response = identity::problem(StatusCode::UNAUTHORIZED, why, None);
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"attache\""));
    response
}
