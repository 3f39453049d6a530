//! What the person decides in the dialog.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::state::{DialogOutcome, Selection};
use crate::world::AssetKind;

/// Which way the person (or the simulator, playing Meta) answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// *Continue*.
    #[default]
    Continue,
    /// *Cancel*.
    Cancel,
    /// Something else that Meta does (see [`DialogOutcome`]).
    Instead(DialogOutcome),
}

/// A consent: who, which answer, and which ticks. The default continues as the first person with everything ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Consent {
    /// Id of the person; whoever is logged in when absent.
    pub persona: Option<String>,
    /// Continue, cancel, or something else.
    pub answer: Answer,
    /// Permissions unticked (classic login only; a configuration is all or nothing).
    pub decline: BTreeSet<String>,
    /// Leave out what this person usually unticks, so that everything not in `decline` is granted.
    pub ignore_habits: bool,
    /// Ticks per kind.
    pub assets: BTreeMap<AssetKind, Selection>,
    /// Ticks of the kinds not named; the former ones, or everything there is now, when absent.
    pub other_assets: Option<Selection>,
    /// Embedded Signup: the WABA chosen; the newest one when absent.
    pub waba: Option<String>,
    /// Embedded Signup: the number chosen; the WABA's newest when absent, none when empty.
    pub phone: Option<String>,
    /// Embedded Signup: the step at which the person leaves; that of the switches when absent.
    pub step: Option<String>,
    /// Embedded Signup: the error that the person reports while leaving; that of the switches when absent.
    pub error: Option<String>,
}

impl Default for Consent {
    fn default() -> Self {
        Self {
            persona: None,
            answer: Answer::Continue,
            decline: BTreeSet::new(),
            ignore_habits: false,
            assets: BTreeMap::new(),
            other_assets: None,
            waba: None,
            phone: None,
            step: None,
            error: None,
        }
    }
}

impl Consent {
    /// *Continue* with every box as the dialog shows it: ticked the first time, as left the last time afterwards.
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }

    /// *Cancel*.
    #[must_use]
    pub fn cancel() -> Self {
        Self { answer: Answer::Cancel, ..Self::default() }
    }

    /// Whatever the person does, this happens.
    #[must_use]
    pub fn instead(outcome: DialogOutcome) -> Self {
        Self { answer: Answer::Instead(outcome), ..Self::default() }
    }

    /// As this person.
    #[must_use]
    pub fn by(mut self, persona: &str) -> Self {
        self.persona = Some(persona.into());
        self
    }

    /// Untick these permissions.
    #[must_use]
    pub fn declining<I: IntoIterator<Item = S>, S: Into<String>>(mut self, permissions: I) -> Self {
        self.decline.extend(permissions.into_iter().map(Into::into));
        self
    }

    /// Tick only these assets of one kind.
    #[must_use]
    pub fn ticking<I: IntoIterator<Item = S>, S: Into<String>>(mut self, kind: AssetKind, ids: I) -> Self {
        self.assets.insert(kind, Selection::only(ids));
        self
    }

    /// Tick every asset there is now, whatever was left out last time.
    #[must_use]
    pub fn ticking_all(mut self) -> Self {
        self.other_assets = Some(Selection::Current);
        self
    }

    /// "All current and future" of one kind.
    #[must_use]
    pub fn all_future(mut self, kind: AssetKind) -> Self {
        self.assets.insert(kind, Selection::All);
        self
    }
}
