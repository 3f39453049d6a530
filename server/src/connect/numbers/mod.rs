//! A tenant's WhatsApp numbers, one by one: what is known of each, and what a person can do with it (Meta reference §6.3).
//!
//! [`list`] and [`get`] show the picture that is kept; [`read_again`] asks Meta for a new one. [`register`],
//! [`request_code`], [`verify_code`], [`set_pin`] and [`deregister`] act at Meta, at once, and answer with its answer.

mod business_app;
mod code;
mod deregister;
mod name;
mod opened;
mod pin;
mod read;
mod registration;
mod view;

pub(in crate::connect) use business_app::ask_where_due as ask_for_syncs_where_due;
pub(crate) use business_app::sync_business_app;
pub use business_app::{AppSync, AppSyncState};
pub use code::{CODE_LANGUAGES, request_code, verify_code};
pub use deregister::deregister;
pub use name::rename;
pub use pin::set_pin;
pub use read::read_again;
pub use registration::register;
pub use view::{NumberView, Registration, get, list};
