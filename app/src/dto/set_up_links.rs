//! Set-up links: the owner's list, and what a guest sees.

use super::UnixMs;
use super::status::Permission;
use serde::{Deserialize, Serialize};

/// Everything the page "Set-up links" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetUpLinksPage {
    /// The links, newest first.
    pub links: Vec<SetUpLinkRow>,
    /// For how many days a link may work.
    pub lives: Vec<u32>,
    /// A link just made: shown this once.
    pub fresh_link: Option<String>,
    /// The place in the live stream that this was read at; empty where nothing is to be heard.
    pub live: String,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpLinkRow {
    /// Its id.
    pub id: String,
    /// For whom.
    pub name: String,
    /// Who made it.
    pub by: String,
    /// Until when it works.
    pub expires_at: UnixMs,
    /// The steps to the end, in order.
    pub steps: Vec<SetUpStep>,
    /// What is outstanding, in a sentence.
    pub outstanding: String,
    /// Where one can choose in the guest's place.
    pub choose: Option<String>,
    /// Whether it can be withdrawn.
    pub open: bool,
    /// Whether it ended without anything being connected.
    pub ended: bool,
}

/// A step on the way of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpStep {
    /// What.
    pub name: String,
    /// Since when it is done.
    pub at: Option<UnixMs>,
}

/// What a guest sees first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetUpPage {
    /// The link's secret part, to be sent back; empty where the browser is known already.
    pub token: String,
    /// For whose business.
    pub tenant: String,
    /// Who asks; empty where it is not told again.
    pub asked_by: String,
    /// Until when the link works; none where it is used already.
    pub expires_at: Option<UnixMs>,
    /// What Meta will ask for, and why.
    pub permissions: Vec<Permission>,
    /// The page of the attempt that goes on, when one does.
    pub attempt: Option<String>,
}
