//! What Meta's webhooks say (Meta reference §7): a body becomes events. Pure: no database, no clock.

mod event;

pub use event::{
    Attachment, Content, Direction, Event, Happening, Identity, IdentityKind, Participant, Reach, SentStatus,
};

/// Stand-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("x")]
pub struct Unreadable;
impl Unreadable {
    /// For people.
    pub fn explanation(&self) -> crate::explanation::Explanation {
        crate::explanation::Explanation::new("a", "b", "c", "d")
    }
}
/// Stand-in.
pub fn read(_: &[u8], _: crate::clock::Timestamp) -> Result<Vec<Event>, Unreadable> {
    Ok(Vec::new())
}
