//! The Graph over HTTP: reading requests, recording them, striking them with faults, writing answers.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};
use url::form_urlencoded::parse as parse_form;

use super::auth::token_of;
use super::batch;
use super::dispatch::{Answer, Call, Method, perform};
use super::errors::GraphError;
use super::multipart;
use super::params::Params;
use super::versions;
use crate::faults::Effect;
use crate::instagram::PREFIX;
use crate::record::{RecordedRequest, redact, redact_url};
use crate::secrets::fingerprint;
use crate::state::Shared;

/// How long a hanging request hangs.
const HANG: Duration = Duration::from_secs(120);
/// Largest body read.
const LARGEST: usize = 4 * 1024 * 1024;
/// Largest upload read: a document of 100 MB and its form.
const LARGEST_UPLOAD: usize = 101 * 1024 * 1024;

/// Answer any Graph request.
pub(crate) async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let boundary = multipart::boundary(&parts.headers);
    let most = if boundary.is_some() { LARGEST_UPLOAD } else { LARGEST };
    let Ok(body) = to_bytes(body, most).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let (form, upload) = match boundary {
        Some(boundary) => multipart::read(boundary, body).await,
        None => (body_params(&parts.headers, &body), None),
    };
    let Some(mut call) = read(parts.method.as_str(), parts.uri.path(), parts.uri.query(), &parts.headers, form) else {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    };
    call.upload = upload.map(Box::new);
    let items = batch_items(&call);
    let (id, latency) = {
        let mut state = shared.lock();
        call.effects = state.faults.strike(call.method.upper(), &call.pattern_path());
        let at = state.now();
        let id = state.record.start(record(&call, parts.uri.path(), items.as_deref(), at));
        (id, state.switches.latency_ms)
    };
    shared.released().await;
    let latency = latency + extra_latency(&call.effects);
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    if call.effects.contains(&Effect::Hold) {
        shared.let_go(call.method.upper(), &call.pattern_path()).await;
    }
    if call.effects.contains(&Effect::Hang) {
        // Clients give up sooner; the bound lets the simulator shut down while one waits.
        tokio::time::sleep(HANG).await;
    }
    let answer = match &items {
        Some(items) => batch::perform_all(&shared, &call, items).await,
        None => perform(&shared, &call).await,
    };
    let response = write(&call.effects, &answer);
    shared.lock().record.end(id, response.status().as_u16());
    response
}

fn extra_latency(effects: &[Effect]) -> u64 {
    effects.iter().map(|effect| if let Effect::Latency(ms) = effect { *ms } else { 0 }).sum()
}

fn read(method: &str, path: &str, query: Option<&str>, headers: &HeaderMap, form: Params) -> Option<Call> {
    let mut params = Params::from_query(query.unwrap_or_default());
    params.merge(form);
    let mut method = Method::parse(method)?;
    if method == Method::Post
        && let Some(other) = params.text("method").as_deref().and_then(Method::parse)
    {
        method = other;
    }
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth ")))
        .map(|token| token.trim().to_owned());
    Some(call_for(method, path, params, bearer))
}

/// A call from a path whose first segment may be a version.
pub(super) fn call_for(method: Method, path: &str, params: Params, bearer: Option<String>) -> Call {
    let mut path: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
    let instagram = path.first().is_some_and(|first| first == PREFIX);
    if instagram {
        path.remove(0);
    }
    let version = path.first().and_then(|first| versions::parse(first));
    if version.is_some() {
        path.remove(0);
    }
    Call { method, instagram, version, path, params, bearer, effects: Vec::new(), upload: None }
}

fn decode(segment: &str) -> String {
    // A form parser turns + into a space, so protect it first.
    let protected = segment.replace('+', "%2B");
    parse_form(protected.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

fn body_params(headers: &HeaderMap, body: &Bytes) -> Params {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    if kind.starts_with("application/json") {
        match serde_json::from_str::<Value>(&text) {
            Ok(Value::Object(map)) => return Params(map),
            _ => return Params::default(),
        }
    }
    if kind.starts_with("application/x-www-form-urlencoded") || kind.is_empty() {
        return Params::from_query(&text);
    }
    Params::default()
}

/// The items when this is a batch: `POST /` with a `batch` parameter.
fn batch_items(call: &Call) -> Option<Vec<Value>> {
    if call.method != Method::Post || !call.path.is_empty() || !call.params.0.contains_key("batch") {
        return None;
    }
    match call.params.json("batch") {
        Some(Value::Array(items)) => Some(items),
        _ => Some(Vec::new()),
    }
}

fn record(call: &Call, path: &str, items: Option<&[Value]>, at: i64) -> RecordedRequest {
    let batch: Vec<String> = items
        .unwrap_or_default()
        .iter()
        .map(|item| {
            let method = item["method"].as_str().unwrap_or("GET");
            format!("{method} {}", redact_url(item["relative_url"].as_str().unwrap_or_default()))
        })
        .collect();
    let operations = match items {
        None => call.operations(),
        Some(items) => items.iter().map(batch::operations).sum(),
    };
    RecordedRequest {
        id: 0,
        method: call.method.upper().to_owned(),
        path: path.to_owned(),
        params: redact(&call.params.0),
        token: token_of(&call.params, call.bearer.as_deref()).map(|token| fingerprint(&token)),
        operations,
        batch,
        at,
        started: 0,
        ended: None,
        status: None,
    }
}

fn write(effects: &[Effect], answer: &Answer) -> Response {
    for effect in effects {
        match effect {
            Effect::Html { status } => return html(*status),
            Effect::Body { status, body } => {
                return json_response(*status, &[], Body::from(body.clone()));
            }
            Effect::Reset => {
                let broken = tokio_stream::once(Err::<Bytes, _>(std::io::Error::other("reset by the simulator")));
                return json_response(answer.status, &answer.headers, Body::from_stream(broken));
            }
            Effect::HalfBody => return half(answer),
            _ => {}
        }
    }
    json_response(answer.status, &answer.headers, Body::from(answer.body.to_string()))
}

fn html(status: u16) -> Response {
    let page = "<!DOCTYPE html><html lang=\"en\"><head><title>Facebook | Error</title></head><body><h1>Sorry, something went \
                wrong.</h1><p>We're working on it and we'll get it fixed as soon as we can.</p></body></html>";
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status_code(status);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// The first half of the body under a length that promises all of it.
fn half(answer: &Answer) -> Response {
    let whole = answer.body.to_string();
    let half = Bytes::copy_from_slice(&whole.as_bytes()[..whole.len() / 2]);
    let parts = [Ok(half), Err(std::io::Error::other("cut by the simulator"))];
    let mut response = json_response(answer.status, &answer.headers, Body::from_stream(tokio_stream::iter(parts)));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    response
}

fn json_response(status: u16, headers: &[(&'static str, String)], body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status_code(status);
    let map = response.headers_mut();
    map.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    map.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    map.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-store, must-revalidate"));
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            map.insert(HeaderName::from_static(name), value);
        }
    }
    response
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The answer of a batch as a whole, or its error.
pub(super) fn whole(result: Result<Value, GraphError>, trace: &str, version: String) -> Answer {
    let headers = vec![("facebook-api-version", version)];
    match result {
        Ok(body) => Answer { status: 200, headers, body },
        Err(error) => Answer { status: error.status, headers, body: error.body(trace) },
    }
}

/// Parameters of a batch item: its query and its body, and what it inherits.
pub(super) fn item_params(query: &str, body: &str, inherited: Map<String, Value>) -> Params {
    let mut params = Params::from_query(query);
    params.merge(Params::from_query(body));
    params.merge(Params(inherited));
    params
}
