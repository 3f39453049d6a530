//! What people see of Attaché: pages, components, and the server functions behind their buttons.
//!
//! The pages are rendered on the server alone and every form works without a line of script. In the browser a few
//! small *islands* add what HTML cannot do: Meta's popup, live progress, filtering a long list.
//!
//! With the feature `ssr` this crate is a web site ([`router::router`]); with `hydrate` it is the islands.

#![recursion_limit = "512"] // The types of nested views are deep.

pub mod api;
pub mod dto;
pub mod error;
pub mod islands;
pub mod signup;

#[cfg(feature = "ssr")]
pub mod acting_for;
#[cfg(feature = "ssr")]
pub mod caller;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod load;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod router;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod visit;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use router::router;
#[cfg(feature = "ssr")]
pub use shell::shell;
