//! The set-up doctor: a Meta app as it was entered, what Meta says of it, what was seen of it, and what is left to do.
//!
//! [`save_app`] takes the installation's app in, [`save_own_app`] a business's own. [`ask_meta`] asks Meta and keeps the
//! answers; [`view`] and [`own_view`] judge them together with what this installation has seen itself. [`machine_checks`] looks
//! at the machine, for `attache doctor`. [`review_kit`] writes what Meta's App Review wants to read.

mod answers;
mod app;
mod app_view;
mod businesses;
mod check;
mod format;
mod instagram;
mod installation;
mod judge;
mod machine;
mod own;
mod review;
mod review_texts;
mod side;
mod values;
mod view;

pub use answers::{Answer, Answers, ask_meta};
pub use app::AppInput;
pub use app_view::{AppView, Origin};
pub use check::{Action, Check, Group, State};
pub use instagram::{InstagramInput, save_instagram, save_own_instagram};
pub use installation::{check_again, end_overlap, review_kit, save_app, show_verify_token, subscribe_webhooks, view};
pub use machine::{Disk, database_check, machine_checks};
pub use own::{
    OwnAppView, check_own_app, end_own_overlap, own_review_kit, own_view, remove_own_app, save_own_app,
    show_own_verify_token, subscribe_own_webhooks,
};
pub use review::{ReviewEntry, ReviewKit, ReviewStep};
pub use values::Value;
pub use view::{SetupView, doctor, version_check};
