//! The people of a tenant.

use super::{Actor, Role, TenantActor};
use crate::{
    db::memberships::{self, Member, MemberChange},
    error::{Error, Result},
    ids::UserId,
    services::Services,
    words::failures::accounts as failures,
};

/// The people of the actor's tenant, by name.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant.
pub async fn list_members(services: &Services, actor: &Actor) -> Result<Vec<Member>> {
    memberships::list(services.db(), &actor.member()?.tenant_id).await
}

/// Gives a member another role.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; only owners touch owners. [`Error::NotFound`],
/// [`Error::Conflict`] for the last owner.
pub async fn change_role(services: &Services, actor: &Actor, user: &UserId, role: Role) -> Result<()> {
    let (admin, member) = allowed(services, actor, user, Some(role)).await?;
    let said = admin.did(services, "member.role_changed", &member.email).await?;
    let now = services.clock().now();
    settled(memberships::update_role(services.db(), &admin.tenant_id, user, role, &said, now).await?)?;
    services.live().person_changed(user);
    Ok(())
}

/// Takes a member out of the tenant. Their account stays.
///
/// # Errors
/// As [`change_role`].
pub async fn remove_member(services: &Services, actor: &Actor, user: &UserId) -> Result<()> {
    let (admin, member) = allowed(services, actor, user, None).await?;
    let said = admin.did(services, "member.removed", &member.email).await?;
    let now = services.clock().now();
    settled(memberships::delete(services.db(), &admin.tenant_id, user, &said, now).await?)?;
    services.live().person_changed(user);
    Ok(())
}

async fn allowed(
    services: &Services,
    actor: &Actor,
    user: &UserId,
    role: Option<Role>,
) -> Result<(TenantActor, Member)> {
    let admin = actor.admin()?;
    let members = memberships::list(services.db(), &admin.tenant_id).await?;
    let member = members.into_iter().find(|member| member.user_id == *user).ok_or(Error::NotFound("member"))?;
    if (member.role == Role::Owner || role == Some(Role::Owner)) && admin.role != Role::Owner {
        return Err(Error::Forbidden("Only an owner can change, remove or make an owner."));
    }
    Ok((admin, member))
}

fn settled(change: MemberChange) -> Result<()> {
    match change {
        MemberChange::Done => Ok(()),
        MemberChange::NoSuchMember => Err(Error::NotFound("member")),
        MemberChange::LastOwner => Err(Error::Conflict(failures::last_owner())),
    }
}
