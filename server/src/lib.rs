//! Everything Attaché knows and does, without a user interface.
//!
//! Arrows point one way: `clock`, `entropy`, `ids`, `explanation` and `error` are used by `db`, `vault` and `meta`, which
//! are used by the flows (`accounts`, `connect`, `observe`), which are used by `http`. `meta` does not know `db`, nor
//! `db` `meta`. `docs/ARCHITECTURE.md` shows the house.

pub mod accounts;
mod apps;
pub mod asset_kind;
pub mod clock;
pub mod compliance;
pub mod config;
pub mod connect;
pub mod db;
pub mod entropy;
pub mod error;
pub mod event;
pub mod explanation;
mod hashing;
pub mod http;
pub mod ids;
pub mod ingest;
pub mod installation;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod meta;
pub mod observe;
pub mod outbox;
mod over_limit;
mod panics;
mod services;
pub mod setup;
mod sweep;
pub mod sync_type;
pub mod vault;
pub mod words;

pub use apps::{App, follow_apps};
pub use services::{Parts, Services};
pub use sweep::sweep;
