//! The public page about a deletion.

use super::UnixMs;
use serde::{Deserialize, Serialize};

/// How far a request to delete somebody's data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeletionPage {
    /// Nobody was ever given this code.
    Unknown,
    /// It came in and is being carried out.
    Received {
        /// When it came.
        at: UnixMs,
    },
    /// Everything is deleted.
    Done {
        /// When it came.
        at: UnixMs,
        /// When it was done.
        done_at: UnixMs,
    },
}
