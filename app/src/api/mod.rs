//! Server functions: what a button or form asks the server to do. Each is a few lines that call `server`.
//!
//! Every one has the address `/rpc/<endpoint>` and takes a url-encoded body. Plain forms reach them through
//! [`crate::forms`]; islands call them directly.

#![allow(missing_docs)] // The macro makes a struct of each function's arguments.

pub mod accounts;
pub mod admin;
pub mod connect;
pub mod connections;
pub mod deliveries;
pub mod developers;
pub mod language;
pub mod locations;
pub mod numbers;
pub mod own_app;
pub mod passwords;
pub mod set_up_links;
pub mod setup;
pub mod signup;
pub mod team;
pub mod theme;
