//! Rows of the journal in the binary format of PostgreSQL's COPY, which takes them by the page instead of one by one.
//!
//! The format: <https://www.postgresql.org/docs/current/sql-copy.html>, "Binary Format".

use super::Entry;
use crate::clock::Timestamp;

/// What [`Rows`] are for.
pub(super) const SQL: &str = "COPY journal (id, meta_app_id, received_at, body) FROM STDIN (FORMAT binary)";

/// The signature, no flags, no extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const COLUMNS: i16 = 4;
/// Instead of a number of columns: no row follows.
const END: i16 = -1;
/// What a row has besides its app and its body.
const ROW: usize = 34;

/// Rows on their way; its memory is used again for the next ones, unless they were long.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<u8>);

impl Rows {
    /// More memory than this is not kept.
    const KEPT: usize = 256 * 1024;

    /// The bytes of a whole COPY of `entries`, whose ids count up from `first`.
    pub(super) fn write(&mut self, first: i64, now: Timestamp, entries: &[Entry<'_>]) -> &[u8] {
        let bytes =
            entries.iter().map(|entry| ROW + entry.meta_app_id.as_str().len() + entry.body.len()).sum::<usize>();
        self.0.clear();
        self.0.shrink_to(Self::KEPT);
        self.0.reserve(HEADER.len() + bytes + size_of_val(&END));
        self.0.extend_from_slice(HEADER);
        for (id, entry) in (first..).zip(entries) {
            self.0.extend_from_slice(&COLUMNS.to_be_bytes());
            self.field(&id.to_be_bytes());
            self.field(entry.meta_app_id.as_str().as_bytes());
            self.field(&now.as_millis().to_be_bytes());
            self.field(entry.body);
        }
        self.0.extend_from_slice(&END.to_be_bytes());
        &self.0
    }

    /// A value after its length. None is longer than a webhook's body may be.
    fn field(&mut self, value: &[u8]) {
        let length = i32::try_from(value.len()).unwrap_or(i32::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(value);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn its_memory_is_as_large_as_it_must_be_and_does_not_stay() {
        let (app, body) = ("123".parse().unwrap(), vec![b'x'; 3 * 1024 * 1024]);
        let mut rows = Rows::default();
        let long = rows.write(1, Timestamp::from_millis(2), &[Entry { meta_app_id: &app, body: &body }]).len();
        assert_eq!(rows.0.capacity(), long);
        rows.write(2, Timestamp::from_millis(2), &[Entry { meta_app_id: &app, body: b"{}" }]);
        assert!(rows.0.capacity() <= Rows::KEPT);
    }
}
