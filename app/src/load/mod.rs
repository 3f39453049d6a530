//! What pages show, read from `server` for the person who asks.

pub mod activity;
pub mod add_number;
pub mod admin;
pub mod attempt;
pub mod connect;
pub mod deletion;
pub mod deliveries;
pub mod developers;
pub mod disconnect;
pub mod evidence;
pub mod health;
pub mod help;
pub mod move_here;
pub mod number_facts;
pub mod numbers;
pub mod set_up_links;
pub mod setup;
pub mod status;
pub mod steps;
pub mod team;
pub mod test_message;
pub mod viewer;
pub mod wizard;
