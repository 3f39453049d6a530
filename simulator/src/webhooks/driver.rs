//! When deliveries go out: by themselves as they fall due, or when told.

use std::sync::{Arc, Weak};
use std::time::Duration;

use futures::StreamExt as _;
use tokio::sync::Notify;

use super::send::attempt;
use crate::state::Shared;

/// Send everything that is due now, retries that fall due meanwhile included. Returns the number of attempts.
pub(crate) async fn deliver_due(shared: &Shared) -> usize {
    // One round at a time: whoever waits here finds what the other round left.
    let _turn = shared.delivering.lock().await;
    let mut made = 0;
    loop {
        let (due, parallel) = {
            let mut state = shared.lock();
            state.form_bodies();
            let (now, parallel) = (state.now(), state.switches.webhooks.parallel.max(1));
            (state.outbox.take_due(now, parallel), parallel)
        };
        if due.is_empty() {
            return made;
        }
        made += due.len();
        futures::stream::iter(due.into_iter().map(|delivery| attempt(shared, delivery)))
            .buffer_unordered(parallel)
            .for_each(|_| std::future::ready(()))
            .await;
    }
}

/// Move the clock forward, stopping wherever a retry falls due. Returns the number of attempts.
pub(crate) async fn deliver_during(shared: &Shared, by: Duration) -> usize {
    let end = shared.lock().now() + i64::try_from(by.as_secs()).unwrap_or(i64::MAX / 2);
    let mut made = deliver_due(shared).await;
    loop {
        let (now, next) = {
            let state = shared.lock();
            (state.now(), state.outbox.next_at())
        };
        let stop = next.map_or(end, |next| next.clamp(now, end));
        shared.lock().clock.advance(Duration::from_secs(u64::try_from(stop - now).unwrap_or_default()));
        made += deliver_due(shared).await;
        if stop >= end {
            return made;
        }
    }
}

/// Start the task that delivers by itself, once, if there is a runtime to run it.
pub(crate) fn start(shared: &Arc<Shared>) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current()
        && shared.claim_driver()
    {
        runtime.spawn(run(Arc::downgrade(shared), shared.wake.clone()));
    }
}

async fn run(shared: Weak<Shared>, wake: Arc<Notify>) {
    while let Some(alive) = shared.upgrade() {
        let held = alive.lock().switches.webhooks.held;
        if !held {
            deliver_due(&alive).await;
        }
        let pause = if held { None } else { until_next(&alive) };
        drop(alive);
        match pause {
            None => wake.notified().await,
            // Either is a reason to look again.
            Some(pause) => drop(tokio::time::timeout(pause, wake.notified()).await),
        }
    }
}

/// How long until the next retry falls due by itself; never while the clock stands.
fn until_next(shared: &Shared) -> Option<Duration> {
    let state = shared.lock();
    let next = state.outbox.next_at()?;
    let seconds = u64::try_from(next - state.now()).unwrap_or_default().max(1);
    state.clock.runs().then(|| Duration::from_secs(seconds))
}
