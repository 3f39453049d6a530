//! State by evidence: the ladder, and the words for it.

use super::UnixMs;
use serde::{Deserialize, Serialize};

/// What an asset or a card belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Facebook Pages.
    Facebook,
    /// Instagram professional accounts.
    Instagram,
    /// WhatsApp accounts and numbers.
    Whatsapp,
    /// Ad accounts.
    Ads,
    /// A business portfolio.
    Business,
}

impl Platform {
    /// The platform's own name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Instagram => "Instagram",
            Self::Whatsapp => "WhatsApp",
            Self::Ads => "Ads",
            Self::Business => "Business",
        }
    }

    /// The word used in class names and form values.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::Whatsapp => "whatsapp",
            Self::Ads => "ads",
            Self::Business => "business",
        }
    }
}

/// What a state means for the person who looks: its colour, always beside a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Proven.
    Ok,
    /// Waiting, or soon to need somebody.
    Warn,
    /// Needs a person.
    Bad,
    /// Nothing to say.
    Idle,
}

impl Tone {
    /// The class that colours it.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Idle => "idle",
        }
    }
}

/// A state in one word, with its tone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// The colour.
    pub tone: Tone,
    /// The word.
    pub word: String,
}

impl Health {
    /// A state.
    pub fn new(tone: Tone, word: impl Into<String>) -> Self {
        Self { tone, word: word.into() }
    }
}

/// How far one step of the ladder is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum StepState {
    /// Proven at this time.
    Done {
        /// When the proof was seen.
        at: UnixMs,
    },
    /// It was proven, and for longer than is usual nothing has confirmed it.
    Silent {
        /// Since when.
        since: UnixMs,
    },
    /// This is what is being waited for.
    Now {
        /// Since when.
        since: Option<UnixMs>,
    },
    /// It was tried and failed.
    Failed {
        /// When it was last tried.
        at: Option<UnixMs>,
    },
    /// Not reached yet.
    NotYet,
}

/// The evidence ladder: Verified, Subscribed, Waiting, Active. An ad account has nothing to subscribe and ends at the
/// first step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder(pub Vec<StepState>);

impl Ladder {
    /// The steps' names, in order.
    pub const NAMES: [&'static str; 4] = ["Verified", "Subscribed", "Waiting", "Active"];

    /// A ladder nobody has climbed.
    pub fn untouched() -> Self {
        Self(vec![StepState::NotYet; 4])
    }
}
