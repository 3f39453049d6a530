//! The page "Send a test message".

use super::UnixMs;
use super::health::{Health, Ladder, Platform};
use serde::{Deserialize, Serialize};

/// Everything the page "Send a test message" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestPage {
    /// Our id of the asset, `ast_…`.
    pub id: String,
    /// Its platform.
    pub platform: Platform,
    /// Its name.
    pub name: String,
    /// The state in a word.
    pub health: Health,
    /// What is proven about it.
    pub ladder: Ladder,
    /// Where to write to.
    pub place: Place,
    /// Since when a message is awaited.
    pub since: UnixMs,
    /// What arrived.
    pub arrived: Option<Arrival>,
    /// Whether it takes longer than it should.
    pub overdue: bool,
    /// Whether the viewer may ask Meta whether everything stands.
    pub may_manage: bool,
    /// The place in the live stream that this was read at.
    pub live: String,
}

/// Where to write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Place {
    /// A link of Meta's.
    Meta {
        /// Where.
        href: String,
    },
    /// The phone of the simulator.
    Simulator {
        /// Where.
        href: String,
    },
    /// Meta has no link; people find the asset by its name.
    Search,
}

/// A message that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: UnixMs,
    /// Who sent it; empty when Meta did not say.
    pub from: String,
    /// What it says, or what it is.
    pub said: String,
}
