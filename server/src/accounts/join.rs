//! Accepting an invitation.

use secrecy::SecretString;

use super::{Actor, limits, sign_up::text};
use crate::{
    db::{
        audit::Said,
        invitations::{self, Invitation},
        users::{self, NewUser},
    },
    error::{Error, Result},
    hashing::hash_token,
    ids::{TenantId, UserId},
    observe,
    services::Services,
    words::failures::accounts as failures,
};

/// An open invitation, as the person who follows the link sees it.
#[derive(Debug, Clone)]
pub struct JoinInvitation {
    /// What was found behind the link.
    pub invitation: Invitation,
    /// Whether the invited address has an account, so that its owner signs in rather than up.
    pub has_account: bool,
}

/// The open invitation behind a link.
///
/// # Errors
/// [`Error::Refused`] when there is none; [`Error::Busy`].
pub async fn find_invitation(services: &Services, token: &SecretString, address: &str) -> Result<JoinInvitation> {
    limits::SIGN_IN_BY_ADDRESS.count(services, address).await?;
    let invitation = find(services, token).await?;
    let has_account = users::find_by_email(services.db(), &invitation.email).await?.is_some();
    Ok(JoinInvitation { invitation, has_account })
}

/// Accepts with a new account for the invited address.
///
/// # Errors
/// [`Error::Invalid`] by field, [`Error::Refused`] when the invitation ended, [`Error::Conflict`] when the address has
/// an account: its owner signs in and accepts as themselves.
pub async fn join_as_new(
    services: &Services,
    token: &SecretString,
    name: &str,
    password: SecretString,
    address: &str,
) -> Result<(UserId, TenantId)> {
    limits::SIGN_UP_BY_ADDRESS.count(services, address).await?;
    let name = text("name", name)?;
    services.passwords().check_new("password", &password)?;
    let invitation = find(services, token).await?;
    let password_hash = services.passwords().hash(password).await?;
    let user_id = UserId::new(services.ids());
    let user =
        NewUser { id: &user_id, email: &invitation.email, name: &name, password_hash: &password_hash, operator: false };
    let (db, tenant, now) = (services.db(), &invitation.tenant_id, services.clock().now());
    let said = joined(services, &invitation, &user_id, &name).await?;
    match invitations::mark_accepted_by_new(db, tenant, &invitation.id, &user, &said, now).await {
        Ok(true) => Ok((user_id, invitation.tenant_id)),
        Ok(false) => Err(Error::Conflict(failures::account_exists())),
        Err(Error::NotFound(_)) => Err(Error::Refused(failures::invitation_ended())),
        Err(error) => Err(error),
    }
}

/// Accepts with the account of the signed-in person, which must be the invited one.
///
/// # Errors
/// [`Error::Forbidden`] for another person's invitation, [`Error::Refused`] when it ended.
pub async fn join_as_self(services: &Services, token: &SecretString, actor: &Actor) -> Result<TenantId> {
    let invitation = find(services, token).await?;
    if invitation.email != actor.email {
        return Err(Error::Forbidden("This invitation is for another e-mail address than the one you signed in with."));
    }
    let (db, tenant, now) = (services.db(), &invitation.tenant_id, services.clock().now());
    let said = joined(services, &invitation, &actor.user_id, &actor.name).await?;
    if invitations::mark_accepted(db, tenant, &invitation.id, &actor.user_id, &said, now).await? {
        Ok(invitation.tenant_id)
    } else {
        Err(Error::Refused(failures::invitation_ended()))
    }
}

async fn find(services: &Services, token: &SecretString) -> Result<Invitation> {
    use secrecy::ExposeSecret as _;
    let hash = hash_token(token.expose_secret());
    invitations::find_open_by_token_across_tenants(services.db(), &hash, services.clock().now())
        .await?
        .ok_or(Error::Refused(failures::invitation_ended()))
}

async fn joined<'a>(
    services: &'a Services,
    invitation: &'a Invitation,
    user: &'a UserId,
    name: &'a str,
) -> Result<Said<'a>> {
    observe::said(services, (user, name), "member.joined", &invitation.email).await
}
