//! `/_sim/failures`: the failures that people meet, listed and provoked.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::failures::FAILURES;
use super::routes::{control, refused};
use crate::state::Shared;

/// Routes below `/_sim`.
pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/failures", get(list).delete(calm)).route("/failures/{number}", post(provoke))
}

async fn list(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let last = control(shared).switches().failure;
    let rows: Vec<Value> = FAILURES
        .iter()
        .map(|one| json!({"number": one.number, "seen": one.seen, "does": one.does, "last": last == Some(one.number)}))
        .collect();
    Json(json!({ "failures": rows }))
}

async fn calm(State(shared): State<Arc<Shared>>) -> StatusCode {
    control(shared).calm();
    StatusCode::NO_CONTENT
}

/// `0` is the quiet day, for the button on the index page.
async fn provoke(State(shared): State<Arc<Shared>>, Path(number): Path<u8>, headers: HeaderMap) -> Response {
    let control = control(shared);
    match number {
        0 => control.calm(),
        _ if control.provoke(number) => {}
        _ => return refused(StatusCode::NOT_FOUND, "failures have the numbers 1 to 38; GET /_sim/failures lists them"),
    }
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") {
        return Redirect::to("/_sim#failures").into_response();
    }
    Json(json!({ "provoked": number })).into_response()
}

/// The list on the index page, a button for each.
pub(super) fn section(last: Option<u8>) -> Markup {
    html! {
        section class="card" id="failures" {
            h2 { "Failures" }
            p class="soft" { "What people meet, by its number. Each button adds to what is on; a quiet day ends them all." }
            form method="post" action="/_sim/failures/0" { button type="submit" { "A quiet day" } }
            table {
                @for one in &FAILURES {
                    tr {
                        td {
                            form method="post" action={ "/_sim/failures/" (one.number) } {
                                button type="submit" aria-label={ "Provoke " (one.number) ": " (one.seen) } { (one.number) }
                            }
                        }
                        td { (one.seen) @if last == Some(one.number) { " " b { "(last provoked)" } } }
                        td class="soft" { (one.does) }
                    }
                }
            }
        }
    }
}
