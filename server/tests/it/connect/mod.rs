//! Connecting with Meta, against Meta in a box.

mod again;
mod bad_answers;
mod check;
mod departed;
mod disconnect;
mod events;
mod popup;
mod redirect;
mod registering;
mod renewing;
mod restart;
mod returns;
mod silence;
mod subscribing;
mod taking_apart;
mod tenants;
mod worlds;
