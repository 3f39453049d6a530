//! What Meta's webhooks say (Meta reference §7): a body becomes events. Pure: no database, no clock.

mod event;

pub use event::{
    Attachment, Content, Direction, Event, Happening, Identity, IdentityKind, Participant, Reach, SentStatus,
};
