//! Storage: the only place that names sqlx. One SQL text for SQLite and PostgreSQL, one file per table family.
//!
//! Every function that touches tenant data takes the [`TenantId`](crate::ids::TenantId) first; the few that cross
//! tenants end in `_across_tenants`. Nothing found is `Ok(None)`.

#![allow(clippy::disallowed_methods, reason = "this is the place where SQL lives")]

#[macro_use]
mod on_db;
#[macro_use]
pub(crate) mod transaction;
#[macro_use]
mod chunks;
#[macro_use]
pub mod audit;
#[macro_use]
pub mod jobs;
#[macro_use]
pub mod outgoing_events;
pub mod api_keys;
pub mod app_subscriptions;
pub mod asset_events;
pub mod asset_health;
pub mod assets;
pub(crate) mod attachments;
pub mod attempts;
pub mod business_app_syncs;
pub mod connection_log;
pub mod connections;
pub(crate) mod contacts;
pub(crate) mod conversations;
pub mod credentials;
pub mod deletion_requests;
pub mod delivery_parts;
pub mod disconnections;
pub mod event_deliveries;
mod failure;
pub mod history;
pub mod installation_secrets;
pub mod invitations;
pub mod journal;
pub mod journal_writers;
pub mod locations;
pub mod mails;
pub mod memberships;
pub(crate) mod messages;
pub mod meta_apps;
mod migrations;
pub mod notify;
mod open;
pub mod password_resets;
pub mod quarantine;
pub mod rate_limits;
pub(crate) mod reactions;
pub mod replays;
pub(crate) mod routes;
pub mod sessions;
pub mod set_up_links;
pub mod setup_answers;
pub mod setup_evidence;
pub mod staged_grants;
pub mod tenants;
pub mod token_warnings;
pub mod users;
pub mod webhook_endpoints;
pub mod webhook_handshakes;
pub mod webhook_refusals;
pub mod webhook_secrets;
pub mod whatsapp_numbers;

pub(crate) use failure::will_pass;
pub use open::{DatabaseUrl, OpenError, OpenOptions};
pub use transaction::Tx;

use crate::error::Error;

/// The database, either kind. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file. Many readers, one writer.
    Sqlite {
        /// Read-only use.
        read: sqlx::SqlitePool,
        /// A single connection: SQLite has one writer at a time, so waiting happens here and not in the engine.
        write: sqlx::SqlitePool,
        /// The journal of webhooks, a file of its own. Whoever accepts webhooks has another connection to it, see
        /// [`journal::Writer`].
        journal: sqlx::SqlitePool,
    },
    /// A server, which many processes may share.
    Postgres(sqlx::PgPool),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(error)
    }
}

/// JSON kept in a TEXT column.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// Reads JSON that [`to_json`] wrote.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(Error::internal)
}
