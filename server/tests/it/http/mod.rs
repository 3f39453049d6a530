//! The layers around every page and route.

mod events;
mod layers;
mod security;
