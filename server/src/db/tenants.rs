//! Tenants.

use super::Db;
use crate::{clock::Timestamp, error::Result, ids::TenantId};

/// A business that uses this installation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Tenant {
    /// Its identifier.
    pub id: TenantId,
    /// The name people see.
    pub name: String,
    /// When it signed up, Unix milliseconds.
    pub created_at: i64,
}

/// A tenant as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TenantSummary {
    /// Its identifier.
    pub id: TenantId,
    /// The name people see.
    pub name: String,
    /// When it signed up, Unix milliseconds.
    pub created_at: i64,
    /// How many people belong to it.
    pub members: i64,
    /// How many connections it has that are not disconnected.
    pub connections: i64,
    /// How many of those need attention.
    pub problems: i64,
    /// How many assets it has selected.
    pub assets: i64,
}

impl Tenant {
    /// When it signed up.
    pub fn created(&self) -> Timestamp {
        Timestamp::from_millis(self.created_at)
    }
}

/// The tenant with this identifier.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, id: &TenantId) -> Result<Option<Tenant>> {
    const SQL: &str = "SELECT id, name, created_at FROM tenants WHERE id = $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?)
}

/// The tenants of exactly this name; two are enough to know that it is not one.
///
/// # Errors
/// When the database fails.
pub async fn list_by_name_across_tenants(db: &Db, name: &str) -> Result<Vec<Tenant>> {
    const SQL: &str = "SELECT id, name, created_at FROM tenants WHERE name = $1 ORDER BY id LIMIT 2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(name).fetch_all(pool).await)?)
}

/// How many tenants there are.
///
/// # Errors
/// When the database fails.
pub async fn count_across_tenants(db: &Db) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM tenants";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
}

/// Every tenant with its counts, by name, `limit` after the name and id of the last one seen.
///
/// # Errors
/// When the database fails.
pub async fn list_summaries_across_tenants(db: &Db, after: (&str, &str), limit: i64) -> Result<Vec<TenantSummary>> {
    const SQL: &str = "SELECT t.id, t.name, t.created_at,
            (SELECT COUNT(*) FROM memberships m WHERE m.tenant_id = t.id) AS members,
            (SELECT COUNT(*) FROM connections c WHERE c.tenant_id = t.id AND c.status IN ('connected', 'error')) AS connections,
            (SELECT COUNT(*) FROM connections c WHERE c.tenant_id = t.id AND c.status = 'error') AS problems,
            (SELECT COUNT(*) FROM assets a WHERE a.tenant_id = t.id AND a.selected) AS assets
        FROM tenants t WHERE (t.name, t.id) > ($1, $2) ORDER BY t.name, t.id LIMIT $3";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(after.0).bind(after.1).bind(limit).fetch_all(pool).await)?)
}
