//! The main job: a business owner connects with Meta, chooses assets, and sees an honest status.
//!
//! In the order in which a connect runs: [`begin`], `callback` (redirect) or `popup` (JavaScript SDK), `finish` (code to
//! sealed token), `read_assets` ([`discover`] with progress; `renew` weighs a grant given once more), `choose`, and as durable jobs
//! `apply` (`unsubscribe` what left, `subscribe_app`, then subscribe and `prove` each asset), `subscribe_again` (one of them) and
//! `register` (numbers). Then `check`, `disconnect`, and [`status`] for looking; `upkeep` keeps what stands alive. [`set_up_links`] is the way in for somebody without an
//! account, `instagram` the one of accounts without a Page, `paste` the one with a system user's token, `transfer` takes over what another tenant holds.

mod apply;
mod attempt;
mod begin;
mod callback;
mod check;
mod choose;
mod chooser;
mod credentials;
mod disconnect;
mod disconnect_asset;
pub mod discover;
mod elsewhere;
mod facts;
mod finish;
mod found_assets;
mod give_up_keys;
mod grant;
mod health;
mod instagram;
mod login;
mod losses;
pub mod numbers;
mod paste;
mod popup;
mod prove;
mod read_assets;
mod register;
mod renew;
pub mod set_up_links;
pub mod signup;
mod silence;
pub mod status;
mod subscribe_again;
mod subscribe_app;
mod test_message;
mod transfer;
mod unsubscribe;
mod upkeep;

pub(crate) use apply::apply_choice;
pub use apply::resume_applying;
pub use attempt::{AssetRow, AttemptProgress, AttemptView, Unread, find_unfinished, view_attempt, view_progress};
pub use begin::{Begun, begin, begin_instagram, is_of_instagram};
pub use callback::{CallbackQuery, Landing, callback, callback_of_guest};
pub(crate) use check::check_person;
pub use check::{CheckReport, check_all, check_connection};
pub use choose::choose;
pub use chooser::Chooser;
pub(crate) use disconnect::take_apart;
pub use disconnect::{
    CONFIRMATION, DisconnectChoices, DisconnectPlan, DisconnectView, disconnect, plan_disconnect, resume_disconnecting,
    retry_disconnect, view_disconnection,
};
pub use disconnect_asset::{AssetPlan, disconnect_asset, plan_disconnect_asset};
pub use found_assets::AssetDetail;
pub use give_up_keys::{GivenUp, give_up_keys};
pub use grant::{Permissions, Ungranted};
pub use health::{AssetHealth, Callback, CallbackLevel, HealthChange, list_changes, repair_asset};
pub(crate) use login::needed_permissions;
pub use login::{Entered, FormerSecret, InstagramSetup, MetaLogin, MetaSettingsError, MetaSetup, SetApp};
pub use losses::{Losses, LostAsset};
pub use paste::paste_token;
pub use popup::{PopupOutcome, exchange_popup_code, report_popup};
pub use read_assets::read_assets_again;
pub use register::enter_pin;
pub(crate) use register::register_number;
pub use renew::continue_without;
pub use silence::{Silence, notice_silence};
pub(crate) use subscribe_again::subscribe_again;
pub use subscribe_again::try_again;
pub use subscribe_app::resume_subscribing;
pub(crate) use subscribe_app::{callback_url, standing, subscribe, subscribe_app};
pub use test_message::{TestMessage, TestPlace, test_message};
pub use transfer::{MovePlan, is_movable, move_here, plan_move};
pub(crate) use upkeep::look_after;
pub use upkeep::{plan_upkeep, warn_of_ends};
