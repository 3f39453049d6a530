//! What Meta says of an asset beside the proof of it, and how that changed.

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Actor,
    clock::Timestamp,
    db::{asset_health, from_json},
    error::Result,
    ids::AssetId,
    services::Services,
};

/// What Meta says of an asset. Which fields are there depends on its kind; the values are Meta's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssetHealth {
    /// The permissions that the kind cannot do without and that Meta does not list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Whether it was ticked in Meta's window (Meta reference §4.6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<bool>,
    /// Whether Meta lists our app on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribed: Option<bool>,
    /// The fields of a Page that are not subscribed, of those that are wanted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields_missing: Vec<String>,
    /// Where Meta sends its messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<Callback>,
    /// What the person's role on the Page allows; nothing for a Page that is reached through a portfolio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<String>>,
    /// A number's status; `CONNECTED` when it can send.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// A number's quality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality_rating: Option<String>,
    /// How the review of a number's display name stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_status: Option<String>,
    /// Whether a number was verified by code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_verification_status: Option<String>,
    /// `CLOUD_API`, or `NOT_APPLICABLE` for a number that is not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform_type: Option<String>,
    /// How many customers a number may write to first in 24 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messaging_limit: Option<String>,
    /// How fast a number may send.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throughput: Option<String>,
    /// An ad account's status; 1 is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_status: Option<i64>,
}

/// The address that Meta sends messages to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// What it is set on.
    pub level: CallbackLevel,
    /// The address.
    pub url: String,
    /// Whether that is this installation.
    pub ours: bool,
}

/// What a callback is set on (Meta reference §6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackLevel {
    /// The number alone.
    WhatsappNumber,
    /// The account with all its numbers.
    WhatsappAccount,
    /// The Meta app with everything.
    App,
}

/// A state and how long Meta said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthChange {
    /// Since when.
    pub since: Timestamp,
    /// When Meta last said so.
    pub seen: Timestamp,
    /// What.
    pub state: AssetHealth,
}

impl HealthChange {
    pub(in crate::connect) fn read(row: &asset_health::HealthRow) -> Result<Self> {
        Ok(Self {
            since: Timestamp::from_millis(row.since),
            seen: Timestamp::from_millis(row.seen_at),
            state: from_json(&row.state)?,
        })
    }
}

/// How an asset's state changed, the latest first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a person without a tenant.
pub async fn list_changes(services: &Services, actor: &Actor, asset: &AssetId) -> Result<Vec<HealthChange>> {
    let tenant = actor.member()?.tenant_id;
    asset_health::list(services.db(), &tenant, asset).await?.iter().map(HealthChange::read).collect()
}
