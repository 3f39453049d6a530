//! Everything the server does, on SQLite and PostgreSQL, against Meta in a box.
//!
//! One binary. Folders mirror `server/src`; each file is about one concern.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(dead_code, reason = "the flows come next")]

#[macro_use]
mod support;

mod connect;
mod meta;
mod storage;
