//! What browsers ask for, the dialogs and the SDK's script, noted beside the requests to the Graph.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};

use crate::query::Query;
use crate::record::{Visit, redact};
use crate::state::Shared;

/// Largest form read.
const LARGEST: usize = 2 * 1024 * 1024;
/// The field of a dialog's form that holds the query the dialog was opened with.
const REQUEST: &str = "request";

/// Note a browser's request and how it was answered.
pub(crate) async fn note(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut params = read(parts.uri.query().unwrap_or_default());
    params.extend(read(&String::from_utf8_lossy(&body)));
    let (method, path) = (parts.method.as_str().to_owned(), parts.uri.path().to_owned());
    let id = {
        let mut state = shared.lock();
        let at = state.now();
        state.record.visit(Visit { id: 0, method, path, params, at, status: None })
    };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    shared.lock().record.visited(id, response.status().as_u16());
    response
}

/// A query or a form, fit for the record.
fn read(text: &str) -> Map<String, Value> {
    let mut params = pairs(text);
    if let Some(Value::String(request)) = params.get(REQUEST) {
        let request = pairs(request);
        params.insert(REQUEST.to_owned(), Value::Object(request));
    }
    redact(&params)
}

/// The names of a query or a form with their values; ticks have one name and many values.
fn pairs(text: &str) -> Map<String, Value> {
    let mut pairs = Map::new();
    for (name, value) in Query::parse(text).0 {
        let value = Value::String(value);
        match pairs.get_mut(&name) {
            None => drop(pairs.insert(name, value)),
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_inside_a_form_is_read_and_its_secrets_become_fingerprints() {
        let params = read("request=client_id%3D1%26state%3Dhush&action=continue&page=1&page=2");
        assert_eq!(params["request"]["client_id"], "1");
        assert_eq!(params["page"], serde_json::json!(["1", "2"]));
        let text = Value::Object(params).to_string();
        assert!(text.contains("fp:") && !text.contains("hush"), "{text}");
    }
}
