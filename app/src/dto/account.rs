//! The page "Account".

use super::UnixMs;
use serde::{Deserialize, Serialize};

/// Everything the page "Account" shows beyond the viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// When the password was last changed.
    pub password_changed_at: Option<UnixMs>,
    /// How many browsers are signed in, this one included.
    pub sessions: usize,
}
