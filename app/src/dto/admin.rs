//! The operator's page.

use super::UnixMs;
use super::health::Health;
use super::reason::Reason;
use serde::{Deserialize, Serialize};

/// Everything the operator's page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminPage {
    /// The version that runs.
    pub version: String,
    /// Graph API version in use.
    pub graph_version: String,
    /// What is said of it, when there is an app.
    pub graph_state: Option<VersionState>,
    /// Whether a Meta app is configured, in words.
    pub meta_app: Health,
    /// A page of the tenants, by name.
    pub tenants: Vec<TenantRow>,
    /// How many there are.
    pub total: usize,
    /// Whether this is a later page.
    pub is_later: bool,
    /// After which tenant the next page begins, when there is one.
    pub older: Option<String>,
    /// How webhooks come in.
    pub intake: Intake,
    /// The vault's keys.
    pub keys: Vec<KeyRow>,
}

/// How the Graph API version stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionState {
    /// In a word.
    pub health: Health,
    /// What is so.
    pub what: String,
    /// What to do; empty when there is nothing.
    pub todo: String,
}

/// One tenant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TenantRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// People.
    pub members: usize,
    /// Connections.
    pub connections: usize,
    /// Assets.
    pub assets: usize,
    /// The state in a word.
    pub health: Health,
    /// Since when it exists.
    pub created_at: UnixMs,
}

/// One key of the ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRow {
    /// The key's id; never the key.
    pub id: String,
    /// Whether new values are sealed with it.
    pub active: bool,
    /// How many sealed values name it.
    pub rows: usize,
    /// Whether the ring has it: without it those values cannot be opened.
    pub known: bool,
}

/// How webhooks come in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// What was turned away in the last day, the most frequent first.
    pub refused: Vec<RefusedRow>,
    /// The last times that somebody asked whether the callback is ours.
    pub handshakes: Vec<HandshakeRow>,
    /// Deliveries that are stored and not applied yet.
    pub backlog: usize,
    /// Deliveries that wait for somebody to connect their asset.
    pub quarantined: usize,
    /// Deliveries of the last day that could not be applied.
    pub failed: usize,
    /// Deliveries of the last day that could not be read.
    pub unreadable: usize,
}

/// What was turned away for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// What happened and what to do; none for a reason that another version knows.
    pub why: Option<Reason>,
    /// The Meta app that it was addressed to; empty when there is no such app here.
    pub app: String,
    /// How often.
    pub count: usize,
    /// The last time.
    pub last_at: UnixMs,
}

/// One question whether the callback is ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandshakeRow {
    /// When.
    pub at: UnixMs,
    /// Whether the answer was yes.
    pub ok: bool,
    /// The sentence.
    pub sentence: String,
}
