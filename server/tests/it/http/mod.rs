//! The layers around every page and route.

mod api;
mod api_endpoints;
mod api_numbers;
mod events;
mod layers;
mod security;
