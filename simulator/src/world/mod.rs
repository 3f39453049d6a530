//! The world: everything that exists at "Meta" while the simulator runs.
//!
//! A world is plain data. It can be written as JSON by hand (every field but the ids has a default), loaded with
//! [`World::from_json`] or `PUT /_sim/world`, and read back with [`World::to_json`].

mod ad_account;
mod agency;
mod app;
mod business;
mod corner_shop;
mod customer;
mod index;
mod names;
mod page;
mod persona;
mod variants;
mod whatsapp;

use serde::{Deserialize, Serialize};

pub use ad_account::AdAccount;
pub use app::{App, Configuration, ConfigurationExpiry, ConfigurationToken, InstagramApp, Mode, Variation};
pub use business::Business;
pub use customer::Customer;
pub use page::{InstagramAccount, Page};
pub use persona::{Persona, Sees};
pub use whatsapp::{PhoneNumber, WhatsAppAccount};

pub(crate) use index::{Index, Node};

/// The kinds of asset a person ticks one by one in the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetKind {
    /// Facebook Pages.
    Page,
    /// Instagram professional accounts.
    Instagram,
    /// WhatsApp Business accounts (WABAs); their numbers follow.
    Whatsapp,
    /// Business portfolios.
    Business,
    /// Ad accounts.
    AdAccount,
}

impl AssetKind {
    /// Every kind, in the order the dialog lists them.
    pub const ALL: [Self; 5] = [Self::Business, Self::Page, Self::Instagram, Self::Whatsapp, Self::AdAccount];

    /// The name used in JSON and in form fields.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Instagram => "instagram",
            Self::Whatsapp => "whatsapp",
            Self::Business => "business",
            Self::AdAccount => "ad_account",
        }
    }
}

/// One complete situation to test against: an app, the people who may log in, and the assets they own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// Short name, e.g. `agency`.
    #[serde(default)]
    pub name: String,
    /// One sentence for the people who choose a world.
    #[serde(default)]
    pub description: String,
    /// The Meta app that is being connected.
    #[serde(default)]
    pub app: App,
    /// Further apps, with the same people and assets. Grants, tokens and webhooks are each app's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_apps: Vec<App>,
    /// People who can log in; the first one is offered first.
    #[serde(default)]
    pub people: Vec<Persona>,
    /// Business portfolios.
    #[serde(default)]
    pub businesses: Vec<Business>,
    /// Facebook Pages.
    #[serde(default)]
    pub pages: Vec<Page>,
    /// Instagram professional accounts.
    #[serde(default)]
    pub instagram_accounts: Vec<InstagramAccount>,
    /// WhatsApp Business accounts, oldest onboarded first.
    #[serde(default)]
    pub whatsapp_accounts: Vec<WhatsAppAccount>,
    /// WhatsApp phone numbers.
    #[serde(default)]
    pub phone_numbers: Vec<PhoneNumber>,
    /// Ad accounts.
    #[serde(default)]
    pub ad_accounts: Vec<AdAccount>,
    /// People who write to the businesses; four unless said otherwise.
    #[serde(default = "Customer::usual")]
    pub customers: Vec<Customer>,
}

impl World {
    /// The names [`World::named`] knows.
    pub const NAMES: [&'static str; 5] = ["corner-shop", "agency", "empty", "declined", "dev-mode"];

    /// A built-in world by name; `None` when there is none of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "corner-shop" => Some(Self::corner_shop()),
            "agency" => Some(Self::agency()),
            "empty" => Some(Self::empty()),
            "declined" => Some(Self::declined()),
            "dev-mode" => Some(Self::dev_mode()),
            _ => None,
        }
    }

    /// Read a world from JSON.
    ///
    /// # Errors
    /// When the text is not JSON, has a field that does not exist, repeats an id, or refers to an id nothing has.
    pub fn from_json(text: &str) -> Result<Self, WorldError> {
        let world: Self = serde_json::from_str(text)?;
        Index::of(&world)?;
        Ok(world)
    }

    /// The world as indented JSON, secret of the (made-up) app included.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The login configuration with this id.
    #[must_use]
    pub fn configuration(&self, id: &str) -> Option<&Configuration> {
        self.app.configurations.iter().find(|configuration| configuration.id == id)
    }
}

/// Why a world could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The text is not the JSON of a world.
    #[error("this is not a world: {0}")]
    Json(#[from] serde_json::Error),
    /// Two things share an id.
    #[error("two things in this world have the id {0}; ids are unique across all kinds")]
    DuplicateId(String),
    /// Something points at an id that nothing has.
    #[error("{from} refers to {to}, but nothing in this world has that id")]
    DanglingId {
        /// What holds the reference.
        from: String,
        /// The id that is missing.
        to: String,
    },
    /// No built-in world of that name.
    #[error("there is no world called {0}; there are corner-shop, agency, empty, declined and dev-mode")]
    UnknownName(String),
}
