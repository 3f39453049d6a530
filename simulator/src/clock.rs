//! The simulator's own time: the machine's clock plus an offset, or a moment that only moves when told.

use std::time::Duration;

use jiff::Timestamp;

/// Simulated time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    offset: i64,
    frozen: Option<i64>,
}

impl Clock {
    /// Runs with the machine's clock.
    pub(crate) fn running() -> Self {
        Self { offset: 0, frozen: None }
    }

    /// Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.frozen.unwrap_or_else(|| Timestamp::now().as_second()).saturating_add(self.offset)
    }

    /// Whether it moves by itself.
    pub(crate) fn runs(&self) -> bool {
        self.frozen.is_none()
    }

    /// Move forward.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.offset = self.offset.saturating_add(i64::try_from(by.as_secs()).unwrap_or(i64::MAX));
    }

    /// Stand still at this moment; later advances count from it.
    pub(crate) fn freeze(&mut self, at: i64) {
        self.frozen = Some(at);
        self.offset = 0;
    }

    /// Run with the machine's clock again.
    pub(crate) fn thaw(&mut self) {
        *self = Self::running();
    }
}

/// Unix seconds as a timestamp, clamped to what jiff can show.
pub(crate) fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// `2026-11-20T10:00:00+0000`, the way Graph nodes write times (Meta reference §0.2).
pub(crate) fn graph_time(seconds: i64) -> String {
    timestamp(seconds).strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()
}

/// `Fri, 20 Nov 2026 10:00:00 GMT`, the way the header `Date` writes times.
pub(crate) fn http_time(seconds: i64) -> String {
    timestamp(seconds).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// `Tuesday, 14-Jan-25 07:00:00 UTC`, the way error messages write times (Meta reference §4.9).
pub(crate) fn error_time(seconds: i64) -> String {
    timestamp(seconds).strftime("%A, %d-%b-%y %H:%M:%S UTC").to_string()
}
