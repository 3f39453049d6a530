//! The pages for who forgot their password.

use super::UnixMs;
use crate::error::AppError;
use serde::{Deserialize, Serialize};

/// The page "Forgot your password?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgotPage {
    /// Whether this installation can send a link.
    pub sends_mail: bool,
}

/// The page that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResetPage {
    /// The link works.
    Open {
        /// The link's secret part, to be sent back.
        token: String,
        /// The address of the account whose password it sets.
        email: String,
        /// Until when it works.
        expires_at: UnixMs,
    },
    /// It does not work, and why.
    Ended(AppError),
}
