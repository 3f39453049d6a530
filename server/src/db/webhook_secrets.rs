//! The sealed secrets by which receivers know that an event is ours: one for each endpoint, and former ones for a while.

use super::{Db, audit::Said};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{TenantId, WebhookEndpointId, WebhookSecretId},
    vault::Sealed,
};

/// The purpose under which the vault seals the values of this table.
pub const PURPOSE: &str = "webhook-secret";

/// A sealed secret.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WebhookSecret {
    /// Its identifier, part of the place that it is sealed for.
    pub id: WebhookSecretId,
    /// Whose it is, part of the place that it is sealed for.
    pub tenant_id: TenantId,
    /// The secret.
    pub sealed: Sealed,
}

pub(super) const INSERT: &str = "INSERT INTO webhook_secrets (id, tenant_id, endpoint_id, sealed, key_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)";

/// The secrets of an endpoint that sign now, the present one first.
///
/// # Errors
/// When the database fails.
pub async fn list_live(
    db: &Db,
    tenant: &TenantId,
    endpoint: &WebhookEndpointId,
    now: Timestamp,
) -> Result<Vec<WebhookSecret>> {
    const SQL: &str = "SELECT id, tenant_id, sealed FROM webhook_secrets
        WHERE tenant_id = $1 AND endpoint_id = $2 AND (ends_at IS NULL OR ends_at > $3)
        ORDER BY CASE WHEN ends_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id DESC";
    Ok(
        on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(endpoint).bind(now.as_millis()).fetch_all(pool).await)?,
    )
}

/// Puts a secret in the place of the present one, which signs beside it until `former_until`. Those that ended go. `false`, with
/// nothing changed, when there is no such endpoint, or `most` secrets sign already.
///
/// # Errors
/// When the database fails.
pub async fn rotate(
    db: &Db,
    tenant: &TenantId,
    endpoint: &WebhookEndpointId,
    (id, sealed): (&WebhookSecretId, &Sealed),
    (former_until, most): (Timestamp, i64),
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    // Holds the endpoint: rotations follow each other.
    const HOLD: &str = "UPDATE webhook_endpoints SET url = url WHERE tenant_id = $1 AND id = $2";
    const ENDED: &str = "DELETE FROM webhook_secrets WHERE tenant_id = $1 AND endpoint_id = $2 AND ends_at <= $3";
    const COUNT: &str = "SELECT COUNT(*) FROM webhook_secrets WHERE tenant_id = $1 AND endpoint_id = $2";
    const FORMER: &str =
        "UPDATE webhook_secrets SET ends_at = $3 WHERE tenant_id = $1 AND endpoint_id = $2 AND ends_at IS NULL";
    in_transaction!(db, tx => {
        if sqlx::query(HOLD).bind(tenant).bind(endpoint).execute(&mut *tx).await?.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(ENDED).bind(tenant).bind(endpoint).bind(now.as_millis()).execute(&mut *tx).await?;
        let live: i64 = sqlx::query_scalar(COUNT).bind(tenant).bind(endpoint).fetch_one(&mut *tx).await?;
        if live >= most {
            return Ok(false);
        }
        sqlx::query(FORMER).bind(tenant).bind(endpoint).bind(former_until.as_millis()).execute(&mut *tx).await?;
        sqlx::query(INSERT).bind(id).bind(tenant).bind(endpoint).bind(sealed).bind(sealed.key_id())
            .bind(now.as_millis()).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Up to `limit` secrets sealed with another key than `key_id`, by id, after `after`.
///
/// # Errors
/// When the database fails.
pub async fn list_sealed_with_other_key_across_tenants(
    db: &Db,
    key_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<WebhookSecret>> {
    const SQL: &str = "SELECT id, tenant_id, sealed FROM webhook_secrets
        WHERE key_id <> $1 AND id > $2 ORDER BY id LIMIT $3";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(key_id).bind(after).bind(limit).fetch_all(pool).await)?)
}

/// The latest secret of each key in use: whether it opens tells whether the key is there and right.
///
/// # Errors
/// When the database fails.
pub async fn list_latest_by_key_across_tenants(db: &Db) -> Result<Vec<WebhookSecret>> {
    const SQL: &str = "SELECT id, tenant_id, sealed FROM webhook_secrets
        WHERE id IN (SELECT MAX(id) FROM webhook_secrets GROUP BY key_id) ORDER BY id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// How many secrets each key seals, by key.
///
/// # Errors
/// When the database fails.
pub async fn count_by_key_across_tenants(db: &Db) -> Result<Vec<(String, i64)>> {
    const SQL: &str = "SELECT key_id, COUNT(*) FROM webhook_secrets GROUP BY key_id ORDER BY key_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Replaces a sealed value if it is still `old`. `false` when it changed or went meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn update_sealed(
    db: &Db,
    tenant: &TenantId,
    id: &WebhookSecretId,
    old: &Sealed,
    new: &Sealed,
) -> Result<bool> {
    const SQL: &str =
        "UPDATE webhook_secrets SET sealed = $4, key_id = $5 WHERE tenant_id = $1 AND id = $2 AND sealed = $3";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(old).bind(new).bind(new.key_id())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Removes a secret; answers the endpoint that it belonged to.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &Db, tenant: &TenantId, id: &WebhookSecretId) -> Result<Option<WebhookEndpointId>> {
    const SQL: &str = "DELETE FROM webhook_secrets WHERE tenant_id = $1 AND id = $2 RETURNING endpoint_id";
    Ok(on_write!(db, pool => sqlx::query_scalar(SQL).bind(tenant).bind(id).fetch_optional(pool).await)?)
}
