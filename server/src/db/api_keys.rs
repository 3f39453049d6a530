//! What programs sign in with. A key is kept as a hash only.

use super::{Db, audit::Said};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{ApiKeyId, TenantId},
};

/// A new key.
#[derive(Debug)]
pub struct NewApiKey<'a> {
    /// Its identifier.
    pub id: &'a ApiKeyId,
    /// What it is for, for people.
    pub name: &'a str,
    /// The hash of its secret.
    pub secret_hash: &'a str,
    /// Who made it, for people.
    pub created_by: &'a str,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ApiKey {
    /// Its identifier.
    pub id: ApiKeyId,
    /// Whose data it opens.
    pub tenant_id: TenantId,
    /// The tenant's name.
    pub tenant_name: String,
    /// What it is for.
    pub name: String,
    /// Since when, Unix milliseconds.
    pub created_at: i64,
    /// When it was last used, to the minute, Unix milliseconds.
    pub last_used_at: Option<i64>,
    /// Since when it opens nothing, Unix milliseconds.
    pub revoked_at: Option<i64>,
}

const COLUMNS: &str =
    "SELECT k.id, k.tenant_id, t.name AS tenant_name, k.name, k.created_at, k.last_used_at, k.revoked_at
    FROM api_keys k JOIN tenants t ON t.id = k.tenant_id";

/// Adds a key.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, tenant: &TenantId, new: &NewApiKey<'_>, said: &Said<'_>, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO api_keys (id, tenant_id, name, secret_hash, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    in_transaction!(db, tx => {
        sqlx::query(SQL).bind(new.id).bind(tenant).bind(new.name).bind(new.secret_hash).bind(new.created_by)
            .bind(now.as_millis()).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(())
    })
}

/// The key with this secret that was not revoked.
///
/// # Errors
/// When the database fails.
pub async fn find_live_by_secret_hash_across_tenants(db: &Db, secret_hash: &str) -> Result<Option<ApiKey>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE k.secret_hash = $1 AND k.revoked_at IS NULL"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(secret_hash).fetch_optional(pool).await)?)
}

/// The keys of a tenant, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId) -> Result<Vec<ApiKey>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE k.tenant_id = $1 ORDER BY k.created_at, k.id"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).fetch_all(pool).await)?)
}

/// Records that a key was used.
///
/// # Errors
/// When the database fails.
pub async fn mark_used(db: &Db, tenant: &TenantId, id: &ApiKeyId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE api_keys SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Ends a key. `false` when the tenant has no such key that opens anything.
///
/// # Errors
/// When the database fails.
pub async fn mark_revoked(db: &Db, tenant: &TenantId, id: &ApiKeyId, said: &Said<'_>, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE api_keys SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL";
    in_transaction!(db, tx => {
        let ended = sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(&mut *tx).await?;
        if ended.rows_affected() == 0 {
            return Ok(false);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}
