//! One attempt to connect, from the code to the connected assets.

use super::health::Platform;
use super::status::Permission;
use super::wizard::Wizard;
use serde::{Deserialize, Serialize};

/// Everything the page of an attempt shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttemptPage {
    /// The attempt's id.
    pub id: String,
    /// The connection it confirms again, or has made, while that stands.
    pub connection: Option<String>,
    /// The business that a guest of a set-up link connects for; none for its own people.
    pub guest: Option<String>,
    /// How far it is.
    pub state: AttemptState,
}

/// How far an attempt is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum AttemptState {
    /// Meta has been asked, nobody has answered yet.
    Open,
    /// The code is being exchanged, or assets are being read.
    Discovering(Progress),
    /// The new confirmation leaves out something that is connected; somebody decides.
    Losing(Losing),
    /// The wizard.
    Choosing(Wizard),
    /// Meta shows nothing that could be connected.
    Empty {
        /// The likely causes, the likeliest first.
        causes: Vec<Cause>,
        /// Permissions that are missing.
        missing: Vec<Permission>,
    },
    /// The person closed the window or pressed Cancel, or the app is in development mode (Meta reference §3.1).
    Cancelled {
        /// Whether Meta was asked in a window of its own.
        popup: bool,
    },
    /// Nobody went on with it for a day, or its connection was disconnected meanwhile.
    Dropped {
        /// Whether Meta had confirmed.
        confirmed: bool,
    },
    /// No number was set up: the person left Meta's window, or Meta showed an error there.
    NoNumber {
        /// What happened.
        what: String,
        /// Why.
        why: String,
        /// What to do.
        todo: String,
        /// The page that tells more.
        help: Option<String>,
    },
    /// It cannot go on.
    Failed {
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
    },
    /// The choice is saved; assets are being connected.
    Applying(Applying),
    /// The choice was applied.
    Done(Outcome),
}

/// What became of a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Each chosen asset: connected, failed, or waiting for Meta to tell; none where all of them left the connection since.
    pub assets: Vec<ApplyStep>,
    /// An asset that nothing was heard of yet, though Meta sends its events: its id and its name. A message of a customer proves
    /// the way.
    pub unheard: Option<(String, String)>,
}

/// What would lose access.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Losing {
    /// Who confirmed, as Meta names them.
    pub by: String,
    /// The assets, by kind and name.
    pub assets: Vec<Lost>,
    /// The permissions, and what does not work without each.
    pub permissions: Vec<Permission>,
    /// How many connected assets the new confirmation covers.
    pub kept: usize,
    /// Whether the access from before still works meanwhile, as far as is known.
    pub works: bool,
}

/// An asset that would lose access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Its platform.
    pub platform: Platform,
    /// Its kind, in a word for one: "Page".
    pub kind: String,
    /// The same for several: "Pages".
    pub kinds: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
}

/// What has been found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Business portfolios.
    pub businesses: usize,
    /// Facebook Pages.
    pub pages: usize,
    /// Instagram accounts.
    pub instagram: usize,
    /// WhatsApp accounts.
    pub whatsapp_accounts: usize,
    /// WhatsApp numbers.
    pub whatsapp_numbers: usize,
    /// Ad accounts.
    pub ad_accounts: usize,
}

/// A likely cause and its way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The cause.
    pub what: String,
    /// The way out.
    pub todo: String,
}

/// How far the chosen assets are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applying {
    /// Steps finished.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
    /// Each asset, by name, and whether it is finished, failed or still to come.
    pub steps: Vec<ApplyStep>,
}

/// One asset being connected, or connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyStep {
    /// Its name.
    pub name: String,
    /// Its kind: "Page".
    pub kind: String,
    /// How far.
    pub state: ApplyState,
    /// The reason, where it failed, in the person's language.
    pub reason: String,
}

/// How far one step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplyState {
    /// Finished.
    Done,
    /// Being done.
    Running,
    /// Failed; will be tried again or needs somebody.
    Failed,
    /// To come.
    Waiting,
}
