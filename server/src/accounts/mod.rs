//! People: signing up, signing in, teams, invitations and places.

mod actor;
mod api_keys;
mod email;
mod invite;
mod join;
pub(crate) mod limits;
mod locations;
mod password;
mod sign_in;
mod sign_up;
mod team;

pub use actor::{Actor, TenantActor};
pub use api_keys::{
    IssuedApiKey, create_api_key, find_api_caller, issue_api_key, list_api_keys, revoke_api_key, withdraw_api_key,
};
pub use email::Email;
pub use invite::{IssuedInvitation, invite, list_invitations, revoke_invitation};
pub use join::{JoinInvitation, find_invitation, join_as_new, join_as_self};
pub use locations::{add_location, assign_location, delete_location, list_locations, rename_location};
pub use password::{MIN_PASSWORD_CHARS, Passwords};
pub use sign_in::{change_name, change_password, sign_in, sign_out_everywhere};
pub use sign_up::{SignUp, create_operator, sign_up};
pub use team::{change_role, list_members, remove_member};

pub use crate::db::memberships::Role;
