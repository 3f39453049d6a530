//! The page "Activity": what happened to the connections, and who did what.

use super::UnixMs;
use super::health::Tone;
use super::reason::Reason;
use serde::{Deserialize, Serialize};

/// Which of the two logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Log {
    /// What happened between Attaché and Meta.
    Connections,
    /// What Meta said about the assets.
    Notices,
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
    /// Whether only problems are shown.
    pub only_problems: bool,
    /// Where the next page begins.
    pub older: Option<String>,
    /// Whether this is a later page.
    pub is_later: bool,
    /// Whether the viewer may see who did what.
    pub may_audit: bool,
    /// What the log of people can be filtered by.
    pub choices: Option<AuditChoices>,
}

/// What the log of people can be filtered by, and what it is filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditChoices {
    /// The actions that occur.
    pub actions: Vec<String>,
    /// Who acted: what to ask for, and the name.
    pub people: Vec<(String, String)>,
    /// The action asked for.
    pub action: Option<String>,
    /// Who is asked for.
    pub person: Option<String>,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sentence {
    /// In English.
    English(String),
    /// In the person's language.
    Explained(Reason),
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    /// When.
    pub at: UnixMs,
    /// Its tone.
    pub tone: Tone,
    /// What happened.
    pub sentence: Sentence,
    /// What it is about, or who did it.
    pub about: String,
}
