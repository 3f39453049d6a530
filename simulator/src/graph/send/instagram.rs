//! Instagram's rules (Meta reference §8.3, §8.4).

use super::messenger::Body;
use crate::graph::errors::GraphError;

/// Longest text, in bytes of UTF-8.
const BYTES: usize = 1_000;

/// Whether this may be sent now.
pub(super) fn allowed(body: &Body, silent_for: Option<i64>) -> Result<(), GraphError> {
    if body.said.as_str().is_some_and(|text| text.len() > BYTES) {
        return Err(GraphError::new(
            100,
            "(#100) Length of param message[text] must be less than or equal to 1000 bytes",
        ));
    }
    if body.attachments.as_array().is_some_and(|all| all.len() > 10) {
        return Err(GraphError::new(100, "(#100) Param message[attachments] has too many elements."));
    }
    let patience = body.patience()?.unwrap_or_default();
    if silent_for.is_some_and(|silent| silent < patience) {
        return Ok(());
    }
    Err(GraphError::new(10, "(#10) This message is sent outside of allowed window.").subcode(2_534_022).status(403))
}

/// Nobody this account knows.
pub(super) fn no_such_user() -> GraphError {
    GraphError::new(100, "(#100) The requested user cannot be found.").subcode(2_534_014)
}
