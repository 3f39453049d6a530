//! Who belongs to which tenant, and as what.

use super::{Db, audit::Said};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{TenantId, UserId},
};

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, including other owners.
    Owner,
    /// Connections, people and places.
    Admin,
    /// Messages and looking.
    Agent,
}

/// A person of a tenant.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Member {
    /// The person.
    pub user_id: UserId,
    /// The name people see.
    pub name: String,
    /// Lower case.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Since when, Unix milliseconds.
    pub created_at: i64,
}

/// A tenant that a person belongs to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Membership {
    /// The tenant.
    pub tenant_id: TenantId,
    /// The tenant's name.
    pub tenant_name: String,
    /// What the person may do there.
    pub role: Role,
}

/// The people of a tenant, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId) -> Result<Vec<Member>> {
    const SQL: &str = "SELECT m.user_id, u.name, u.email, m.role, m.created_at
        FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 ORDER BY u.name, u.id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// The tenants of a person, by name.
///
/// # Errors
/// When the database fails.
pub async fn list_by_user_across_tenants(db: &Db, user: &UserId) -> Result<Vec<Membership>> {
    const SQL: &str = "SELECT m.tenant_id, t.name AS tenant_name, m.role
        FROM memberships m JOIN tenants t ON t.id = m.tenant_id WHERE m.user_id = $1 ORDER BY t.name, t.id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(user).fetch_all(pool).await)?)
}

/// What a change of a member did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChange {
    /// It is done.
    Done,
    /// There is no such member.
    NoSuchMember,
    /// They are the only owner; a tenant keeps at least one.
    LastOwner,
}

/// Gives a member another role.
///
/// # Errors
/// When the database fails.
pub async fn update_role(
    db: &Db,
    tenant: &TenantId,
    user: &UserId,
    role: Role,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<MemberChange> {
    change(db, tenant, user, Some(role), said, now).await
}

/// Takes a member out of the tenant.
///
/// # Errors
/// When the database fails.
pub async fn delete(
    db: &Db,
    tenant: &TenantId,
    user: &UserId,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<MemberChange> {
    change(db, tenant, user, None, said, now).await
}

async fn change(
    db: &Db,
    tenant: &TenantId,
    user: &UserId,
    role: Option<Role>,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<MemberChange> {
    // Writing the tenant's row first makes two changes of one tenant follow each other, on PostgreSQL too.
    const LOCK: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const OWNERS: &str = "SELECT COUNT(*) FROM memberships WHERE tenant_id = $1 AND role = 'owner' AND user_id <> $2";
    const UPDATE: &str = "UPDATE memberships SET role = $3 WHERE tenant_id = $1 AND user_id = $2";
    const DELETE: &str = "DELETE FROM memberships WHERE tenant_id = $1 AND user_id = $2";
    const FIND: &str = "SELECT role FROM memberships WHERE tenant_id = $1 AND user_id = $2";
    in_transaction!(db, tx => {
        sqlx::query(LOCK).bind(tenant).execute(&mut *tx).await?;
        let Some(old) = sqlx::query_scalar::<_, Role>(FIND).bind(tenant).bind(user).fetch_optional(&mut *tx).await? else {
            return Ok(MemberChange::NoSuchMember);
        };
        let other_owners: i64 = sqlx::query_scalar(OWNERS).bind(tenant).bind(user).fetch_one(&mut *tx).await?;
        if old == Role::Owner && role != Some(Role::Owner) && other_owners == 0 {
            return Ok(MemberChange::LastOwner);
        }
        match role {
            Some(role) => sqlx::query(UPDATE).bind(tenant).bind(user).bind(role).execute(&mut *tx).await.map(drop)?,
            None => sqlx::query(DELETE).bind(tenant).bind(user).execute(&mut *tx).await.map(drop)?,
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(MemberChange::Done)
    })
}
