//! Disconnecting: the plan before, the result after.

use super::UnixMs;
use super::attempt::ApplyState;
use serde::{Deserialize, Serialize};

/// Everything the page "Disconnect" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisconnectPage {
    /// The connection's id.
    pub connection: String,
    /// Who connected, as Meta names them.
    pub by: String,
    /// When.
    pub connected_at: UnixMs,
    /// The steps: planned, or with their results.
    pub steps: Vec<DisconnectStep>,
    /// What is kept.
    pub kept: Vec<String>,
    /// Set once it is done.
    pub finished: bool,
}

/// One step of disconnecting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisconnectStep {
    /// What is done, such as "Stop events of Brasa Centro".
    pub what: String,
    /// `Waiting` while it is only planned.
    pub state: ApplyState,
    /// More about it, or why it failed.
    pub note: String,
}
