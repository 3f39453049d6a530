//! What Meta's webhooks say (Meta reference §7): a body becomes events. Pure: no database, no clock.
//!
//! [`envelope`] opens the body and its entries; [`page`], [`instagram`], [`whatsapp`] and [`grants`] read what is in them.
//! Nothing is dropped: what cannot be read becomes [`Happening::Unknown`] with its piece of the body.

mod envelope;
mod event;
mod events;
mod feed;
mod grants;
mod instagram;
mod lenient;
mod mend;
mod messaging;
mod messaging_message;
mod page;
mod participant;
mod scene;
mod unreadable;
mod whatsapp;

pub use event::{
    Attachment, Content, Direction, Event, Happening, Identity, IdentityKind, Participant, Raw, Reach, SentStatus,
};
pub(crate) use events::bytes_of;
pub use unreadable::Unreadable;

use crate::clock::Timestamp;

/// Everything that a webhook's body tells, in its order; at least one event for each entry, change, message, status and
/// error in it. `received` stands in where Meta names no time. Reads the bytes as they came, whoever signed them: who may
/// be told of an event is decided by its route.
///
/// # Errors
/// When the body is no JSON, too deep, no webhook at all, or more than one can be.
pub fn read(body: &[u8], received: Timestamp) -> Result<Vec<Event>, Unreadable> {
    let body = unreadable::parse(body)?;
    envelope::read(&body, received)
}
