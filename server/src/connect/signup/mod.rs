//! WhatsApp Embedded Signup: a number is set up in Meta's window, and its account comes with it (Meta reference §2.5).
//!
//! The window tells the page what it did (`event`, Meta reference §2.6), and the code becomes a connection as any other.
//! What a browser says is a hint: what was onboarded is what the token covers (`onboarded`).

mod begin;
mod event;
mod exchange;
mod onboarded;

pub use begin::{Way, begin_signup};
pub use event::{SignupEvent, SignupOutcome};
pub use exchange::{exchange_signup_code, report_signup};
pub use onboarded::Onboarded;
pub(super) use onboarded::keep_what_was_onboarded;
