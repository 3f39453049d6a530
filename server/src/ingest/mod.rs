//! What Meta sends, from the door to what people see.
//!
//! In the order in which a webhook goes: [`Signature`] (is it Meta's?), [`Journal`] (stored before anybody is told so),
//! [`worker`] (takes it from there), [`apply`] (whose is it, and what does it say), [`announce`] (who watches, hears of it).
//! Beside it: [`deliveries`], as people look at them, [`claims`] of what waited for somebody to connect its asset, [`answer_handshake`], by which Meta asks whether the callback is ours, and [`Refusals`], the count of what was
//! turned away.

mod allowance;
mod announce;
mod app;
pub(crate) mod apply;
mod claims;
pub mod deliveries;
mod gather;
mod handshake;
mod intake;
mod journal;
mod overview;
mod refusal;
mod refusals;
mod rest;
mod signature;
mod sweep;
mod worker;

use crate::panics::without_panic;

pub(crate) use announce::announce;
pub use app::WebhookApp;
pub use handshake::{HandshakeQuery, answer_handshake};
pub(crate) use intake::former_apps;
pub use intake::{BODY_LIMIT, Intake, IntakeSettings, Reader, app_for, read_bodies_with};
#[cfg(test)]
pub(crate) use journal::Memory;
pub use journal::{Journal, JournalLimits, Room};
pub use overview::{IntakeOverview, LOOK_BACK, RefusedView, backlog, overview};
pub use refusal::Refusal;
pub use refusals::Refusals;
use rest::rest;
pub use signature::{Signature, SigningKey};
pub use sweep::sweep_deliveries;
pub(crate) use worker::Claims;
pub use worker::{drain, spawn_worker};
