//! What pages show, read from `server` for the person who asks.

pub mod account;
pub mod activity;
pub mod admin;
pub mod connect;
pub mod disconnect;
pub mod status;
pub mod team;
