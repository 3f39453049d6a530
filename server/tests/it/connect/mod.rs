//! Connecting with Meta, against Meta in a box.

mod again;
mod bad_answers;
mod check;
mod departed;
mod disconnect;
mod events;
mod health;
mod popup;
mod redirect;
mod registering;
mod restart;
mod returns;
mod silence;
mod subscribing;
mod tenants;
mod upkeep;
mod worlds;
