//! What pages show, read from `server` for the person who asks.

pub mod activity;
pub mod admin;
pub mod attempt;
pub mod connect;
pub mod deletion;
pub mod deliveries;
pub mod disconnect;
pub mod evidence;
pub mod help;
pub mod status;
pub mod team;
pub mod test_message;
pub mod viewer;
pub mod wizard;
