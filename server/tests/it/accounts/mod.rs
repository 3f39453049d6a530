//! People: accounts, teams, invitations and places.

mod audit;
mod invitations;
mod locations;
mod roles;
mod sessions;
mod sign_in;
mod sign_up;
