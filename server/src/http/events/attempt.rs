//! How far an attempt to connect is.

use std::time::Duration;

use axum::response::sse::Event;
use serde::Serialize;

use super::listener::Listener;
use crate::{
    connect::{self, discover::Counts},
    db::attempts::Phase,
    error::{Error, Result},
    ids::AttemptId,
    live::Watch,
    services::Services,
};

/// How often the database is asked when nobody tells anything: a process that ended tells nothing.
const LOOK: Duration = Duration::from_secs(15);

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

/// Event `progress`, from now until the attempt waits for a person or ends.
pub(super) struct AttemptEvents {
    services: Services,
    listener: Listener,
    attempt: AttemptId,
    told: Watch,
    last: Option<Moved>,
}

impl AttemptEvents {
    /// Asks once before the stream begins, so that a stranger gets a status and not an empty stream.
    pub(super) async fn begin(services: &Services, listener: &Listener, attempt: &str) -> Result<Self> {
        let attempt: AttemptId = attempt.parse().map_err(|_| Error::NotFound("attempt to connect"))?;
        let told = services.live().watch_attempt(&attempt);
        connect::view_progress(services, listener.chooser(), &attempt).await?;
        Ok(Self { services: services.clone(), listener: listener.clone(), attempt, told, last: None })
    }

    pub(super) async fn next(&mut self) -> Option<(Event, bool)> {
        loop {
            let view = connect::view_progress(&self.services, self.listener.chooser(), &self.attempt).await.ok()?;
            let moved = Moved { phase: view.phase, counts: view.counts, applied: view.applied, chosen: view.chosen };
            if self.last.as_ref() != Some(&moved) {
                let goes_on =
                    matches!(moved.phase, Phase::Waiting | Phase::Exchanging | Phase::Discovering | Phase::Applying);
                let event = Event::default().event("progress").json_data(&moved).ok()?;
                self.last = Some(moved);
                return Some((event, !goes_on));
            }
            let _ = tokio::time::timeout(LOOK, self.told.changed()).await;
        }
    }
}
