//! Forms without script: `POST {any page}?do=NAME` runs the server function `/rpc/NAME` and answers with a page.
//!
//! Success leads on with 303: to where the function said, else back to the page with `?done=NAME`. Failure shows the
//! same page again, with the error's status, its message, and everything that was typed except secrets.

use crate::acting_for;
use crate::error::AppError;
use crate::router::Site;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, request::Parts};
use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;

/// The largest form: a choice of 2,000 assets.
pub const MAX_BYTES: usize = 128 * 1024;
/// Fields that are lists even when they occur once.
const LISTS: [&str; 3] = ["asset", "delivery", "kind"];
/// Functions whose answer is shown on the page, this once, instead of being redirected away from.
const SHOWN: [&str; 7] = [
    "add-endpoint",
    "invite",
    "make-key",
    "make-set-up-link",
    "rotate-endpoint",
    "show-own-verify-token",
    "show-verify-token",
];

/// What the sign-in page is asked with after a form of somebody who was signed out meanwhile.
pub const UNSAVED: &str = "unsaved";

/// What a form that failed came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormOutcome {
    /// The server function's endpoint.
    pub action: String,
    /// What was typed; never a secret.
    pub values: Vec<(String, String)>,
    /// Why it failed.
    pub error: AppError,
}

impl FormOutcome {
    /// What was typed into a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The answer of a function that is shown on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormAnswer {
    /// The server function's endpoint.
    pub action: String,
    /// Its answer, as JSON.
    pub json: String,
}

/// Whether a field's value must not be shown again.
pub fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["password", "secret", "token", "pin", "code"].iter().any(|word| name.contains(word))
}

/// Splits a page's query into the action it names and the rest, which stays the page's own.
pub fn split_query(query: &str) -> (Option<String>, Option<String>, String) {
    let (mut action, mut done) = (None, None);
    let mut rest = url::form_urlencoded::Serializer::new(String::new());
    for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match key.as_ref() {
            "do" => action = Some(value.into_owned()),
            "done" => done = Some(value.into_owned()),
            _ => {
                rest.append_pair(&key, &value);
            }
        }
    }
    (action, done, rest.finish())
}

/// The fields as server functions read them: `asset=a&asset=b` becomes `asset[0]=a&asset[1]=b`.
pub fn encode_fields(fields: &[(String, String)]) -> String {
    let mut out = String::new();
    let mut index = 0;
    for (name, value) in fields {
        let joint = if out.is_empty() { "" } else { "&" };
        let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        let _ = if LISTS.contains(&name.as_str()) {
            index += 1;
            write!(out, "{joint}{name}[{}]={value}", index - 1)
        } else {
            write!(out, "{joint}{name}={value}")
        };
    }
    out
}

/// Answers `POST` on any page.
pub async fn post(State(site): State<Site>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (action, _, rest) = split_query(parts.uri.query().unwrap_or_default());
    let rpc = action.as_deref().filter(|name| is_action(name)).map(|name| format!("/rpc/{name}"));
    let (Some(action), Some(rpc)) = (action, rpc) else { return site.error_page(parts, AppError::not_found()).await };
    let Ok(bytes) = to_bytes(body, MAX_BYTES).await else {
        return site.error_page(parts, AppError::too_large()).await;
    };
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&bytes).into_owned().collect();
    let visit = parts.extensions.get::<server::http::Visit>().cloned().unwrap_or_default();
    if let Err(error) = acting_for::check_form(&visit, &action, &fields) {
        return stopped(&site, page_parts(parts, &rest), action, fields, error).await;
    }
    let called = site.call(call_request(&parts, &rpc, &fields)).await;
    let (answer, body) = called.into_parts();
    let body = to_bytes(body, MAX_BYTES).await.unwrap_or_default();
    let page = page_parts(parts, &rest);
    if answer.status.is_success() || answer.status.is_redirection() {
        return succeeded(&site, page, &action, &answer.headers, body).await;
    }
    let error = AppError::from_json(&body).unwrap_or_else(AppError::internal);
    let values = fields.into_iter().filter(|(name, _)| !is_secret(name)).collect();
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = site.page(page, Some(FormOutcome { action, values, error }), None).await;
    match response.status() {
        StatusCode::OK => *response.status_mut() = status,
        // The page leads to the sign-in page: there it is said that nothing was done.
        status if status.is_redirection() => say_unsaved(&mut response),
        _ => {}
    }
    carry_cookies(&answer.headers, &mut response);
    response
}

