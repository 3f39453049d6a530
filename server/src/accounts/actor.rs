//! Who acts. Flows that need a right ask for the type that proves it.

use crate::{
    db::{
        audit::Said,
        memberships::{Membership, Role},
        users::User,
    },
    error::{Error, Result},
    ids::{TenantId, UserId},
    observe,
    services::Services,
    words::failures::accounts as failures,
};

/// A signed-in person, with the tenant they act for when they belong to one.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who.
    pub user_id: UserId,
    /// Lower case.
    pub email: String,
    /// The name people see.
    pub name: String,
    /// Whether they run this installation.
    pub operator: bool,
    /// The tenant they act for, and as what.
    pub membership: Option<Membership>,
    /// Every tenant they belong to.
    pub memberships: Vec<Membership>,
}

/// A person acting for a tenant with a role that was checked.
#[derive(Debug, Clone)]
pub struct TenantActor {
    /// Who.
    pub user_id: UserId,
    /// The name people see.
    pub name: String,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// The tenant's name.
    pub tenant_name: String,
    /// As what.
    pub role: Role,
}

impl TenantActor {
    /// An entry of the audit log that says what this person did, to be written together with the change.
    ///
    /// # Errors
    /// When the key of the audit chains cannot be opened.
    pub async fn did<'a>(&'a self, services: &'a Services, action: &'a str, target: &'a str) -> Result<Said<'a>> {
        observe::said(services, (&self.user_id, &self.name), action, target).await
    }
}

impl Actor {
    /// The actor for `user`, acting for `tenant`, and for nobody when they do not belong to it (any more): never for another
    /// one in its place. Without `tenant` they act for their first one.
    pub fn new(user: User, memberships: Vec<Membership>, tenant: Option<&TenantId>) -> Self {
        let membership = match tenant {
            Some(tenant) => memberships.iter().find(|membership| membership.tenant_id == *tenant),
            None => memberships.first(),
        };
        let membership = membership.cloned();
        Self { user_id: user.id, email: user.email, name: user.name, operator: user.operator, membership, memberships }
    }

    /// Any member of a tenant.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a person who belongs to none, [`Error::Conflict`] for one who has to choose another.
    pub fn member(&self) -> Result<TenantActor> {
        let Some(membership) = &self.membership else {
            return Err(match self.memberships.is_empty() {
                true => Error::Forbidden("You do not belong to a business here."),
                false => Error::Conflict(failures::tenant_gone()),
            });
        };
        Ok(TenantActor {
            user_id: self.user_id.clone(),
            name: self.name.clone(),
            tenant_id: membership.tenant_id.clone(),
            tenant_name: membership.tenant_name.clone(),
            role: membership.role,
        })
    }

    /// An owner or admin: may connect, disconnect, and manage people and places.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anyone else.
    pub fn admin(&self) -> Result<TenantActor> {
        let actor = self.member()?;
        match actor.role {
            Role::Owner | Role::Admin => Ok(actor),
            Role::Agent => Err(Error::Forbidden("This needs the role owner or admin; yours is agent.")),
        }
    }

    /// An operator of the installation.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anyone else.
    pub fn operator(&self) -> Result<&Self> {
        if self.operator { Ok(self) } else { Err(Error::Forbidden("Only operators of this installation see this.")) }
    }
}
