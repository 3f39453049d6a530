//! Webhooks, from what happened to the answer of the product (Meta reference §7).
//!
//! What happens: [`customer`], [`business`], [`account_event`], [`sample`], in the words of [`messenger`], [`instagram`],
//! [`comments`] and [`whatsapp`]. How it is told: [`update`] → [`audience`] → [`outbox`] → [`envelope`] → [`escape`] →
//! [`signature`] → [`send`] → [`schedule`], driven by [`driver`].

mod account_event;
mod audience;
mod business;
mod comments;
mod compliance;
mod content;
mod customer;
mod delivery;
mod driver;
mod envelope;
mod escape;
mod instagram;
mod messenger;
mod outbox;
mod parties;
mod people;
mod sample;
mod sample_files;
mod schedule;
mod send;
mod signature;
mod switches;
mod update;
pub(crate) mod whatsapp;

pub use audience::Silence;
pub use business::Deed;
pub(crate) use business::echo;
pub use compliance::{DeletionAnswer, SignedRequestForm};
pub(crate) use compliance::{deauthorize, delivery as compliance_delivery, request_deletion, signed_request};
pub use content::{Circumstances, Content, MediaKind};
pub use customer::Done;
pub(crate) use delivery::Delivery;
pub use delivery::{Attempt, DeliveryKind, PendingDelivery};
pub(crate) use driver::{deliver_due, deliver_during, start};
pub(crate) use outbox::Outbox;
pub use outbox::{Unheard, Warning};
pub(crate) use parties::{Parties, Platform};
pub use people::NoSuchParty;
pub(crate) use people::digits;
pub(crate) use sample::dashboard;
pub use signature::Signature;
pub use switches::WebhookSwitches;
pub use update::{Shape, Update};
