//! Everything the server does, on SQLite and PostgreSQL, against Meta in a box.
//!
//! One binary. Folders mirror `server/src`; each file is about one concern.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[macro_use]
mod support;

mod accounts;
mod canary;
mod compliance;
mod config;
mod connect;
mod fuzz_corpus;
mod help;
mod http;
mod ingest;
mod jobs;
mod mail;
mod meta;
mod outbox;
mod setup;
mod storage;
mod vault;
