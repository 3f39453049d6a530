//! Invitations to join a tenant. The link's secret is stored as a hash.

use super::{
    Db,
    audit::Said,
    memberships::Role,
    users::{self, NewUser},
};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{InvitationId, TenantId, UserId},
};

/// An invitation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Invitation {
    /// Its identifier.
    pub id: InvitationId,
    /// The tenant that it opens.
    pub tenant_id: TenantId,
    /// The tenant's name.
    pub tenant_name: String,
    /// For whom, lower case.
    pub email: String,
    /// As what.
    pub role: Role,
    /// The name of the person who invited.
    pub invited_by: String,
    /// Until when, Unix milliseconds.
    pub expires_at: i64,
}

/// A new invitation.
#[derive(Debug)]
pub struct NewInvitation<'a> {
    /// Its identifier.
    pub id: &'a InvitationId,
    /// For whom, lower case.
    pub email: &'a str,
    /// As what.
    pub role: Role,
    /// The hash of the link's secret.
    pub token_hash: &'a str,
    /// Who invites.
    pub created_by: &'a UserId,
    /// When the link ends.
    pub expires_at: Timestamp,
}

/// Adds an invitation; one for the same address that is still open is revoked by it.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    new: &NewInvitation<'_>,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<()> {
    const REVOKE: &str = "UPDATE invitations SET revoked_at = $3
        WHERE tenant_id = $1 AND email = $2 AND accepted_at IS NULL AND revoked_at IS NULL";
    const INSERT: &str =
        "INSERT INTO invitations (id, tenant_id, email, role, token_hash, created_by, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    in_transaction!(db, tx => {
        sqlx::query(REVOKE).bind(tenant).bind(new.email).bind(now.as_millis()).execute(&mut *tx).await?;
        sqlx::query(INSERT).bind(new.id).bind(tenant).bind(new.email).bind(new.role).bind(new.token_hash)
            .bind(new.created_by).bind(now.as_millis()).bind(new.expires_at.as_millis()).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(())
    })
}

/// The invitations of a tenant that can still be accepted, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_open(db: &Db, tenant: &TenantId, now: Timestamp) -> Result<Vec<Invitation>> {
    const SQL: &str =
        "SELECT i.id, i.tenant_id, t.name AS tenant_name, i.email, i.role, u.name AS invited_by, i.expires_at
        FROM invitations i JOIN tenants t ON t.id = i.tenant_id JOIN users u ON u.id = i.created_by
        WHERE i.tenant_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2
        ORDER BY i.created_at DESC, i.id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(now.as_millis()).fetch_all(pool).await)?)
}

/// The open invitation whose link carries the secret with this hash. The secret is the authority, so no tenant is asked.
///
/// # Errors
/// When the database fails.
pub async fn find_open_by_token_across_tenants(
    db: &Db,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Invitation>> {
    const SQL: &str =
        "SELECT i.id, i.tenant_id, t.name AS tenant_name, i.email, i.role, u.name AS invited_by, i.expires_at
        FROM invitations i JOIN tenants t ON t.id = i.tenant_id JOIN users u ON u.id = i.created_by
        WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(token_hash).bind(now.as_millis()).fetch_optional(pool).await)?)
}

const USE: &str = "UPDATE invitations SET accepted_at = $3
    WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3";
const JOIN: &str = "INSERT INTO memberships (tenant_id, user_id, role, created_at)
    SELECT tenant_id, $3, role, $4 FROM invitations WHERE tenant_id = $1 AND id = $2 ON CONFLICT DO NOTHING";

/// Takes the person in and uses the invitation up, both or neither. `false` when it was used, revoked or ended meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn mark_accepted(
    db: &Db,
    tenant: &TenantId,
    id: &InvitationId,
    user: &UserId,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    in_transaction!(db, tx => {
        let used = sqlx::query(USE).bind(tenant).bind(id).bind(now.as_millis()).execute(&mut *tx).await?.rows_affected();
        if used == 1 {
            sqlx::query(JOIN).bind(tenant).bind(id).bind(user).bind(now.as_millis()).execute(&mut *tx).await?;
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(used == 1)
    })
}

/// Adds a person, takes them in and uses the invitation up: all or nothing. `false` when the address has an account.
///
/// # Errors
/// [`Error::NotFound`] when the invitation was used, revoked or ended meanwhile; when the database fails.
pub async fn mark_accepted_by_new(
    db: &Db,
    tenant: &TenantId,
    id: &InvitationId,
    user: &NewUser<'_>,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    in_transaction!(db, tx => {
        let added = sqlx::query(users::INSERT).bind(user.id).bind(user.email).bind(user.name).bind(user.password_hash)
            .bind(user.operator).bind(now.as_millis()).execute(&mut *tx).await?.rows_affected();
        if added == 0 {
            return Ok(false);
        }
        let used = sqlx::query(USE).bind(tenant).bind(id).bind(now.as_millis()).execute(&mut *tx).await?.rows_affected();
        if used == 0 {
            return Err(Error::NotFound("invitation"));
        }
        sqlx::query(JOIN).bind(tenant).bind(id).bind(user.id).bind(now.as_millis()).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Ends an invitation before it is accepted. `false` when there is no such open invitation.
///
/// # Errors
/// When the database fails.
pub async fn mark_revoked(
    db: &Db,
    tenant: &TenantId,
    id: &InvitationId,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE invitations SET revoked_at = $3
        WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL";
    in_transaction!(db, tx => {
        let rows = sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(&mut *tx).await?.rows_affected();
        if rows == 1 {
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(rows == 1)
    })
}

/// Removes invitations that ended before `moment`, at most `limit`: they have the addresses of people who may never have come.
/// Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended_across_tenants(db: &Db, moment: Timestamp, limit: i64) -> Result<u64> {
    const SQL: &str = "DELETE FROM invitations
        WHERE id IN (SELECT id FROM invitations WHERE expires_at < $1 ORDER BY expires_at, id LIMIT $2)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment).bind(limit).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
