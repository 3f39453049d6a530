//! Connecting with Meta, against Meta in a box.

mod again;
mod bad_answers;
mod check;
mod coexistence;
mod departed;
mod disconnect;
mod events;
mod numbers;
mod popup;
mod redirect;
mod registering;
mod restart;
mod returns;
mod signup;
mod silence;
mod subscribing;
mod tenants;
mod worlds;
