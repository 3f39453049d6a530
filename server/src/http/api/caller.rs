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
    words::failures,
};

/// A program that showed a key. It acts as an owner of the key's tenant.
#[derive(Debug, Clone)]
pub(super) struct ApiCaller(pub(super) Actor);

impl FromRequestParts<Services> for ApiCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Response> {
        let mut given = parts.headers.get_all(header::AUTHORIZATION).iter();
        let (Some(value), None) = (given.next(), given.next()) else {
            return Err(unauthorized(failures::accounts::key_missing()));
        };
        let key = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let Some((_, key)) = key else { return Err(unauthorized(failures::accounts::key_missing())) };
        let key = SecretString::from(key.trim().to_owned());
        match find_api_caller(services, &key).await {
            Ok(Some(actor)) => Ok(Self(actor)),
            Ok(None) => Err(unauthorized(failures::accounts::key_invalid())),
            Err(error) => Err(Problem(error).into_response()),
        }
    }
}

fn unauthorized(why: Explanation) -> Response {
    let mut response = identity::problem(StatusCode::UNAUTHORIZED, why, None);
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"attache\""));
    response
}
