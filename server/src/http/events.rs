//! `GET /events?attempt=…`: live progress of connecting, as server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::{identity::Problem, visit::Visit};
use crate::{
    accounts::Actor,
    connect::{self, discover::Counts},
    db::attempts::Phase,
    error::Error,
    ids::AttemptId,
    services::Services,
};

/// How often the database is asked for what another process may have done.
const LOOK: Duration = Duration::from_secs(1);

#[derive(Deserialize)]
pub(super) struct EventsQuery {
    attempt: String,
}

/// What a watcher hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Moved {
    phase: Phase,
    #[serde(flatten)]
    counts: Counts,
    /// Assets that are verified and subscribed, of those chosen.
    applied: usize,
    chosen: usize,
}

struct Watcher {
    services: Services,
    actor: Actor,
    attempt: AttemptId,
    changes: watch::Receiver<u64>,
    last: Option<Moved>,
    over: bool,
}

/// Tells how far an attempt is, from now until it waits for a person or ends.
pub(super) async fn events(
    State(services): State<Services>,
    visit: Visit,
    Query(query): Query<EventsQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let actor = visit.signed_in().ok_or(Error::SignedOut)?.actor.clone();
    let attempt: AttemptId = query.attempt.parse().map_err(|_| Error::NotFound("attempt to connect"))?;
    // Asked once before the stream begins, so that a stranger gets a status and not an empty stream.
    connect::view_progress(&services, &actor, &attempt).await?;
    let changes = services.live().watch(&attempt);
    let watcher = Watcher { services, actor, attempt, changes, last: None, over: false };
    Ok(Sse::new(stream::unfold(watcher, next)).keep_alive(KeepAlive::default()))
}

async fn next(mut watcher: Watcher) -> Option<(Result<Event, Infallible>, Watcher)> {
    if watcher.over {
        return None;
    }
    loop {
        let view = connect::view_progress(&watcher.services, &watcher.actor, &watcher.attempt).await.ok()?;
        let moved = Moved { phase: view.phase, counts: view.counts, applied: view.applied, chosen: view.chosen };
        if watcher.last.as_ref() != Some(&moved) {
            watcher.over =
                !matches!(moved.phase, Phase::Waiting | Phase::Exchanging | Phase::Discovering | Phase::Applying);
            let event = Event::default().event("progress").json_data(&moved).ok()?;
            watcher.last = Some(moved);
            return Some((Ok(event), watcher));
        }
        // A missed hint only costs the time until the next look.
        let _ = tokio::time::timeout(LOOK, watcher.changes.changed()).await;
    }
}
