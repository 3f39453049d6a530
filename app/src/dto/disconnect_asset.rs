//! Disconnecting one asset.

use super::health::Platform;
use serde::{Deserialize, Serialize};

/// Everything the page "Disconnect" of one asset shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisconnectAssetPage {
    /// The asset's id.
    pub asset: String,
    /// The connection that it is a part of.
    pub connection: String,
    /// The asset, first, and what goes with it: platforms and names.
    pub going: Vec<(Platform, String)>,
    /// Whether anything else is connected by the same connection.
    pub others: bool,
    /// Whether Meta sends events of it at all.
    pub receives: bool,
    /// Whether Meta goes on sending events, because what stays needs them.
    pub stays_subscribed: bool,
}
