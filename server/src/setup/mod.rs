//! The set-up doctor: the Meta app as it was entered, what Meta says of it, what was seen of it, and what is left to do.
//!
//! [`save_app`] takes the app in. [`ask_meta`] asks Meta and keeps the answers; [`view`] judges them together with what this
//! installation has seen itself. [`machine_checks`] looks at the machine, for `attache doctor`. [`review_kit`] writes what
//! Meta's App Review wants to read.

mod answers;
mod app;
mod check;
mod format;
mod judge;
mod machine;
mod review;
mod review_texts;
mod values;
mod view;

pub use answers::{Answer, Answers, ask_meta};
pub use app::{AppInput, AppView, Origin, end_overlap, save_app, show_verify_token, subscribe_webhooks};
pub use check::{Action, Check, Group, State};
pub use machine::{Disk, database_check, machine_checks};
pub use review::{ReviewEntry, ReviewKit, ReviewStep, review_kit};
pub use values::{Value, values};
pub use view::{SetupView, check_again, doctor, version_check, view};
