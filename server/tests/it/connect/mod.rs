//! Connecting with Meta, against Meta in a box.

mod again;
mod bad_answers;
mod check;
mod coexistence;
mod departed;
mod disconnect;
mod events;
mod health;
mod moving;
mod numbers;
mod own_apps;
mod pasting;
mod popup;
mod redirect;
mod registering;
mod renewing;
mod restart;
mod returns;
mod set_up_links;
mod signup;
mod silence;
mod subscribing;
mod taking_apart;
mod tenants;
mod upkeep;
mod worlds;
