//! The page an SDK popup ends on: it posts the answer to its opener and closes.

use axum::response::{Html, IntoResponse, Response};

/// Its path, as the SDK knows it.
pub(crate) const PATH: &str = "/x/connect/xd_arbiter/";

/// `GET /x/connect/xd_arbiter/`. The answer is in the fragment, so it never reaches a server.
pub(crate) async fn arbiter() -> Response {
    Html(concat!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" ",
        "content=\"width=device-width\"><title>Meta simulator</title></head><body><p id=\"text\">Finishing…</p><script>",
        include_str!("arbiter.js"),
        "</script></body></html>"
    ))
    .into_response()
}
