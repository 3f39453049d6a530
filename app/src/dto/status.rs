//! The page "Connections".

use super::UnixMs;
use super::health::{Health, Ladder, Platform, StepState, Tone};
use super::reason::Reason;
use serde::{Deserialize, Serialize};

/// Everything the page "Connections" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusPage {
    /// The access Meta has given, over all connections.
    pub access: Access,
    /// Facebook, Instagram, WhatsApp, Ads: always four.
    pub cards: Vec<PlatformCard>,
    /// A page of the assets that match the search and the filter, in the order to show.
    pub assets: Vec<AssetRow>,
    /// How the page stands among all that is connected.
    pub list: AssetList,
    /// How many assets are connected in all.
    pub asset_total: usize,
    /// The asset whose details are open.
    pub open: Option<String>,
    /// One for each person's grant.
    pub connections: Vec<ConnectionRow>,
    /// The tenant's locations, to assign assets to.
    pub locations: Vec<LocationChoice>,
    /// An attempt to connect that waits for its choice.
    pub unfinished: Option<String>,
    /// Why Meta sends nothing to this installation at all, when it does not: what happened, and what to do.
    pub unreached: Option<Reason>,
    /// Whether the viewer may connect, test, assign and disconnect.
    pub may_manage: bool,
    /// The place in the live stream that this was read at.
    pub live: String,
}

/// What the table of assets was asked for, and how much of it this page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetList {
    /// What was searched for; may be empty.
    pub query: String,
    /// Whether only what needs attention is shown.
    pub only_troubled: bool,
    /// How many of all that is connected need attention.
    pub troubled: usize,
    /// How many match the search and the filter.
    pub found: usize,
    /// How many of those come before this page.
    pub before: usize,
    /// The asset after which this page begins, as the address names it.
    pub after: Option<String>,
    /// After which asset the next page begins, when there is one.
    pub next: Option<String>,
}

/// The four states of the access token, and the state before any of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Access {
    /// Nothing was ever connected.
    Never,
    /// Meta accepts the token.
    Connected {
        /// The clock that governs this kind of token.
        clock: Clock,
        /// When Meta was last asked.
        checked_at: UnixMs,
        /// Whether Attaché renews the token by itself before the clock runs out.
        renews: bool,
        /// The connection to confirm again, when the clock runs out.
        connection: String,
    },
    /// Somebody disconnected; nothing is connected now.
    Disconnected {
        /// When.
        at: UnixMs,
        /// Who, when known.
        by: Option<String>,
    },
    /// The token's time is over.
    Expired {
        /// Since when.
        at: UnixMs,
        /// The connection to make again.
        connection: String,
    },
    /// Meta refuses the token.
    Error {
        /// What happened.
        what: String,
        /// Why.
        why: String,
        /// What to do.
        todo: String,
        /// What it does to the connection.
        effect: String,
        /// The page that tells more.
        help: Option<String>,
        /// The connection that confirming again would help.
        connection: Option<String>,
    },
}

/// The clock of a token kind: each kind ends differently (Meta reference §4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "clock")]
pub enum Clock {
    /// A system-user token without an end.
    NeverEnds,
    /// The token itself ends.
    Ends {
        /// When.
        at: UnixMs,
    },
    /// The token lives on, but Meta answers with data only until then.
    DataAccessUntil {
        /// When.
        at: UnixMs,
    },
}

/// One of the four cards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlatformCard {
    /// Whose card.
    pub platform: Platform,
    /// What is connected, such as "1 account, 2 numbers".
    pub holds: String,
    /// The state in a word.
    pub health: Health,
    /// The evidence of the asset that is furthest behind.
    pub ladder: Ladder,
    /// What to know first; shown in bold. May be empty.
    pub lead: String,
    /// The reason sentence.
    pub reason: String,
    /// What else there is to say, such as how many assets have a problem. May be empty.
    pub also: String,
    /// At most three, the first being the one that helps.
    pub actions: Vec<CardAction>,
}

