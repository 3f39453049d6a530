//! The page "Team", and invitations.

use super::viewer::role;
use crate::api::team::InvitationLink;
use crate::caller::caller;
use crate::dto::team::{InvitationPage, InvitationRow, LocationRow, Member, TeamPage};
use crate::error::AppError;
use crate::forms::FormAnswer;
use leptos::prelude::use_context;
use server::accounts::{self, Role};

/// Loads it.
///
/// # Errors
/// When nobody is signed in.
pub async fn page() -> Result<TeamPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let own = actor.member()?;
    let may_manage = actor.admin().is_ok();
    let members = accounts::list_members(services, actor).await?;
    let owners = members.iter().filter(|member| member.role == Role::Owner).count();
    let members = members.into_iter().map(|member| {
        let locked = match (member.role, own.role) {
            (Role::Owner, Role::Owner) if owners == 1 => "The only owner: make somebody else an owner first.",
            (Role::Owner, Role::Admin) => "Only an owner can change an owner.",
            _ => "",
        };
        Member {
            you: member.user_id == actor.user_id,
            user_id: member.user_id.to_string(),
            name: member.name,
            email: member.email,
            role: role(member.role),
            joined_at: member.created_at,
            locked: locked.into(),
        }
    });
    let members = members.collect();
    let invitations = if may_manage { accounts::list_invitations(services, actor).await? } else { Vec::new() };
    let invitations = invitations.into_iter().map(|invitation| InvitationRow {
        id: invitation.id.to_string(),
        role: role(invitation.role),
        email: invitation.email,
        expires_at: invitation.expires_at,
    });
    let invitations = invitations.collect();
    let locations = accounts::list_locations(services, actor).await?.into_iter();
    let answer = use_context::<FormAnswer>().filter(|answer| answer.action == "invite");
    Ok(TeamPage {
        members,
        invitations,
        locations: locations
            .map(|l| LocationRow { id: l.id.to_string(), name: l.name, assets: usize::try_from(l.assets).unwrap_or(0) })
            .collect(),
        fresh_link: answer.and_then(|a| serde_json::from_str::<InvitationLink>(&a.json).ok()).map(|made| made.link),
        may_manage,
    })
}

/// Loads the invitation behind a link.
///
/// # Errors
/// When it cannot be used any more.
pub async fn invitation(token: String) -> Result<InvitationPage, AppError> {
    let caller = caller()?;
    let found = accounts::find_invitation(&caller.services, &token.clone().into(), &caller.address).await?;
    Ok(InvitationPage {
        token,
        tenant: found.invitation.tenant_name,
        role: role(found.invitation.role),
        expires_at: found.invitation.expires_at,
        email: found.invitation.email,
        has_account: found.has_account,
        signed_in_as: caller.visit.signed_in().map(|who| who.actor.email.clone()),
    })
}
