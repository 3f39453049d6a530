//! Downloads of stored files: Messenger's and Instagram's CDN, and WhatsApp's short-lived addresses (Meta reference §8.1).

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::graph::identify;
use crate::secrets;
use crate::state::{File, Shared};

/// `GET /_sim/cdn/{id}/{hash}`: for whoever knows the address.
pub(crate) async fn open(State(shared): State<Arc<Shared>>, Path((id, hash)): Path<(String, String)>) -> Response {
    let state = shared.lock();
    match state.files.get(&id) {
        Some(file) if secrets::same(&hash, &state.link_hash(&id, 0)[..16]) => sent(file),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /whatsapp_business/attachments/?mid=…&ext=…&hash=…`: with a token, for five minutes. Every failure is 404.
pub(crate) async fn short(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let state = shared.lock();
    let text = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let until = text("ext").parse().unwrap_or_default();
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = token.is_some_and(|token| identify(&state, token).is_ok());
    let fresh = state.now() <= until && secrets::same(text("hash"), &state.link_hash(text("mid"), until));
    match state.files.get(text("mid")) {
        Some(file) if known && fresh => sent(file),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn sent(file: &File) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.mime.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A stored page must not run as one of the simulator's own.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    (headers, file.bytes.clone()).into_response()
}
