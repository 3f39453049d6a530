//! The main job: a business owner connects with Meta, chooses assets, and sees an honest status.
//!
//! In the order in which a connect runs: [`begin`], `callback` (redirect) or `popup` (JavaScript SDK), `finish` (code to
//! sealed token), `read_assets` ([`discover`] with progress), `choose`, and as durable jobs `apply` (`unsubscribe` what left,
//! `subscribe_app`, then subscribe and `prove` each asset), `subscribe_again` (one of them) and `register` (numbers). Then `check`,
//! `disconnect`, and [`status`] for looking.

mod apply;
mod attempt;
mod begin;
mod callback;
mod check;
mod choose;
mod credentials;
mod disconnect;
pub mod discover;
mod finish;
mod found_assets;
mod give_up_keys;
mod grant;
mod login;
pub mod numbers;
mod popup;
mod prove;
mod read_assets;
mod register;
pub mod signup;
mod silence;
pub mod status;
mod subscribe_again;
mod subscribe_app;
mod test_message;
mod unsubscribe;

pub(crate) use apply::apply_choice;
pub use apply::resume_applying;
pub use attempt::{AssetRow, AttemptProgress, AttemptView, Unread, find_unfinished, view_attempt, view_progress};
pub use begin::{Begun, begin};
pub use callback::{CallbackQuery, Landing, callback};
pub(crate) use check::check_person;
pub use check::{CheckReport, check_all, check_connection};
pub use choose::choose;
pub use disconnect::{DisconnectPlan, DisconnectStep, disconnect, disconnect_report, plan_disconnect};
pub use found_assets::AssetDetail;
pub use give_up_keys::{GivenUp, give_up_keys};
pub use grant::Permissions;
pub(crate) use login::needed_permissions;
pub use login::{FormerSecret, MetaLogin, MetaSettingsError, MetaSetup, SetApp};
pub use popup::{PopupOutcome, exchange_popup_code, report_popup};
pub use read_assets::read_assets_again;
pub use register::enter_pin;
pub(crate) use register::register_number;
pub use silence::{Silence, notice_silence};
pub(crate) use subscribe_again::subscribe_again;
pub use subscribe_again::try_again;
pub use subscribe_app::resume_subscribing;
pub(crate) use subscribe_app::{callback_url, standing, subscribe, subscribe_app};
pub use test_message::{TestMessage, TestPlace, test_message};
