//! The pages about what Meta sent.

use super::UnixMs;
use super::health::{Health, Platform};
use super::reason::Reason;
use serde::{Deserialize, Serialize};

/// Everything the page "Deliveries" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveriesPage {
    /// The newest first.
    pub rows: Vec<DeliveryRow>,
    /// The outcome that is asked for, as the address names it; every one when empty.
    pub outcome: String,
    /// Where the next page begins.
    pub older: Option<String>,
    /// Whether this is a later page.
    pub is_later: bool,
    /// Whether the viewer may have deliveries applied again.
    pub may_replay: bool,
    /// Whether these are everybody's, for an operator.
    pub of_all: bool,
    /// The place in the live stream that this was read at; empty where nothing is to be heard.
    pub live: String,
}

/// What one delivery was to one asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Its id.
    pub id: String,
    /// Tells its rows apart, where it is about several assets.
    pub key: String,
    /// When it came.
    pub at: UnixMs,
    /// What became of it, in a word.
    pub health: Health,
    /// What was in it, such as "2 messages, 1 status".
    pub holds: String,
    /// The platform of the asset that it is about.
    pub platform: Option<Platform>,
    /// What the asset is called, or its id at Meta.
    pub asset: String,
    /// Why it is not applied, when it is not.
    pub problem: Option<Reason>,
    /// When somebody had it applied again.
    pub replayed_at: Option<UnixMs>,
}

/// Everything the page of one delivery shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveryPage {
    /// Its id.
    pub id: String,
    /// When it came.
    pub at: UnixMs,
    /// The Meta app that sent it.
    pub meta_app_id: String,
    /// What it was to each asset.
    pub parts: Vec<DeliveryRow>,
    /// What was in it.
    pub events: Vec<EventRow>,
    /// The body as Meta sent it, for those who may see it.
    pub body: Option<String>,
    /// Whether the body is kept no more.
    pub expired: bool,
    /// Whether the viewer may have it applied again.
    pub may_replay: bool,
    /// The place in the live stream that this was read at; empty where nothing is to be heard.
    pub live: String,
}

/// One thing that a delivery told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Meta's time.
    pub at: UnixMs,
    /// The sentence.
    pub sentence: String,
    /// Why it is no good news.
    pub problem: Option<Reason>,
    /// Its piece of the body, as indented JSON, for those who may see it.
    pub raw: Option<String>,
}
