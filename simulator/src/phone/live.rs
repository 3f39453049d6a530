//! Tells an open page that something changed.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use crate::state::Shared;

/// `GET /_sim/phone/live`: an event per change; the page then fetches what it shows.
pub(super) async fn changes(State(shared): State<Arc<Shared>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(shared.changes.clone());
    Sse::new(changes.map(|count| Ok(Event::default().data(count.to_string())))).keep_alive(KeepAlive::default())
}
