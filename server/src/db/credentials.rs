//! Sealed tokens.

use super::Db;
use crate::{
    error::Result,
    ids::{ConnectionId, CredentialId, TenantId},
    vault::Sealed,
};

/// The purpose under which the vault seals the values of this table.
pub const PURPOSE: &str = "credential";

/// What kind of token a credential is (Meta reference §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// A person's long-lived token.
    User,
    /// A business-integration system user's token.
    SystemUser,
    /// An Instagram account's own token, by Instagram Login.
    Instagram,
    /// A Page's token, derived from one of the others.
    Page,
    /// The PIN of a WhatsApp number (Meta reference §6.3). It is the number's, and outlives the connection.
    Pin,
    /// A person's or system user's, of a grant that is not in use yet.
    Staged,
    /// A Page's, of a grant that is not in use yet.
    StagedPage,
}

/// A sealed token.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Credential {
    /// Its identifier, part of the place that it is sealed for.
    pub id: CredentialId,
    /// Whose it is, part of the place that it is sealed for.
    pub tenant_id: TenantId,
    /// What kind of token it is.
    pub kind: CredentialKind,
    /// The Meta id that the token speaks for.
    pub subject: String,
    /// The token.
    pub sealed: Sealed,
    /// Since when it is kept, Unix milliseconds.
    pub created_at: i64,
}

/// The credentials of a connection.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<Vec<Credential>> {
    const SQL: &str = "SELECT id, tenant_id, kind, subject, sealed, created_at FROM credentials
        WHERE tenant_id = $1 AND connection_id = $2 ORDER BY kind, subject";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(connection).fetch_all(pool).await)?)
}

/// The PIN of a number, by its id at Meta: the latest that the tenant gave it, by whichever connection.
///
/// # Errors
/// When the database fails.
pub async fn find_pin(db: &Db, tenant: &TenantId, number: &str) -> Result<Option<Credential>> {
    const SQL: &str = "SELECT k.id, k.tenant_id, k.kind, k.subject, k.sealed, k.created_at
        FROM connections c JOIN credentials k ON k.connection_id = c.id AND k.kind = 'pin' AND k.subject = $2
        WHERE c.tenant_id = $1 ORDER BY k.created_at DESC, k.id DESC LIMIT 1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(number).fetch_optional(pool).await)?)
}

/// The credential of a connection that speaks for the person or the system user.
///
/// # Errors
/// When the database fails.
pub async fn find_main(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<Option<Credential>> {
    const SQL: &str = "SELECT id, tenant_id, kind, subject, sealed, created_at FROM credentials
        WHERE tenant_id = $1 AND connection_id = $2 AND kind IN ('user', 'system_user', 'instagram')";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(connection).fetch_optional(pool).await)?)
}

/// Up to `limit` credentials sealed with another key than `key_id`, by id, after `after`.
///
/// # Errors
/// When the database fails.
pub async fn list_sealed_with_other_key_across_tenants(
    db: &Db,
    key_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Credential>> {
    const SQL: &str = "SELECT id, tenant_id, kind, subject, sealed, created_at FROM credentials
        WHERE key_id <> $1 AND id > $2 ORDER BY id LIMIT $3";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(key_id).bind(after).bind(limit).fetch_all(pool).await)?)
}

/// The latest credential of each key in use: whether it opens tells whether the key is there and right.
///
/// # Errors
/// When the database fails.
pub async fn list_latest_by_key_across_tenants(db: &Db) -> Result<Vec<Credential>> {
    const SQL: &str = "SELECT id, tenant_id, kind, subject, sealed, created_at FROM credentials
        WHERE id IN (SELECT MAX(id) FROM credentials GROUP BY key_id) ORDER BY id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// How many credentials each key seals, by key.
///
/// # Errors
/// When the database fails.
pub async fn count_by_key_across_tenants(db: &Db) -> Result<Vec<(String, i64)>> {
    const SQL: &str = "SELECT key_id, COUNT(*) FROM credentials GROUP BY key_id ORDER BY key_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Removes a credential; answers the connection that it belonged to.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &Db, tenant: &TenantId, id: &CredentialId) -> Result<Option<ConnectionId>> {
    const SQL: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND id = $2 RETURNING connection_id";
    Ok(on_write!(db, pool => sqlx::query_scalar(SQL).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// Replaces a sealed value if it is still `old`. `false` when it changed or went meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn update_sealed(db: &Db, tenant: &TenantId, id: &CredentialId, old: &Sealed, new: &Sealed) -> Result<bool> {
    const SQL: &str =
        "UPDATE credentials SET sealed = $4, key_id = $5 WHERE tenant_id = $1 AND id = $2 AND sealed = $3";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(old).bind(new).bind(new.key_id())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}
