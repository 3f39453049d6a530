//! The few things HTML cannot do. Each wraps what the server has drawn already and adds behaviour to it; without
//! them every page still works.

pub mod connect;
pub mod copy;
pub mod dom;
pub mod meta_sdk;
pub mod picker;
pub mod progress;
pub mod theme;
