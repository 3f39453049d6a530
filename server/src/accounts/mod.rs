//! People: signing up, signing in, forgotten passwords, teams, invitations and places.

mod actor;
mod api_keys;
mod email;
mod forgot;
mod invite;
mod join;
mod letters;
pub(crate) mod limits;
mod locations;
mod password;
mod reset;
mod reset_mail;
mod sign_in;
mod sign_up;
mod team;

pub use actor::{Actor, TenantActor};
pub use api_keys::{
    IssuedApiKey, create_api_key, find_api_caller, issue_api_key, list_api_keys, revoke_api_key, withdraw_api_key,
};
pub use email::Email;
pub use forgot::{ask_for_reset, sends_reset_links};
pub use invite::{IssuedInvitation, invite, list_invitations, revoke_invitation};
pub use join::{JoinInvitation, find_invitation, join_as_new, join_as_self};
pub use locations::{add_location, assign_location, delete_location, list_locations, rename_location};
pub use password::{MIN_PASSWORD_CHARS, Passwords};
pub use reset::{PasswordReset, find_reset, reset_password, reset_password_of};
pub(crate) use reset_mail::{send_reset_link, tell_password_changed};
pub use sign_in::{change_name, change_password, sign_in, sign_out_everywhere};
pub use sign_up::{SignUp, create_operator, sign_up};
pub use team::{change_role, list_members, remove_member};

pub use crate::db::memberships::Role;
