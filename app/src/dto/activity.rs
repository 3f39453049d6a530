//! The page "Activity": what happened to the connections, and who did what.

use super::UnixMs;
use super::health::Tone;
use serde::{Deserialize, Serialize};

/// Which of the two logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Log {
    /// What happened between Attaché and Meta.
    Connections,
    /// Who did what in Attaché.
    Audit,
}

/// Everything the page "Activity" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivityPage {
    /// Which log.
    pub log: Log,
    /// The newest first.
    pub entries: Vec<ActivityEntry>,
    /// The kinds one can filter by: value and label.
    pub kinds: Vec<(String, String)>,
    /// The kind that is filtered by; empty for all.
    pub kind: String,
    /// Where the next page begins.
    pub older: Option<String>,
    /// Whether this is a later page.
    pub is_later: bool,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    /// When.
    pub at: UnixMs,
    /// Its tone.
    pub tone: Tone,
    /// The sentence.
    pub sentence: String,
    /// More about it, such as Meta's own words; may be empty.
    pub detail: String,
    /// Who did it: a person's name, "Meta", or "Attaché".
    pub actor: String,
    /// The kind, for people.
    pub kind: String,
}
