//! Invitations, roles, members.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An invitation's link. It is shown once and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLink {
    /// The whole address.
    pub link: String,
}

/// Makes an invitation. Its link is in the answer, this once.
#[server(prefix = "/rpc", endpoint = "invite")]
pub async fn invite(role: String, #[server(default)] note: String) -> Result<InvitationLink, AppError> {
    Err(AppError::internal())
}

/// Withdraws an invitation.
#[server(prefix = "/rpc", endpoint = "revoke-invitation")]
pub async fn revoke_invitation(invitation: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Accepts an invitation, making an account or signing in to the one that exists.
#[server(prefix = "/rpc", endpoint = "accept-invitation")]
pub async fn accept_invitation(token: String, #[server(default)] name: String, email: String, password: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Gives a member another role.
#[server(prefix = "/rpc", endpoint = "change-role")]
pub async fn change_role(member: String, role: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Removes a member from the tenant.
#[server(prefix = "/rpc", endpoint = "remove-member")]
pub async fn remove_member(member: String) -> Result<(), AppError> {
    Err(AppError::internal())
}
