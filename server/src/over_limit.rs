//! Who tried too often is refused from memory until the window ends: a refusal costs the database nothing.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::clock::Timestamp;

/// So many are remembered; whoever comes then is counted in the database as before.
const MOST: usize = 10_000;

/// Until when whom this process knows to be over a limit is refused, by the bucket that the database counts in.
#[derive(Debug, Default)]
pub(crate) struct OverLimit(Mutex<HashMap<String, Timestamp>>);

impl OverLimit {
    /// When the window of a bucket ends that is over its limit at `now`.
    pub(crate) fn end_of(&self, bucket: &str, now: Timestamp) -> Option<Timestamp> {
        self.known().get(bucket).copied().filter(|end| *end > now)
    }

    /// A bucket is over its limit until `end`.
    pub(crate) fn note(&self, bucket: String, end: Timestamp, now: Timestamp) {
        let mut known = self.known();
        if known.len() >= MOST {
            known.retain(|_, end| *end > now);
        }
        if known.len() < MOST {
            known.insert(bucket, end);
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_until_the_end_and_never_more_than_so_many() {
        let (over, at) = (OverLimit::default(), Timestamp::from_millis);
        over.note("a".to_owned(), at(10), at(1));
        assert_eq!(over.end_of("a", at(9)), Some(at(10)));
        assert_eq!((over.end_of("a", at(10)), over.end_of("b", at(1))), (None, None));
        for n in 0..=MOST {
            over.note(n.to_string(), at(20), at(11));
        }
        assert_eq!(over.known().len(), MOST);
        assert_eq!(over.end_of("0", at(11)), Some(at(20)), "what was over made room");
        assert_eq!(over.end_of(&MOST.to_string(), at(11)), None);
        over.note("b".to_owned(), at(30), at(20));
        assert_eq!(over.end_of("b", at(20)), Some(at(30)));
    }
}
