//! `/_sim/phone`: a page on which a person plays the customer, and sees what Meta told the product about it.

mod chat;
mod choice;
mod composer;
mod live;
mod page;
mod trace;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::html;
use serde::Deserialize;
use serde_json::json;

use self::choice::{Asked, Choice};
use crate::state::{File, Shared};
use crate::webhooks::{Circumstances, Content};

/// Largest file a customer sends from the page.
const LARGEST: usize = 16 * 1024 * 1024;
/// Nothing from anywhere else, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Routes below `/_sim`.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/phone", get(shown))
        .route("/phone/part", get(part))
        .route("/phone/live", get(live::changes))
        .route("/phone/say", post(say))
        .route("/phone/file", post(file).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/phone/phone.css", get(|| async { asset("text/css; charset=utf-8", include_str!("phone.css")) }))
        .route("/phone/phone.js", get(|| async { asset("text/javascript; charset=utf-8", include_str!("phone.js")) }))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

async fn shown(State(shared): State<Arc<Shared>>, Query(asked): Query<Asked>) -> Response {
    let state = shared.lock();
    let choice = Choice::of(&state, &asked);
    let mut response = page::page(&state, &choice).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// What changes while the page is open.
async fn part(State(shared): State<Arc<Shared>>, Query(asked): Query<Asked>) -> Response {
    let state = shared.lock();
    let choice = Choice::of(&state, &asked);
    html! {
        (chat::presence(&state, &choice))
        (chat::log(&state, &choice))
        (trace::list(&state, &choice))
    }
    .into_response()
}

#[derive(Deserialize)]
struct Said {
    asset: String,
    customer: String,
    text: String,
}

/// The form without JavaScript.
async fn say(State(shared): State<Arc<Shared>>, Form(said): Form<Said>) -> Response {
    let text = said.text.trim();
    if !text.is_empty() {
        let content = Content::Text(text.to_owned());
        let done = shared.lock().customer_does(&said.asset, &said.customer, &content, &Circumstances::default());
        if let Err(error) = done {
            return (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).into_response();
        }
    }
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("asset", &said.asset)
        .append_pair("customer", &said.customer)
        .finish();
    Redirect::to(&format!("/_sim/phone?{query}")).into_response()
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
}

/// Keep a file the customer wants to send.
async fn file(
    State(shared): State<Arc<Shared>>,
    Query(named): Query<Named>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Json<serde_json::Value> {
    let mime = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let mut state = shared.lock();
    let at = state.now();
    Json(json!({"media": state.files.add(File { mime, name: named.name, bytes, phone: None, at })}))
}
