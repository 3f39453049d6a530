//! The set-up page and the review kit.

use super::UnixMs;
use super::health::{Health, Tone};

/// Whose Meta app a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The installation's, for its operators.
    Installation,
    /// A business's own, for its owners and admins.
    Business,
}

impl Whose {
    /// The one of two that fits.
    fn pick<T>(self, installation: T, business: T) -> T {
        match self {
            Self::Installation => installation,
            Self::Business => business,
        }
    }

    /// The form that enters the app.
    pub fn save(self) -> &'static str {
        self.pick("save-app", "save-own-app")
    }

    /// The form that enters Instagram Login's part.
    pub fn save_instagram(self) -> &'static str {
        self.pick("save-instagram", "save-own-instagram")
    }

    /// The button that asks Meta again.
    pub fn check(self) -> &'static str {
        self.pick("check-app", "check-own-app")
    }

    /// The button that subscribes the app's webhooks.
    pub fn subscribe(self) -> &'static str {
        self.pick("subscribe-webhooks", "subscribe-own-webhooks")
    }

    /// The button that ends the time of two secrets.
    pub fn end_overlap(self) -> &'static str {
        self.pick("end-overlap", "end-own-overlap")
    }

    /// The button that shows the verify token.
    pub fn show_verify_token(self) -> &'static str {
        self.pick("show-verify-token", "show-own-verify-token")
    }

    /// The page of the app.
    pub fn page(self) -> &'static str {
        self.pick("/setup", "/meta-app")
    }

    /// The page of the review kit.
    pub fn review(self) -> &'static str {
        self.pick("/setup/review", "/meta-app/review")
    }
}

/// A business's own app, and what there is without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAppPage {
    /// The own app; without one there is nothing to check.
    pub setup: SetupPage,
    /// Whether the installation has an app for those that have no own one.
    pub installation_has_app: bool,
    /// Whether there is an own app whose secret cannot be read.
    pub unreadable: bool,
    /// Apps that were this business's own before, and how many connections go on with each.
    pub former: Vec<(String, usize)>,
}

/// Everything the set-up page of an app shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupPage {
    /// Whose app it is.
    pub whose: Whose,
    /// The place in the stream of changes that the page was drawn at.
    pub live: String,
    /// How it stands as a whole, in words.
    pub summary: Health,
    /// The app in use.
    pub app: Option<AppCard>,
    /// When Meta was last asked.
    pub asked_at: Option<UnixMs>,
    /// Whether Meta is being asked now.
    pub asking: bool,
    /// The checks, in groups.
    pub groups: Vec<CheckGroup>,
    /// What to copy into Meta's dashboard.
    pub values: Vec<ValueRow>,
    /// The verify token, when it was asked for just now.
    pub verify_token: Option<String>,
}

/// The app in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppCard {
    /// The App ID.
    pub app_id: String,
    /// The configuration id, or nothing.
    pub config_id: String,
    /// Whether the app comes from the settings, and cannot be changed here.
    pub fixed: bool,
    /// Whether the configuration id does.
    pub configuration_fixed: bool,
    /// The configuration id of Embedded Signup, or nothing.
    pub whatsapp_config_id: String,
    /// Whether that one comes from the settings.
    pub whatsapp_configuration_fixed: bool,
    /// The Instagram App ID, or nothing.
    pub instagram_app_id: String,
    /// Whether that one comes from the settings.
    pub instagram_fixed: bool,
    /// The last four digits of the secret's hash.
    pub secret_mark: String,
    /// When the secret was entered, and by whom.
    pub secret_set: Option<(UnixMs, String)>,
    /// What is said of the former secret while it counts.
    pub former: Option<FormerSecret>,
}

/// A former secret that still counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerSecret {
    /// Until when; for as long as the settings name it when absent.
    pub until: Option<UnixMs>,
}

/// Checks about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckGroup {
    /// Its id on the page.
    pub id: &'static str,
    /// The heading.
    pub title: &'static str,
    /// The checks.
    pub checks: Vec<CheckRow>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// Its stable name.
    pub name: String,
    /// How it stands.
    pub state: CheckState,
    /// What is so.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub todo: String,
    /// When it was seen or asked.
    pub at: Option<UnixMs>,
    /// The button.
    pub action: Option<CheckAction>,
}

/// How a check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// Proven right.
    Proven,
    /// Proven wrong.
    Wrong,
    /// Not proven yet.
    Waiting,
    /// For somebody to look at.
    Yourself,
}

impl CheckState {
    /// The state in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proven => "Proven",
            Self::Wrong => "Wrong",
            Self::Waiting => "Waiting",
            Self::Yourself => "Check yourself",
        }
    }

    /// Its colour.
    pub fn tone(self) -> Tone {
        match self {
            Self::Proven => Tone::Ok,
            Self::Wrong => Tone::Bad,
            Self::Waiting => Tone::Warn,
            Self::Yourself => Tone::Idle,
        }
    }
}

/// What a button beside a check does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckAction {
    /// Asks Meta again.
    CheckAgain,
    /// Subscribes the app's webhooks.
    Subscribe,
    /// Leads to the review kit.
    ReviewKit,
    /// Leads to connecting.
    Connect,
    /// Leads to the form of the app.
    EnterApp,
    /// Leads to the form of Instagram Login's part of it.
    EnterInstagram,
}

/// A value to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRow {
    /// A stable name, which makes its id.
    pub name: &'static str,
    /// What Meta's dashboard calls it.
    pub label: &'static str,
    /// The value.
    pub text: String,
    /// Where it goes.
    pub place: &'static str,
}

/// Everything the review kit shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPage {
    /// Whose app is reviewed.
    pub whose: Whose,
    /// The app's name at Meta.
    pub app_name: String,
    /// What has to be so before it is submitted.
    pub steps: Vec<ReviewStepRow>,
    /// One for each permission.
    pub entries: Vec<ReviewEntryCard>,
    /// How the reviewer gets in.
    pub instructions: String,
}

/// A step before the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewStepRow {
    /// How it stands.
    pub state: CheckState,
    /// What it is.
    pub what: String,
    /// What is known, or what to do.
    pub note: String,
}

/// What the review wants to read about a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewEntryCard {
    /// Its name at Meta.
    pub permission: String,
    /// What it lets Attaché do.
    pub purpose: String,
    /// Why it is asked for.
    pub reason: String,
    /// What to show, one step a line.
    pub script: String,
    /// Whether somebody granted it here.
    pub granted: bool,
}
