//! Adding a WhatsApp number, and what the popup of Embedded Signup needs to begin.

use super::connect::PopupStart;
use serde::{Deserialize, Serialize};

/// Everything the page "Add a WhatsApp number" shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddNumberPage {
    /// Whether a number can be set up from here: the installation has a configuration of Embedded Signup.
    pub offered: bool,
    /// Whether the popup may be tried on a page that is not https (local trials).
    pub popup_on_http: bool,
    /// What a page for the operator adds: the setting that is missing.
    pub for_operator: bool,
}

/// The answer of `begin-signup-popup`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignupStart {
    /// What `FB.login` needs.
    pub popup: PopupStart,
    /// The origins that Meta's window posts its message from, each whole.
    pub origins: Vec<String>,
    /// The `extras` of a number for the Cloud API alone, as JSON.
    pub extras: String,
    /// The `extras` of a number that stays in the WhatsApp Business app, as JSON.
    pub extras_business_app: String,
}
