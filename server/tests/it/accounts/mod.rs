//! People: accounts, teams, invitations and places.

mod audit;
mod invitations;
mod locations;
mod password_resets;
mod roles;
mod sessions;
mod sign_in;
mod sign_up;
