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

impl AssetKind {
    /// Every kind.
    const ALL: [Self; 6] = [
        Self::Business,
        Self::FacebookPage,
        Self::InstagramAccount,
        Self::WhatsappAccount,
        Self::WhatsappNumber,
        Self::AdAccount,
    ];

    /// Its name, as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::FacebookPage => "facebook_page",
            Self::InstagramAccount => "instagram_account",
            Self::WhatsappAccount => "whatsapp_account",
            Self::WhatsappNumber => "whatsapp_number",
            Self::AdAccount => "ad_account",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
