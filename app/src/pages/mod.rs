//! Every page: its sentences and its shape, drawn from plain data on the server.

pub mod account;
pub mod activity;
pub mod admin;
pub mod admin_intake;
pub mod attempt;
pub mod connect;
pub mod deletion;
pub mod deliveries;
pub mod delivery;
pub mod disconnect;
pub mod error;
pub mod help;
pub mod join;
pub mod legal;
pub mod sign_in;
pub mod status;
pub mod status_assets;
pub mod status_cards;
pub mod status_connections;
pub mod team;
pub mod team_people;
pub mod test_message;
pub mod wizard;
