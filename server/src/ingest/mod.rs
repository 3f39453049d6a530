//! What Meta sends, from the door to what people see.
//!
//! In the order in which a webhook goes: [`Signature`] (is it Meta's?), [`Journal`] (stored before anybody is told so).
//! Beside it: [`answer_handshake`], by which Meta asks whether the callback is ours, and [`Refusals`], the count of what was
//! turned away.

mod app;
mod handshake;
mod intake;
mod journal;
mod refusal;
mod refusals;
mod signature;

pub use app::WebhookApp;
pub use handshake::{HandshakeQuery, answer_handshake};
pub use intake::{BODY_LIMIT, Intake, app_for};
pub use journal::{Journal, JournalLimits, Room};
pub use refusal::Refusal;
pub use refusals::Refusals;
pub use signature::{Secrets, Signature};
