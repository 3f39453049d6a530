//! From Meta's request to the journal.

mod accepted;
