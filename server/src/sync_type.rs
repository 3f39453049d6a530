//! What is taken over from the WhatsApp Business app (coexistence, Meta reference §2.9).

use serde::{Deserialize, Serialize};

/// What is taken over from the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SyncType {
    /// Its contacts.
    SmbAppStateSync,
    /// Its chats of up to 180 days.
    History,
}

impl SyncType {
    /// Both, in the order in which Meta wants them asked for.
    pub const ALL: [Self; 2] = [Self::SmbAppStateSync, Self::History];

    /// Meta's name of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SmbAppStateSync => "smb_app_state_sync",
            Self::History => "history",
        }
    }
}
