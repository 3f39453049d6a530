//! Every function of `server::db` on both databases, each beside a tenant whose business it is not.

mod assets;
mod attempts;
mod audit;
mod connection_log;
mod connections;
mod credentials;
mod delivery_pages;
mod disconnections;
mod events;
mod evidence;
mod invitations;
mod jobs;
mod journal;
mod locations;
mod memberships;
mod meta_apps;
mod numbers;
mod open;
mod rate_limits;
mod selection;
mod sessions;
mod set_up_links;
mod staged_grants;
mod tenants;
mod upkeep;
mod users;
