//! Ad accounts.

use serde::{Deserialize, Serialize};

/// An ad account (Meta reference §5.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdAccount {
    /// `act_` and digits.
    pub id: String,
    /// Name.
    pub name: String,
    /// 1 active, 2 disabled, 3 unsettled, 7, 8, 9, 100, 101.
    #[serde(default = "active")]
    pub account_status: u32,
    /// 0 when nothing is wrong.
    #[serde(default)]
    pub disable_reason: u32,
    /// ISO currency.
    #[serde(default = "usd")]
    pub currency: String,
    /// Time zone name.
    #[serde(default = "utc")]
    pub timezone_name: String,
    /// Spent so far, minor units, as Meta's decimal string.
    #[serde(default = "zero")]
    pub amount_spent: String,
    /// Owed, minor units.
    #[serde(default = "zero")]
    pub balance: String,
    /// Cap, minor units; `0` means none.
    #[serde(default = "zero")]
    pub spend_cap: String,
    /// Owning portfolio.
    #[serde(default)]
    pub business: Option<String>,
    /// Portfolios it is shared with.
    #[serde(default)]
    pub clients: Vec<String>,
    /// Listed by `/me/adaccounts`.
    #[serde(default = "yes")]
    pub in_me: bool,
}

impl AdAccount {
    /// The digits behind `act_`.
    #[must_use]
    pub fn account_id(&self) -> &str {
        self.id.strip_prefix("act_").unwrap_or(&self.id)
    }
}

pub(super) fn yes() -> bool {
    true
}
fn active() -> u32 {
    1
}
fn usd() -> String {
    "USD".into()
}
fn utc() -> String {
    "Etc/UTC".into()
}
fn zero() -> String {
    "0".into()
}
