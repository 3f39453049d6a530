//! Disconnecting: the plan before, then how each step went.

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
    /// The plan, or what came of it.
    pub state: DisconnectState,
}

/// How far disconnecting is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum DisconnectState {
    /// Nothing has happened yet.
    Planned(Plan),
    /// It is disconnected, and the steps are being done, or were.
    Asked(Course),
}

/// What would happen, and what is to be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What happens in any case.
    pub steps: Vec<DisconnectStep>,
    /// The grant at Meta.
    pub revoke: Option<Decision>,
    /// The numbers whose registration can end.
    pub numbers: Vec<Decision>,
    /// How many messages and deliveries there are.
    pub history: usize,
    /// What has to be typed before they are erased.
    pub confirmation: String,
}

/// Something to decide about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What it is about.
    pub name: String,
    /// Why it is not to be decided, when it is not.
    pub not: String,
}

/// How the steps go, or went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// The steps.
    pub steps: Vec<DisconnectStep>,
    /// Whether some are still to come by themselves.
    pub running: bool,
    /// Whether some failed and can be tried again.
    pub can_retry: bool,
    /// Until when the access is kept, sealed, for what failed.
    pub tokens_until: UnixMs,
    /// Who asked for it.
    pub asked_by: String,
    /// The place in the stream of events at which the page was drawn.
    pub live: String,
}

/// One step of disconnecting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisconnectStep {
    /// What is done, such as "Stop Meta’s events of Brasa Centro".
    pub what: String,
    /// `Waiting` while it is only planned; none where it is left out.
    pub state: Option<ApplyState>,
    /// More about it, or why it failed or is left out.
    pub note: String,
    /// Whether the note is told in the person's language.
    pub told: bool,
}
