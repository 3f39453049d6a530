//! How many streams a person, or the guests of a set-up link, may have open in one process.

use std::{
    collections::{HashMap, VecDeque},
    fmt::Display,
    sync::{Arc, Mutex, PoisonError},
};

use tokio_util::sync::CancellationToken;

/// The most streams of one of them. A page closes its stream while it is hidden, so few are ever open.
pub const MOST_STREAMS: usize = 8;

/// By the id of whose they are.
type Taken = Arc<Mutex<HashMap<String, VecDeque<CancellationToken>>>>;

/// The seats of everybody.
#[derive(Debug, Default)]
pub(super) struct Seats(Taken);

impl Seats {
    /// A seat for one more stream of `whose`; the oldest one gives way when there are too many.
    pub(super) fn take(&self, whose: &impl Display) -> Seat {
        let whose = whose.to_string();
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.entry(whose.clone()).or_default();
        own.retain(|seat| !seat.is_cancelled());
        while own.len() >= MOST_STREAMS {
            if let Some(oldest) = own.pop_front() {
                oldest.cancel();
            }
        }
        let given_up = CancellationToken::new();
        own.push_back(given_up.clone());
        Seat { taken: self.0.clone(), whose, given_up }
    }
}

/// The right to have one stream open. Dropped with the stream.
#[derive(Debug)]
pub struct Seat {
    taken: Taken,
    whose: String,
    given_up: CancellationToken,
}

impl Seat {
    /// Waits until a newer stream needs the seat.
    pub async fn lost(&self) {
        self.given_up.cancelled().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.given_up.cancel();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.whose) {
            own.retain(|seat| !seat.is_cancelled());
            if own.is_empty() {
                taken.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use futures::FutureExt as _;

    use super::*;
    use crate::{clock::Clock, clock::Timestamp, entropy::Entropy, ids::IdSource, ids::UserId};

    #[test]
    fn the_oldest_gives_way_and_what_was_closed_does_not_count() {
        let ids = IdSource::new(Clock::fixed(Timestamp::from_millis(0)), Entropy::seeded(1));
        let (seats, ada, eve) = (Seats::default(), UserId::new(&ids), UserId::new(&ids));
        let other = seats.take(&eve);
        let mut own: Vec<Seat> = (0..MOST_STREAMS).map(|_| seats.take(&ada)).collect();
        assert!(own.iter().all(|seat| seat.lost().now_or_never().is_none()));
        own.remove(3);
        let more = seats.take(&ada);
        assert!(own.iter().all(|seat| seat.lost().now_or_never().is_none()), "a closed one left its seat");
        let most = seats.take(&ada);
        assert!(own[0].lost().now_or_never().is_some());
        assert!(own[1..].iter().chain([&more, &most, &other]).all(|seat| seat.lost().now_or_never().is_none()));
        drop((own, more, most, other));
        assert!(seats.0.lock().unwrap().is_empty());
    }
}
