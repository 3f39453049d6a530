//! `/{locale}/sdk.js`: a stand-in for Meta's JavaScript SDK (Meta reference §2).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::state::Shared;

/// The script, with this simulator's address and switches in it.
pub(crate) async fn script(State(shared): State<Arc<Shared>>) -> Response {
    let settings = {
        let state = shared.lock();
        if state.switches.sdk_missing {
            return StatusCode::NOT_FOUND.into_response();
        }
        json!({
            "base": state.base.as_str().trim_end_matches('/'),
            "origin": state.base.origin().ascii_serialization(),
            "refuseHttp": state.switches.refuse_http_pages,
        })
    };
    // `<` cannot occur in an address, but a script must not depend on that.
    let settings = settings.to_string().replace('<', "\\u003c");
    let text = include_str!("sdk.js").replace("__SETTINGS__", &settings);
    (
        [
            (header::CONTENT_TYPE, "application/x-javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        ],
        text,
    )
        .into_response()
}