/// Adds to where a failed form leads that nothing of it was saved.
fn say_unsaved(response: &mut Response) {
    let target = response.headers().get(LOCATION).and_then(|target| target.to_str().ok()).unwrap_or_default();
    let joint = if target.contains('?') { '&' } else { '?' };
    if let Ok(target) = HeaderValue::try_from(format!("{target}{joint}{UNSAVED}=yes")) {
        response.headers_mut().insert(LOCATION, target);
    }
}

/// The page once more, for the business that the person works for now, with what was typed; a page that this business does
/// not have becomes the reason alone.
async fn stopped(site: &Site, page: Parts, action: String, fields: Vec<(String, String)>, error: AppError) -> Response {
    let values = fields.into_iter().filter(|(name, _)| !is_secret(name)).collect();
    let outcome = FormOutcome { action, values, error: error.clone() };
    let mut response = site.page(page.clone(), Some(outcome), None).await;
    if response.status() != StatusCode::OK {
        response = site.error_page(page, error).await;
    }
    *response.status_mut() = StatusCode::CONFLICT;
    response
}

fn is_action(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        && leptos::server_fn::axum::get_server_fn_service(&format!("/rpc/{name}"), Method::POST).is_some()
}

/// The same request, as the server function wants it.
fn call_request(parts: &Parts, rpc: &str, fields: &[(String, String)]) -> Request {
    let body = encode_fields(fields);
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = Uri::try_from(rpc).unwrap_or_default();
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    let headers = request.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    request
}

/// The request for the page the form stands on.
fn page_parts(mut parts: Parts, rest: &str) -> Parts {
    let joint = if rest.is_empty() { "" } else { "?" };
    parts.method = Method::GET;
    parts.uri = Uri::try_from(format!("{}{joint}{rest}", parts.uri.path())).unwrap_or_default();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(CONTENT_TYPE);
    parts
}

async fn succeeded(site: &Site, page: Parts, action: &str, headers: &HeaderMap, body: Bytes) -> Response {
    if SHOWN.contains(&action) {
        let answer = FormAnswer { action: action.into(), json: String::from_utf8_lossy(&body).into_owned() };
        let mut response = site.page(page, None, Some(answer)).await;
        carry_cookies(headers, &mut response);
        return response;
    }
    let here = || {
        let joint = if page.uri.query().is_some() { '&' } else { '?' };
        let done = if crate::components::layout::sentence_after(action).is_some() {
            format!("{joint}done={action}")
        } else {
            String::new()
        };
        HeaderValue::try_from(format!("{}{done}", page.uri)).unwrap_or(HeaderValue::from_static("/"))
    };
    let target = headers.get(LOCATION).cloned().unwrap_or_else(here);
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response();
    carry_cookies(headers, &mut response);
    response
}

fn carry_cookies(from: &HeaderMap, to: &mut Response) {
    for cookie in from.get_all(SET_COOKIE) {
        to.headers_mut().append(SET_COOKIE, cookie.clone());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect()
    }

    #[test]
    fn lists_are_numbered_and_single_values_are_not() {
        let encoded = encode_fields(&fields(&[("attempt", "att_1"), ("asset", "a b"), ("asset", "c&d")]));
        assert_eq!(encoded, "attempt=att_1&asset[0]=a+b&asset[1]=c%26d");
        assert_eq!(encode_fields(&fields(&[("asset", "one")])), "asset[0]=one", "one tick is a list too");
    }

    #[test]
    fn a_page_keeps_its_own_query_and_loses_ours() {
        let (action, done, rest) = split_query("q=a+b&do=sign-in&done=x&next=%2Fteam");
        assert_eq!((action.as_deref(), done.as_deref()), (Some("sign-in"), Some("x")));
        assert_eq!(rest, "q=a+b&next=%2Fteam");
        assert_eq!(split_query(""), (None, None, String::new()));
    }

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in ["password", "new_password", "client_secret", "token", "Pin", "code"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["email", "name", "asset", "role"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn only_server_functions_are_actions() {
        assert!(is_action("sign-in") && is_action("choose-assets"));
        assert!(!is_action("nothing") && !is_action("../sign-in") && !is_action(""));
    }
}
