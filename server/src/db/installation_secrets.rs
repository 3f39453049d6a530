//! Sealed secrets of the installation itself: they belong to no tenant.

use super::Db;
use crate::{error::Result, vault::Sealed};

/// The purpose under which the vault seals the values of this table.
pub const PURPOSE: &str = "installation-secret";

/// For transactions of other tables: keeps a secret, in the place of one of the same name.
pub(super) const UPSERT: &str = "INSERT INTO installation_secrets (name, sealed, key_id) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, key_id = excluded.key_id";
/// The same, unless there is one of this name.
pub(super) const INSERT_UNLESS_THERE: &str =
    "INSERT INTO installation_secrets (name, sealed, key_id) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
pub(super) const DELETE: &str = "DELETE FROM installation_secrets WHERE name = $1";

/// A sealed secret of the installation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct InstallationSecret {
    /// What it is, part of the place that it is sealed for.
    pub name: String,
    /// The secret.
    pub sealed: Sealed,
}

/// The secret of this name.
///
/// # Errors
/// When the database fails.
pub async fn find_by_name(db: &Db, name: &str) -> Result<Option<Sealed>> {
    const SQL: &str = "SELECT sealed FROM installation_secrets WHERE name = $1";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).bind(name).fetch_optional(pool).await)?)
}

/// Every secret, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db) -> Result<Vec<InstallationSecret>> {
    const SQL: &str = "SELECT name, sealed FROM installation_secrets ORDER BY name";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// How many secrets each key seals, by key.
///
/// # Errors
/// When the database fails.
pub async fn count_by_key(db: &Db) -> Result<Vec<(String, i64)>> {
    const SQL: &str = "SELECT key_id, COUNT(*) FROM installation_secrets GROUP BY key_id ORDER BY key_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Replaces a sealed value if it is still `old`. `false` when it changed or went meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn update_sealed(db: &Db, name: &str, old: &Sealed, new: &Sealed) -> Result<bool> {
    const SQL: &str = "UPDATE installation_secrets SET sealed = $3, key_id = $4 WHERE name = $1 AND sealed = $2";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(name).bind(old).bind(new).bind(new.key_id())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Removes a secret that cannot be opened any more.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &Db, name: &str) -> Result<()> {
    on_write!(db, pool => sqlx::query(DELETE).bind(name).execute(pool).await.map(drop))?;
    Ok(())
}
