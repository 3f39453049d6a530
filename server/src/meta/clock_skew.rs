//! How far Meta's clock is from ours, by the `Date` of its answers.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::clock::Timestamp;

/// Stands for no answer yet.
const UNKNOWN: i64 = i64::MIN;

/// Meta's clock at its last answer, less ours. Clones are the same.
#[derive(Clone, Debug)]
pub(super) struct ClockSkew(Arc<AtomicI64>);

impl Default for ClockSkew {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(UNKNOWN)))
    }
}

impl ClockSkew {
    /// Takes note of the header `Date`, which has whole seconds.
    pub(super) fn note(&self, header: Option<&str>, now: Timestamp) {
        let Some(meta) = header.and_then(parse) else { return };
        self.0.store(meta.as_seconds().saturating_sub(now.as_seconds()), Ordering::Relaxed);
    }

    /// In seconds; positive when Meta's clock is ahead of ours.
    pub(super) fn seconds(&self) -> Option<i64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|seconds| *seconds != UNKNOWN)
    }
}

fn parse(header: &str) -> Option<Timestamp> {
    let read = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(header).ok()?;
    Some(Timestamp::from_millis(read.as_millisecond()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_date_of_an_answer_tells_how_far_the_clocks_are_apart() {
        let (skew, now) = (ClockSkew::default(), Timestamp::from_seconds(1_795_176_000));
        skew.note(None, now);
        skew.note(Some("yesterday"), now);
        assert_eq!(skew.seconds(), None);
        skew.note(Some("Fri, 20 Nov 2026 12:01:30 GMT"), now);
        assert_eq!(skew.seconds(), Some(90));
        skew.note(Some("Fri, 20 Nov 2026 11:59:59 GMT"), now);
        assert_eq!(skew.seconds(), Some(-1));
    }
}
