//! Taking over what another business of this installation has connected.

use super::health::Platform;
use serde::{Deserialize, Serialize};

/// Everything the page "Move it here" shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovePage {
    /// The attempt's id.
    pub attempt: String,
    /// The asset that was asked for.
    pub asset: String,
    /// What would move: platforms and names.
    pub assets: Vec<(Platform, String)>,
}
