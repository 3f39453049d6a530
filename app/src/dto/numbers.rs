//! The pages about WhatsApp numbers.

use super::UnixMs;
use super::health::{Health, Ladder, Tone};
use super::reason::Reason;
use serde::{Deserialize, Serialize};

/// Everything the list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersPage {
    /// The chosen numbers.
    pub rows: Vec<NumberRow>,
    /// Whether the viewer may connect more.
    pub may_manage: bool,
    /// The place in the live stream that this was read at.
    pub live: String,
}

/// A number in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberRow {
    /// The asset's id, `ast_…`.
    pub id: String,
    /// What the business calls it, else the number.
    pub title: String,
    /// The number and the name that customers see.
    pub detail: String,
    /// The WhatsApp account.
    pub account: String,
    /// Its quality.
    pub quality: Health,
    /// How many customers it may write to first.
    pub limit: String,
    /// How it stands.
    pub health: Health,
    /// When the last event came.
    pub last_event_at: Option<UnixMs>,
}

/// How a number stands with the Cloud API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is registered.
    Registered,
    /// It is verified and not registered.
    Unregistered,
    /// It has to be verified first.
    Unverified,
    /// It is in the WhatsApp Business app, which registered it.
    BusinessApp,
}

/// One thing that is known of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What.
    pub name: String,
    /// The value, for people.
    pub value: String,
    /// Its colour, where it has one.
    pub tone: Option<Tone>,
    /// The moment that the value ends with, where it is one.
    pub at: Option<UnixMs>,
}

/// What is taken over from the WhatsApp Business app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppSyncRow {
    /// What: contacts, chats.
    pub name: String,
    /// How it stands, in a word.
    pub health: Health,
    /// More about it; empty where `why` says it.
    pub text: String,
    /// The moment that the text ends with.
    pub at: Option<UnixMs>,
    /// Why it is not taken over.
    pub why: Option<Reason>,
}

/// What stands in the way, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTheWay {
    /// Whether it stops the number.
    pub tone: Tone,
    /// What it is; without what to do where a form below does it.
    pub why: Reason,
}

/// Everything the page of one number shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberPage {
    /// The asset's id, `ast_…`.
    pub id: String,
    /// The number as people read it.
    pub number: String,
    /// What the business calls it; empty for nothing.
    pub friendly_name: String,
    /// The WhatsApp account.
    pub account: String,
    /// How it stands.
    pub health: Health,
    /// How it stands with the Cloud API.
    pub standing: Standing,
    /// What is proven.
    pub ladder: Ladder,
    /// Why the ladder stands where it stands.
    pub reason: String,
    /// What stands in the way.
    pub in_the_way: Option<InTheWay>,
    /// What is known of it.
    pub facts: Vec<Fact>,
    /// When Meta last told that.
    pub read_at: Option<UnixMs>,
    /// What is taken over from the WhatsApp Business app; none for other numbers.
    pub app_syncs: Vec<AppSyncRow>,
    /// Its id at Meta.
    pub meta_id: String,
    /// Whether Meta says that it has a two-step PIN.
    pub has_pin: bool,
    /// The languages in which Meta says a code: the value and its name.
    pub languages: Vec<(String, String)>,
    /// Whether the viewer may act on it.
    pub may_manage: bool,
    /// The place in the live stream that this was read at.
    pub live: String,
}
