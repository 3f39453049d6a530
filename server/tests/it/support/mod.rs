//! What tests stand on: a database of their own, an installation of their own, and people who use it.

mod app;
mod connecting;
mod database;
pub(crate) mod describe;
pub(crate) mod desk;
mod event_stream;
#[macro_use]
mod fixture;
mod letters;
mod line;
mod logs;
mod memory;
mod own_app;
mod person;
mod receiver;
mod routes;
mod setup;
mod store;
mod trouble;
mod webhooks;

pub(crate) use app::{TestApp, idle, link_token, password};
pub(crate) use connecting::{ids_of, usable};
pub(crate) use database::{Database, Storage};
pub(crate) use event_stream::EventStream;
pub(crate) use fixture::{Fixture, guarded};
use line::Line;
pub(crate) use logs::Logs;
pub(crate) use memory::Peak;
pub(crate) use own_app::{OWN_APP, OWN_SECRET, input};
pub(crate) use person::{Answer, Browser, Person};
pub(crate) use receiver::{Received, Receiver, Reply};
pub(crate) use setup::{KEY, Setup};
pub(crate) use store::{CHAIN_KEY, SAID, Store, found, sealed, select};
pub(crate) use trouble::Trouble;
pub(crate) use webhooks::signed_by;

use server::clock::Timestamp;

/// When every test begins: Monday, 1 June 2026, 10:00 UTC.
pub(crate) const START: Timestamp = Timestamp::from_seconds(1_780_308_000);
