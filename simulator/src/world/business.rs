//! Business portfolios.

use serde::{Deserialize, Serialize};

/// A business portfolio (Meta reference §5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Business {
    /// Portfolio id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `verified`, `not_verified`, `pending`, `rejected`, …
    #[serde(default = "not_verified")]
    pub verification_status: String,
    /// Page shown as the portfolio's primary one.
    #[serde(default)]
    pub primary_page: Option<String>,
}

fn not_verified() -> String {
    "not_verified".into()
}
