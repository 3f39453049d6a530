//! Counting what was turned away. In memory first: whoever sends nonsense does not make the database work.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::Refusal;
use crate::{
    clock::{Clock, Timestamp},
    db::{Db, webhook_refusals, webhook_refusals::Refused},
    error::Result,
    meta::AppId,
};

const HOUR: i64 = 3_600_000;

/// The counts that are not in the database yet. Bounded: by the apps that are set up here, the reasons, and the hours
/// for which the database fails, of which only the last is told apart.
#[derive(Debug, Clone)]
pub struct Refusals {
    clock: Clock,
    counts: Arc<Mutex<HashMap<Key, Count>>>,
}

/// The app, unless it is not one of ours, and the reason.
type Key = (Option<AppId>, Refusal);

#[derive(Debug, Clone, Copy)]
struct Count {
    times: i64,
    last_at: Timestamp,
}

impl Refusals {
    /// No refusals so far.
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, counts: Arc::default() }
    }

    /// Counts one. `app` is one that is set up here, never a stranger's word.
    pub fn count(&self, app: Option<&AppId>, refusal: Refusal) {
        tracing::debug!(reason = refusal.reason(), "a webhook was refused");
        self.add((app.cloned(), refusal), Count { times: 1, last_at: self.clock.now() });
    }

    /// Moves the counts into the database. What could not be moved is moved next time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn flush(&self, db: &Db) -> Result<()> {
        let taken = std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        if taken.is_empty() {
            return Ok(());
        }
        let rows: Vec<Refused> = taken.iter().map(|(key, count)| row(key, *count)).collect();
        let moved = webhook_refusals::add(db, &rows).await;
        match &moved {
            Ok(()) => {
                for row in rows {
                    tracing::info!(
                        app = row.meta_app_id,
                        reason = row.reason,
                        count = row.count,
                        "webhooks were refused"
                    );
                }
            }
            Err(_) => taken.into_iter().for_each(|(key, count)| self.add(key, count)),
        }
        moved
    }

    fn add(&self, key: Key, more: Count) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key).or_insert(Count { times: 0, last_at: more.last_at });
        count.times = count.times.saturating_add(more.times);
        count.last_at = count.last_at.max(more.last_at);
    }
}

fn row((app, refusal): &Key, count: Count) -> Refused {
    let last = count.last_at.as_millis();
    Refused {
        meta_app_id: app.as_ref().map(ToString::to_string).unwrap_or_default(),
        reason: refusal.reason().to_owned(),
        hour: Timestamp::from_millis(last - last.rem_euclid(HOUR)),
        count: count.times,
        last_at: count.last_at,
    }
}
