//! Invitations, roles, members.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    leptos_axum::redirect,
    secrecy::ExposeSecret as _,
    server::{
        accounts::{self, Actor, Role},
        db::users,
    },
};

/// An invitation's link. It is shown once and kept nowhere.
#[derive(Clone, Serialize, Deserialize)]
pub struct InvitationLink {
    /// The whole address.
    pub link: String,
}

#[cfg(feature = "ssr")]
fn role(name: &str) -> Result<Role, AppError> {
    match name {
        "owner" => Ok(Role::Owner),
        "admin" => Ok(Role::Admin),
        "agent" => Ok(Role::Agent),
        _ => Err(AppError::new(422, "invalid", "There is no such role.").todo("Choose one of the list.").field("role")),
    }
}

/// Makes an invitation. Its link is in the answer, this once.
#[server(prefix = "/rpc", endpoint = "invite")]
pub async fn invite(email: String, role: String) -> Result<InvitationLink, AppError> {
    let caller = caller()?;
    let issued = accounts::invite(&caller.services, caller.actor()?, &email, self::role(&role)?).await?;
    Ok(InvitationLink { link: issued.link.expose_secret().to_owned() })
}

/// Withdraws an invitation.
#[server(prefix = "/rpc", endpoint = "revoke-invitation")]
pub async fn revoke_invitation(invitation: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(accounts::revoke_invitation(&caller.services, caller.actor()?, &id(&invitation)?).await?)
}

/// Accepts an invitation: as the person who is signed in, else with the account of the invited address, else with a
/// new one.
#[server(prefix = "/rpc", endpoint = "accept-invitation")]
pub async fn accept_invitation(
    token: String,
    #[server(default)] name: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let (caller, token) = (caller()?, token.into());
    let services = &caller.services;
    let found = accounts::find_invitation(services, &token, &caller.address).await?;
    let (user, tenant) = if let Ok(actor) = caller.actor() {
        (actor.user_id.clone(), accounts::join_as_self(services, &token, actor).await?)
    } else if found.has_account {
        let email = &found.invitation.email;
        let user = accounts::sign_in(services, email, password.into(), &caller.address).await?;
        let user = users::get(services.db(), &user).await?.ok_or_else(AppError::internal)?;
        let actor = Actor::new(user, Vec::new(), None);
        (actor.user_id.clone(), accounts::join_as_self(services, &token, &actor).await?)
    } else {
        accounts::join_as_new(services, &token, &name, password.into(), &caller.address).await?
    };
    caller.begin_session(&user, Some(&tenant)).await?;
    redirect("/");
    Ok(())
}

/// Gives a member another role.
#[server(prefix = "/rpc", endpoint = "change-role")]
pub async fn change_role(member: String, role: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(accounts::change_role(&caller.services, caller.actor()?, &id(&member)?, self::role(&role)?).await?)
}

/// Removes a member from the tenant.
#[server(prefix = "/rpc", endpoint = "remove-member")]
pub async fn remove_member(member: String) -> Result<(), AppError> {
    let caller = caller()?;
    Ok(accounts::remove_member(&caller.services, caller.actor()?, &id(&member)?).await?)
}
