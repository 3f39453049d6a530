//! Tells an open page that something changed.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::{Stream, StreamExt as _};
use tokio_stream::wrappers::WatchStream;

use crate::state::Shared;

/// `GET /_sim/phone/live`: an event per change; the page then fetches what it shows.
pub(super) async fn changes(State(shared): State<Arc<Shared>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut closing = shared.closing.subscribe();
    let changes = WatchStream::new(shared.changes.clone()).map(|count| Ok(Event::default().data(count.to_string())));
    // An open page must not keep the server from stopping.
    let until_closed = changes.take_until(Box::pin(async move {
        let _ = closing.wait_for(|closing| *closing).await;
    }));
    Sse::new(until_closed).keep_alive(KeepAlive::default())
}
