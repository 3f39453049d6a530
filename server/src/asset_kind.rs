//! What can be found at Meta and connected.

use serde::{Deserialize, Serialize};

/// What kind of thing an asset is, in Meta's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AssetKind {
    /// A business portfolio. Groups the others; not selected itself.
    Business,
    /// A Facebook Page.
    FacebookPage,
    /// An Instagram professional account, reached through its Page.
    InstagramAccount,
    /// A WhatsApp Business account (WABA). Selected with its first number.
    WhatsappAccount,
    /// A phone number of a WhatsApp Business account.
    WhatsappNumber,
    /// An ad account.
    AdAccount,
}
