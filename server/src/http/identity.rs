//! The number of a request, its line in the log, and errors on the way out.

use std::any::Any;

use axum::{
    Json,
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;
use tracing::{Span, field::Empty};

use crate::{error::Error, explanation::Explanation, words::Language};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request, in its extensions and in the answer's header.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

impl RequestId {
    fn new() -> Self {
        let id = HeaderValue::from_str(&uuid::Uuid::now_v7().simple().to_string());
        Self(id.unwrap_or(HeaderValue::from_static("none")))
    }
}

/// Gives every request a number of its own. One that comes with the request is not believed.
pub(super) async fn number(mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(REQUEST_ID, id.0);
    response
}

/// Gives an answer a number where requests have none.
pub(super) fn numbered(mut response: Response) -> Response {
    response.headers_mut().insert(REQUEST_ID, RequestId::new().0);
    response
}

/// What goes before a secret in a path: of invitations, set-up links and links for a new password, and the code of a deletion.
const BEFORE_SECRETS: [&str; 4] = ["/join/", "/set-up/", "/reset-password/", "/deletion/"];

/// The part of a path before its secret, when there is one in it.
pub(super) fn before_secret(path: &str) -> Option<&'static str> {
    BEFORE_SECRETS.into_iter().find(|before| path.starts_with(before))
}

/// The span of a request: its path without the query, which may hold a code or a state.
pub(super) fn span(request: &Request<Body>) -> Span {
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.0.to_str().ok()).unwrap_or_default();
    let path = request.uri().path();
    let path = before_secret(path).unwrap_or(path);
    tracing::info_span!("http", id, method = %request.method(), path, status = Empty)
}

/// One line for each answer.
pub(super) fn log_response(response: &Response<Body>, latency: std::time::Duration, span: &Span) {
    span.record("status", response.status().as_u16());
    tracing::info!(ms = latency.as_millis(), "answered");
}

/// The answer when a handler panicked. The reason is in the log.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Problem(Error::internal("a handler panicked")).into_response()
}

/// An error on its way out: logged here, once, and answered as `application/problem+json` (RFC 9457). The [`Explanation`]
/// is in the answer's extensions too, for a layer that shows people a page instead.
#[derive(Debug)]
pub struct Problem(pub Error);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// What an [`Error`] looks like from outside.
pub trait IntoHttp {
    /// Logs the error, once, and answers its status and words.
    fn into_http(self) -> (StatusCode, Explanation);
}

impl IntoHttp for Error {
    fn into_http(self) -> (StatusCode, Explanation) {
        let explanation = self.explain();
        match &self {
            Self::Internal(_) => tracing::error!(error = %Chain(&self), "internal error"),
            _ => tracing::info!(error = %self, "refused"),
        }
        (StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), explanation)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let retry_after = match &self.0 {
            Error::Busy { retry_after } => Some(HeaderValue::from(retry_after.as_secs().max(1))),
            _ => None,
        };
        let field = self.0.field();
        let (status, explanation) = self.0.into_http();
        let mut response = problem(status, explanation, field);
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// The form field that a problem belongs to.
#[derive(Clone)]
struct Field(Option<String>);

/// A failure in words, as `application/problem+json`: in English, until [`told_in`] says it in another language.
pub(super) fn problem(status: StatusCode, explanation: Explanation, field: Option<&str>) -> Response {
    let mut response = (status, Json(body(status, &explanation, field, Language::En))).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response.extensions_mut().insert(Field(field.map(str::to_owned)));
    response.extensions_mut().insert(explanation);
    response
}

/// The same problem in a language. Any other answer stays as it is.
pub(super) fn told_in(response: Response, language: Language) -> Response {
    let (explanation, field) = (response.extensions().get::<Explanation>(), response.extensions().get::<Field>());
    let (Some(explanation), Some(Field(field))) = (explanation, field) else { return response };
    let body = body(response.status(), explanation, field.as_deref(), language);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body.to_string()))
}

fn body(status: StatusCode, explanation: &Explanation, field: Option<&str>, language: Language) -> serde_json::Value {
    let told = explanation.told(language);
    json!({
        "type": "about:blank",
        "status": status.as_u16(),
        "title": told.what,
        "detail": told.why,
        "todo": told.todo,
        "effect": told.effect,
        "help": told.help,
        "code": told.code,
        "field": field,
    })
}

/// An error with everything behind it.
struct Chain<'a>(&'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(error) = next {
            write!(f, ": {error}")?;
            next = error.source();
        }
        Ok(())
    }
}
