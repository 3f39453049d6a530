//! The Graph API.

mod access;
mod auth;
mod batch;
mod debug;
mod dispatch;
mod errors;
mod fields;
mod handshake;
mod http;
mod multi;
mod multipart;
mod nodes;
mod numbers;
mod oauth;
mod paging;
mod params;
mod people;
mod render;
mod send;
mod subscribed_apps;
mod subscriptions;
mod system_users;
pub(crate) mod usage;
mod versions;

pub(crate) use auth::{identify, problem, unparsable};
pub(crate) use errors::GraphError;
pub(crate) use http::handle;
pub(crate) use params::Params;

/// The dialog ticks and lists what the Graph later shows.
pub(crate) use debug::assets;
pub(crate) use oauth::mint;
