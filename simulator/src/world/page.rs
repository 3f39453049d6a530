//! Facebook Pages and the Instagram accounts linked to them.

use serde::{Deserialize, Serialize};

use super::ad_account::yes;

/// A Facebook Page (Meta reference §5.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Page id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Category, e.g. `Cafe`.
    #[serde(default = "brand")]
    pub category: String,
    /// What the person may do there. An empty list makes the key absent.
    #[serde(default = "all_tasks")]
    pub tasks: Vec<String>,
    /// Business portfolio that owns it.
    #[serde(default)]
    pub business: Option<String>,
    /// Business portfolios it is shared with (their `client_pages`).
    #[serde(default)]
    pub clients: Vec<String>,
    /// The person has a role directly on the Page, so that `/me/accounts` lists it.
    #[serde(default = "yes")]
    pub in_accounts: bool,
    /// `false`: rows come without `access_token`.
    #[serde(default = "yes")]
    pub has_token: bool,
    /// Linked Instagram professional account.
    #[serde(default)]
    pub instagram: Option<String>,
    /// People who like it.
    #[serde(default)]
    pub fan_count: u64,
}

/// An Instagram professional account (Meta reference §5.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstagramAccount {
    /// Instagram professional account id.
    pub id: String,
    /// Handle without `@`.
    pub username: String,
    /// Display name.
    #[serde(default)]
    pub name: String,
    /// Followers.
    #[serde(default)]
    pub followers_count: u64,
    /// Text of the profile.
    #[serde(default)]
    pub biography: String,
}

fn brand() -> String {
    "Brand".into()
}

/// The tasks of a person with full control of a Page.
#[must_use]
pub(super) fn all_tasks() -> Vec<String> {
    ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"].map(String::from).to_vec()
}