/// A button of a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardAction {
    /// The words on it.
    pub label: String,
    /// What it does.
    pub does: ActionKind,
    /// Whether it is the one button that helps.
    pub primary: bool,
}

/// What a button of a card does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ActionKind {
    /// Leads somewhere.
    Link {
        /// Where.
        href: String,
    },
    /// Tests one connection, or all of them.
    Test {
        /// Which; all when empty.
        connection: Option<String>,
    },
    /// Tells Meta to send an asset's messages here.
    Repair {
        /// Which.
        asset: String,
    },
}

/// One row of the assets table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssetRow {
    /// Our id, `ast_…`.
    pub id: String,
    /// The platform.
    pub platform: Platform,
    /// The name people know it by.
    pub name: String,
    /// Its kind and what else tells it apart.
    pub detail: String,
    /// Meta's own id.
    pub meta_id: String,
    /// The location it is assigned to: id and name.
    pub location: Option<LocationChoice>,
    /// The state in a word.
    pub health: Health,
    /// The evidence.
    pub ladder: Ladder,
    /// The reason sentence, while nothing is wrong.
    pub reason: String,
    /// What is wrong.
    pub problem: Option<Reason>,
    /// When Meta last told us something about it.
    pub last_event_at: Option<UnixMs>,
    /// Whether somebody can write to it, to prove the way.
    pub can_test: bool,
    /// What is done after the choice; empty for what is only read.
    pub steps: Vec<Step>,
    /// Whether it is a number whose PIN somebody has to enter.
    pub needs_pin: bool,
    /// What Meta says of it, one line each; empty before the first look.
    pub facts: Vec<Fact>,
    /// When Meta last said so.
    pub facts_at: Option<UnixMs>,
    /// How that changed, the latest first; only of the asset whose details are open.
    pub changes: Vec<Change>,
    /// The one button that helps, when something is wrong.
    pub fix: Option<CardAction>,
}

/// Something that Meta says of an asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What about.
    pub name: String,
    /// What it says.
    pub value: String,
    /// What that means.
    pub tone: Tone,
}

/// A change of what Meta says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When it was noticed.
    pub at: UnixMs,
    /// What is new, and what was before.
    pub text: String,
}

/// One step after the choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done, such as "The number is registered".
    pub name: String,
    /// How far it is.
    pub state: StepState,
    /// Why it failed and what to do, when it did.
    pub why: Option<Reason>,
    /// Whether asking Meta again may help.
    pub try_again: bool,
}

/// A place of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationChoice {
    /// Our id, `loc_…`.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One person's grant to the Meta app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionRow {
    /// Our id, `con_…`.
    pub id: String,
    /// Who connected, as Meta names them.
    pub by: String,
    /// When.
    pub connected_at: UnixMs,
    /// The kind of token in plain words, such as "System user, for the whole business".
    pub token: String,
    /// The clock of that kind.
    pub clock: Clock,
    /// How many assets hang on it.
    pub assets: usize,
    /// What Attaché does about the clock by itself, when it does or tried to.
    pub renewal: Option<Renewal>,
    /// The state in a word.
    pub health: Health,
    /// What Meta granted.
    pub granted: Vec<Permission>,
    /// What Meta did not grant, and what that stops.
    pub missing: Vec<Permission>,
    /// What Meta said when it was last asked.
    pub test: TestResult,
}

/// The renewal of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// One or two sentences; empty when it failed.
    pub text: String,
    /// Why it failed, when it did.
    pub failed: Option<Reason>,
}

/// One permission in Meta's words and in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Meta's name for it.
    pub name: String,
    /// What it is for; or, where it is missing, what does not work without it.
    pub plain: String,
    /// Whether Meta reviews the app before just anybody can grant it.
    pub reviewed: bool,
}

/// What a test of a connection found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// When.
    pub at: UnixMs,
    /// The finding; empty when Meta refused.
    pub finding: String,
    /// Why Meta refused, when it did.
    pub refused: Option<Reason>,
}
