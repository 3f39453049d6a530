//! Inviting people by a link.

use std::time::Duration;

use secrecy::SecretString;

use super::{Actor, Email, Role};
use crate::{
    clock::Timestamp,
    db::invitations::{self, Invitation, NewInvitation},
    error::{Error, Result},
    hashing::hash_token,
    ids::InvitationId,
    services::Services,
};

/// How long a link works.
const LIFE: Duration = Duration::from_secs(7 * 24 * 3600);

/// An invitation just made. Its secret is known only now.
#[derive(Debug)]
pub struct IssuedInvitation {
    /// Its identifier.
    pub id: InvitationId,
    /// The link to hand over: shown once.
    pub link: SecretString,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Invites somebody into the actor's tenant. An open invitation for the same address ends.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; only an owner makes owners. [`Error::Invalid`].
pub async fn invite(services: &Services, actor: &Actor, email: &str, role: Role) -> Result<IssuedInvitation> {
    let actor = actor.admin()?;
    if role == Role::Owner && actor.role != Role::Owner {
        return Err(Error::Forbidden("Only an owner can invite another owner."));
    }
    let email: Email = email.parse()?;
    let token = services.entropy().token();
    let id = InvitationId::new(services.ids());
    let now = services.clock().now();
    let new = NewInvitation {
        id: &id,
        email: email.as_str(),
        role,
        token_hash: &hash_token(&token),
        created_by: &actor.user_id,
        expires_at: now.plus(LIFE),
    };
    let said = actor.did(services, "invitation.created", email.as_str()).await?;
    invitations::insert(services.db(), &actor.tenant_id, &new, &said, now).await?;
    let expires_at = new.expires_at;
    let link = SecretString::from(format!("{}join/{token}", services.public_url()));
    Ok(IssuedInvitation { id, link, expires_at })
}

/// The invitations of the actor's tenant that can still be accepted.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin.
pub async fn list_invitations(services: &Services, actor: &Actor) -> Result<Vec<Invitation>> {
    let actor = actor.admin()?;
    invitations::list_open(services.db(), &actor.tenant_id, services.clock().now()).await
}

/// Ends an invitation before it is accepted.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; [`Error::NotFound`].
pub async fn revoke_invitation(services: &Services, actor: &Actor, id: &InvitationId) -> Result<()> {
    let actor = actor.admin()?;
    let now = services.clock().now();
    let open = invitations::list_open(services.db(), &actor.tenant_id, now).await?;
    let invitation = open.into_iter().find(|open| open.id == *id).ok_or(Error::NotFound("invitation"))?;
    let said = actor.did(services, "invitation.revoked", &invitation.email).await?;
    if invitations::mark_revoked(services.db(), &actor.tenant_id, id, &said, now).await? {
        Ok(())
    } else {
        Err(Error::NotFound("invitation"))
    }
}
