//! What pages show: plain data, no secret among it, times as unix milliseconds.

pub mod activity;
pub mod admin;
pub mod attempt;
pub mod connect;
pub mod deletion;
pub mod deliveries;
pub mod developers;
pub mod disconnect;
pub mod disconnect_asset;
pub mod health;
pub mod help;
pub mod kind;
pub mod move_here;
pub mod numbers;
pub mod passwords;
pub mod reason;
pub mod set_up_links;
pub mod setup;
pub mod signup;
pub mod status;
pub mod team;
pub mod test_message;
pub mod viewer;
pub mod wizard;

/// A moment: milliseconds since 1970-01-01 UTC.
pub type UnixMs = i64;
