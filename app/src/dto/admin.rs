//! The operator's page.

use super::UnixMs;
use super::health::Health;
use serde::{Deserialize, Serialize};

/// Everything the operator's page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminPage {
    /// The version that runs.
    pub version: String,
    /// Graph API version in use.
    pub graph_version: String,
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
    /// The vault's keys.
    pub keys: Vec<KeyRow>,
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
