//! The wizard: what was found, and what of it can be connected.

use super::health::Platform;
use super::status::Permission;
use serde::{Deserialize, Serialize};

/// What to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wizard {
    /// One group for each business, in the order to show.
    pub groups: Vec<AssetGroup>,
    /// What could not be read, and why.
    pub unread: Vec<Unread>,
    /// Permissions that are missing, and what that stops.
    pub missing: Vec<Permission>,
}

/// The assets of one business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssetGroup {
    /// The business's name.
    pub name: String,
    /// Whether it is a business portfolio, and not what belongs to none.
    pub is_portfolio: bool,
    /// Such as "business portfolio, verified".
    pub note: String,
    /// Its assets; what belongs to another asset follows it with `nested`.
    pub choices: Vec<Choice>,
}

/// One asset to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The form value.
    pub id: String,
    /// Its platform.
    pub platform: Platform,
    /// The name people know it by.
    pub name: String,
    /// Its kind and what else tells it apart.
    pub detail: String,
    /// Whether it belongs to the asset before it: Instagram to its Page, a number to its WhatsApp account.
    pub nested: bool,
    /// Whether it counts as one of its platform: a WhatsApp account does not beside its numbers.
    pub counts: bool,
    /// What can be done with it.
    pub state: ChoiceState,
}

/// What can be done with an asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ChoiceState {
    /// May be chosen.
    Free {
        /// Whether it is ticked at first.
        ticked: bool,
    },
    /// Already connected here: ticked at first, and un-ticking it disconnects it.
    Connected,
    /// Not to be chosen itself: what belongs to it follows.
    Heading,
    /// Cannot be connected.
    Unusable {
        /// Why, and who can change it.
        reason: String,
    },
    /// Somebody else on this installation holds it.
    HeldElsewhere {
        /// The page on which it can be taken over; none where it cannot.
        move_page: Option<String>,
    },
}

/// A list that could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Such as "Pages of Costa Foods".
    pub what: String,
    /// Why.
    pub why: String,
}
