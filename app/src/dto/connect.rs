//! The page that starts a connection, and what the popup needs to begin.

use super::status::Permission;
use serde::{Deserialize, Serialize};

/// Everything the page "Connect with Meta" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectPage {
    /// What will be asked for, and why.
    pub permissions: Vec<Permission>,
    /// Whether the permissions come from a Login for Business configuration (all or nothing).
    pub by_configuration: bool,
    /// Whether the popup may be tried on a page that is not https (local trials).
    pub popup_on_http: bool,
    /// The connection to confirm again, when there is one.
    pub connection: Option<String>,
    /// Whether permissions declined before are to be asked for again.
    pub rerequest: bool,
    /// Whether an Instagram account without a Page can connect.
    pub instagram: bool,
    /// Whether the connection to confirm again is such an account's.
    pub by_instagram: bool,
    /// Why nothing can be connected now: the installation has no Meta app yet.
    pub blocked: Option<Blocked>,
}

/// Why the button is not offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// What is missing.
    pub what: String,
    /// What to do about it.
    pub todo: String,
}

/// The answer of `begin-connect` to the popup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopupStart {
    /// The attempt's id.
    pub attempt: String,
    /// The single-use state that comes back with the code.
    pub state: String,
    /// Goes into `FB.init` (Meta reference §2.1).
    pub app_id: String,
    /// Goes into `FB.login`, instead of `scopes`, when set (Meta reference §2.3).
    pub config_id: Option<String>,
    /// Permissions, comma separated, for the classic login.
    pub scopes: String,
    /// Such as `v26.0`.
    pub graph_version: String,
    /// Where Meta's script is loaded from.
    pub sdk_url: String,
}

/// The answer of a function the popup calls: where to go now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// A path of ours.
    pub path: String,
    /// Whether the attempt ended with its popup, and the page is to begin another one by redirect instead.
    pub begin_again: bool,
}
