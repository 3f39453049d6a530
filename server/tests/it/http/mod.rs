//! The layers around every page and route.

mod layers;
mod security;
