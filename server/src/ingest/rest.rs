//! Whoever applies deliveries makes way for whoever accepts them.

use std::time::{Duration, Instant};

use crate::services::Services;

/// While deliveries wait to be accepted, applying rests so many times as long as it worked: half of the time is its.
const REST: u32 = 1;
/// The longest rest.
const LONGEST: Duration = Duration::from_millis(250);

/// Rests after a transaction that was begun at `begun`, while accepting is busy.
pub(super) async fn rest(services: &Services, begun: Instant) {
    if services.journal().is_busy() {
        tokio::time::sleep((begun.elapsed() * REST).min(LONGEST)).await;
    }
}
