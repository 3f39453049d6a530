//! Who looks.

use crate::caller::caller;
use crate::dto::viewer::{Role, TenantChoice, Viewer};
use crate::error::AppError;
use server::accounts::{self, Actor};

/// A role in the page's words.
pub fn role(role: accounts::Role) -> Role {
    match role {
        accounts::Role::Owner => Role::Owner,
        accounts::Role::Admin => Role::Admin,
        accounts::Role::Agent => Role::Agent,
    }
}

/// The person who is signed in, as pages know them.
pub fn viewer(actor: &Actor) -> Viewer {
    let tenant = |m: &server::db::memberships::Membership| TenantChoice {
        id: m.tenant_id.to_string(),
        name: m.tenant_name.clone(),
    };
    Viewer {
        user_id: actor.user_id.to_string(),
        name: actor.name.clone(),
        email: actor.email.clone(),
        role: actor.membership.as_ref().map_or(Role::Agent, |m| role(m.role)),
        tenant: actor.membership.as_ref().map(tenant),
        tenants: actor.memberships.iter().map(tenant).collect(),
        operator: actor.operator,
    }
}

/// The person who is signed in.
///
/// # Errors
/// When nobody is.
pub async fn signed_in() -> Result<Viewer, AppError> {
    Ok(viewer(caller()?.actor()?))
}
