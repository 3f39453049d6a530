//! Places of a tenant. An asset may belong to one.

use super::{Db, audit::Said};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{LocationId, TenantId},
};

/// A place of a tenant, such as a shop.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Location {
    /// Its identifier.
    pub id: LocationId,
    /// Its name, unique within the tenant.
    pub name: String,
    /// How many selected assets belong to it.
    pub assets: i64,
}

/// The places of a tenant, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId) -> Result<Vec<Location>> {
    const SQL: &str = "SELECT l.id, l.name, COUNT(a.id) AS assets
        FROM locations l LEFT JOIN assets a ON a.location_id = l.id AND a.tenant_id = l.tenant_id AND a.selected
        WHERE l.tenant_id = $1 GROUP BY l.id, l.name ORDER BY l.name, l.id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// Adds a place. `false` when the tenant has one of that name.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    id: &LocationId,
    name: &str,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "INSERT INTO locations (id, tenant_id, name, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, name) DO NOTHING";
    in_transaction!(db, tx => {
        let rows = sqlx::query(SQL).bind(id).bind(tenant).bind(name).bind(now.as_millis()).execute(&mut *tx).await?
            .rows_affected();
        if rows == 1 {
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(rows == 1)
    })
}

/// Gives a place another name. `Ok(None)` when there is no such place, `Some(false)` when the name is taken.
///
/// # Errors
/// When the database fails.
pub async fn update_name(
    db: &Db,
    tenant: &TenantId,
    id: &LocationId,
    name: &str,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<Option<bool>> {
    const SQL: &str = "UPDATE locations SET name = $3 WHERE tenant_id = $1 AND id = $2
        AND NOT EXISTS (SELECT 1 FROM locations o WHERE o.tenant_id = $1 AND o.name = $3 AND o.id <> $2)";
    let renamed = in_transaction!(db, tx => {
        let rows = sqlx::query(SQL).bind(tenant).bind(id).bind(name).execute(&mut *tx).await?.rows_affected();
        if rows == 1 {
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(rows == 1)
    })?;
    if renamed {
        return Ok(Some(true));
    }
    Ok(list(db, tenant).await?.iter().any(|location| location.id == *id).then_some(false))
}

/// Removes a place; its assets then belong to none. `false` when there is no such place.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &Db, tenant: &TenantId, id: &LocationId, said: &Said<'_>, now: Timestamp) -> Result<bool> {
    const SQL: &str = "DELETE FROM locations WHERE tenant_id = $1 AND id = $2";
    in_transaction!(db, tx => {
        let rows = sqlx::query(SQL).bind(tenant).bind(id).execute(&mut *tx).await?.rows_affected();
        if rows == 1 {
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(rows == 1)
    })
}
