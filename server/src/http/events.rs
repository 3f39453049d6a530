//! `GET /events`: what changed in the visitor's tenant; with `?attempt=…` how far an attempt to connect is, with
//! `?of=installation` what changed in the installation. One stream of server-sent events for a page. A guest of a set-up link
//! hears of their own attempts, and of nothing else.
//!
//! A stream asks the database when something was told, not by the clock. It ends with the session, with the process, and
//! when its person opens too many.

mod attempt;
mod guard;
mod listener;
mod tenant;

use std::convert::Infallible;

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, future::BoxFuture, stream};
use serde::Deserialize;
use tower_sessions::Session;

use self::{attempt::AttemptEvents, guard::Guard, listener::Listener, tenant::TenantEvents};
use super::{identity::Problem, visit::Visit};
use crate::{live::Live, live::Seat, services::Services};

#[derive(Deserialize)]
pub(super) struct EventsQuery {
    /// An attempt to connect; the tenant when there is none.
    attempt: Option<String>,
    /// `installation`; the tenant otherwise.
    of: Option<String>,
    /// The cursor that the page was drawn with.
    after: Option<String>,
}

/// Tells what happens, from now on.
pub(super) async fn events(
    State(services): State<Services>,
    visit: Visit,
    session: Session,
    headers: HeaderMap,
    Query(query): Query<EventsQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let (source, listener) = match query.attempt {
        Some(attempt) => {
            let listener = Listener::of_attempt(&services, &visit, &session, &attempt).await?;
            (Source::Attempt(Box::new(AttemptEvents::begin(&services, &listener, &attempt).await?)), listener)
        }
        None => {
            let actor = visit.actor()?;
            // A browser that comes back tells where it was; a new page where it was drawn.
            let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
            let after = last.map(str::to_owned).or(query.after).and_then(|after| after.parse().ok());
            let events = match query.of.as_deref() {
                Some("installation") => TenantEvents::of_installation(&services, actor, after)?,
                _ => TenantEvents::begin(&services, actor, after)?,
            };
            (Source::Tenant(events), Listener::Member(actor.clone()))
        }
    };
    let guard = Guard::new(&services, &listener, &session).await?;
    let seat = listener.take_seat(&services);
    let watcher = Watcher { source, guard, seat, live: services.live().clone(), over: false };
    Ok(Sse::new(stream::unfold(watcher, next)).keep_alive(KeepAlive::default()))
}

struct Watcher {
    source: Source,
    guard: Guard,
    seat: Seat,
    live: Live,
    over: bool,
}

enum Source {
    Attempt(Box<AttemptEvents>),
    Tenant(TenantEvents),
}

impl Source {
    /// The next event, with whether it is the last. `None` when there is nothing more to tell.
    fn next(&mut self) -> BoxFuture<'_, Option<(Event, bool)>> {
        match self {
            Self::Attempt(attempt) => Box::pin(attempt.next()),
            Self::Tenant(tenant) => Box::pin(tenant.next()),
        }
    }
}

async fn next(mut watcher: Watcher) -> Option<(Result<Event, Infallible>, Watcher)> {
    if watcher.over {
        return None;
    }
    let (event, last) = tokio::select! {
        biased;
        () = watcher.live.closed() => return None,
        () = watcher.guard.refused() => (ended("signed_out"), true),
        () = watcher.seat.lost() => (ended("too_many"), true),
        event = watcher.source.next() => event?,
    };
    watcher.over = last;
    Some((Ok(event), watcher))
}

/// The last event of a stream that is not to be opened again by itself.
fn ended(why: &str) -> Event {
    Event::default().event("ended").data(why)
}
