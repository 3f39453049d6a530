//! The pages for developers: endpoints that take events, what was sent to them, and API keys.

use super::UnixMs;
use super::health::Health;
use super::reason::Reason;
use serde::{Deserialize, Serialize};

/// Everything the page "Developers" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DevelopersPage {
    /// The endpoints, oldest first.
    pub endpoints: Vec<EndpointRow>,
    /// The types of events that there are.
    pub kinds: Vec<KindRow>,
    /// The API keys, the newest first; those that open nothing any more at the end.
    pub keys: Vec<KeyRow>,
    /// Whether the viewer may make keys.
    pub may_make_keys: bool,
    /// An endpoint just made: its secret is shown this once.
    pub fresh_endpoint: Option<FreshEndpoint>,
    /// A key just made: it is shown this once.
    pub fresh_key: Option<String>,
    /// The place in the live stream that this was read at; empty where nothing is to be heard.
    pub live: String,
}

/// An endpoint just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshEndpoint {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
}

/// An endpoint in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointRow {
    /// Its id.
    pub id: String,
    /// Its address.
    pub url: String,
    /// What it is; may be empty.
    pub description: String,
    /// How it stands, in a word.
    pub health: Health,
    /// What it takes, such as "Every event" or "2 types of events".
    pub takes: String,
    /// How its deliveries stand, in a sentence.
    pub stands: String,
    /// How many events were given up.
    pub failed: usize,
}

/// A type of event, and whether it is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindRow {
    /// Its name.
    pub name: String,
    /// What it tells.
    pub tells: String,
    /// Whether the endpoint takes it by name.
    pub chosen: bool,
}

/// Everything the page of one endpoint shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndpointPage {
    /// The endpoint.
    pub endpoint: EndpointRow,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: UnixMs,
    /// The types of events that there are.
    pub kinds: Vec<KindRow>,
    /// Why nothing is sent to it.
    pub disabled: Option<DisabledBecause>,
    /// The first failure after the last success.
    pub failing_since: Option<UnixMs>,
    /// A secret just made.
    pub fresh_secret: Option<FreshSecret>,
    /// What was and is to be sent to it, the latest event first.
    pub sent: Vec<SentRow>,
    /// The state that is asked for, as the address names it; every one when empty.
    pub shown: String,
    /// Where the next page begins.
    pub older: Option<String>,
    /// Whether this is a later page.
    pub is_later: bool,
    /// The place in the live stream that this was read at; empty where nothing is to be heard.
    pub live: String,
}

/// Why nothing is sent to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisabledBecause {
    /// Since when.
    pub at: UnixMs,
    /// Who disabled it.
    pub by: String,
    /// Why, where nobody chose it.
    pub why: Option<Reason>,
}

/// A secret in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshSecret {
    /// The secret.
    pub secret: String,
    /// Until when the former one signs too.
    pub former_until: UnixMs,
}

/// How an event's sending stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRow {
    /// The event.
    pub event: String,
    /// Its type.
    pub kind: String,
    /// When it happened.
    pub at: UnixMs,
    /// How it stands, in a word.
    pub health: Health,
    /// What came of the last try, such as "Answered 200 in 41 ms".
    pub last: String,
    /// When it was last tried.
    pub tried_at: Option<UnixMs>,
    /// When it is tried next, while it waits.
    pub next_at: Option<UnixMs>,
    /// How often it was tried.
    pub tries: usize,
    /// Why the last try was no success.
    pub problem: Option<Reason>,
    /// How the answer began.
    pub answer: Option<String>,
    /// What it says, as indented JSON.
    pub body: String,
}

/// An API key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRow {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: UnixMs,
    /// When it was last used.
    pub last_used_at: Option<UnixMs>,
    /// Since when it opens nothing.
    pub revoked_at: Option<UnixMs>,
}
