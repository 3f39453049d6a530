//! App-level webhooks and per-asset installations (Meta reference §6).

use std::collections::BTreeMap;

/// One object of `/{app}/subscriptions`.
#[derive(Debug, Clone)]
pub(crate) struct AppSubscription {
    pub(crate) object: String,
    pub(crate) callback_url: String,
    pub(crate) verify_token: String,
    pub(crate) fields: Vec<String>,
    /// Meta switches it off when the callback fails for too long; subscribing again switches it on.
    pub(crate) active: bool,
}

/// The app installed on one Page, Instagram account or WABA.
#[derive(Debug, Clone, Default)]
pub(crate) struct AssetSubscription {
    /// `subscribed_fields` of a Page or Instagram account; empty for WABAs.
    pub(crate) fields: Vec<String>,
    /// WABA override.
    pub(crate) override_callback_uri: Option<String>,
    pub(crate) override_verify_token: Option<String>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    /// By object.
    pub(crate) app: BTreeMap<String, AppSubscription>,
    /// By asset id.
    pub(crate) assets: BTreeMap<String, AssetSubscription>,
    /// Override callback of a phone number, by phone id.
    pub(crate) phones: BTreeMap<String, (String, String)>,
    /// Register and deregister attempts per phone id: unix seconds.
    pub(crate) attempts: BTreeMap<String, Vec<i64>>,
    /// Wrong PIN guesses per phone id.
    pub(crate) wrong_pins: BTreeMap<String, u32>,
    /// Unix seconds of the newest wrong guess per phone id.
    pub(crate) wrong_pin_at: BTreeMap<String, i64>,
    /// Codes requested per phone id.
    pub(crate) codes_requested: BTreeMap<String, u32>,
    /// Coexistence syncs already used: (phone id, sync type).
    pub(crate) syncs: std::collections::BTreeSet<(String, String)>,
}
