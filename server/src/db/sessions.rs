//! Sessions, under the hash of their id: who reads the table cannot use what is in it.

use super::Db;
use crate::{clock::Timestamp, error::Result};

/// The data of a live session.
///
/// # Errors
/// When the database fails.
pub async fn find_live(db: &Db, id_hash: &str, now: Timestamp) -> Result<Option<(String, i64)>> {
    const SQL: &str = "SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(id_hash).bind(now.as_millis()).fetch_optional(pool).await)?)
}

/// Adds a session. `false` when the id is taken.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, id_hash: &str, data: &str, expires_at: Timestamp) -> Result<bool> {
    const SQL: &str =
        "INSERT INTO sessions (id_hash, data, expires_at) VALUES ($1, $2, $3) ON CONFLICT (id_hash) DO NOTHING";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(id_hash).bind(data).bind(expires_at.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Keeps the data of a session. `false` when there is no such session any more: one that ended stays so, whatever a request that
/// was under way meanwhile still had to keep.
///
/// # Errors
/// When the database fails.
pub async fn update(db: &Db, id_hash: &str, data: &str, expires_at: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE sessions SET data = $2, expires_at = $3 WHERE id_hash = $1";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(id_hash).bind(data).bind(expires_at.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Removes a session.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &Db, id_hash: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM sessions WHERE id_hash = $1";
    on_write!(db, pool => sqlx::query(SQL).bind(id_hash).execute(pool).await.map(drop))?;
    Ok(())
}

/// Removes the sessions that ended before `now`; answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended(db: &Db, now: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1";
    Ok(
        on_write!(db, pool => sqlx::query(SQL).bind(now.as_millis()).execute(pool).await.map(|done| done.rows_affected()))?,
    )
}
