//! How webhooks are delivered.

use serde::{Deserialize, Serialize};

/// How webhooks are delivered; the defaults are a quiet day at Meta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookSwitches {
    /// Nothing goes out by itself, only when told.
    pub held: bool,
    /// Most updates in one body, 1 to 1,000. They are put together when they wait at the same time.
    pub batch: usize,
    /// Each delivery is sent so many times more.
    pub duplicates: u32,
    /// Updates and deliveries that wait at the same time go out in any order.
    pub shuffle: bool,
    /// Deliveries on their way at the same time.
    pub parallel: usize,
    /// The older `X-Hub-Signature` (SHA-1) is sent too.
    pub sha1: bool,
    /// `<`, `%` and `@` are escaped as well.
    pub escape_more: bool,
    /// WhatsApp's first status arrives before the send call is answered.
    pub status_first: bool,
    /// WhatsApp answers a message outside the window with 200 and reports 131047 as a `failed` status (Meta reference §8.1).
    pub window_error_later: bool,
    /// WhatsApp accepts every message and reports this error later: 131026, 131042, 131049, 131050, ….
    pub fail_with: Option<u32>,
    /// Messages a business sends are read by themselves, not only when the customer looks.
    pub read_at_once: bool,
    /// WhatsApp leaves the customer's number out: BSUIDs only (Meta reference §7.6.4).
    pub bsuid_only: bool,
    /// Objects of which nothing is told, although everything is subscribed: `instagram`, `whatsapp_business_account`, `page`.
    pub silent: Vec<String>,
    /// Comments on Instagram come as `entry.field` and `entry.value`, as Instagram Login apps get them (Meta reference §7.5).
    pub instagram_login: bool,
}

impl Default for WebhookSwitches {
    fn default() -> Self {
        Self {
            held: false,
            batch: 1,
            duplicates: 0,
            shuffle: false,
            parallel: 1,
            sha1: false,
            escape_more: false,
            status_first: false,
            window_error_later: true,
            fail_with: None,
            read_at_once: false,
            bsuid_only: false,
            silent: Vec::new(),
            instagram_login: false,
        }
    }
}
