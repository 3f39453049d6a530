//! The layers around every page and route.

mod api;
mod events;
mod layers;
mod security;
