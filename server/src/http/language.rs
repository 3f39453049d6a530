//! The language of a request, and problems told in it.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::Response,
};

use super::identity;
use crate::{explanation::Explanation, words::Language};

/// The cookie that keeps the language a person chose.
pub const LANGUAGE_COOKIE: &str = "lang";

/// The language of a request: the one that was chosen, else the one that the browser prefers.
pub fn language(headers: &HeaderMap) -> Language {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let chosen = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == LANGUAGE_COOKIE)
        .and_then(|(_, value)| Language::parse(value));
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map(Language::preferred);
    chosen.or_else(asked).unwrap_or_default()
}

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(language(&parts.headers))
    }
}

/// Tells a problem in the language of its request. What says nothing of its reason passes untouched.
pub(super) async fn speak(request: Request, next: Next) -> Response {
    let language = language(request.headers());
    let response = next.run(request).await;
    if response.extensions().get::<Explanation>().is_none() {
        return response;
    }
    let mut response = identity::told_in(response, language);
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    response
}
