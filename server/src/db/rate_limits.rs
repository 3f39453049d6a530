//! Counters behind the rate limits, in the database so that processes share them.

use super::Db;
use crate::{clock::Timestamp, error::Result};

/// Counts one hit in the window that began at `window_start` and answers the hits in it so far.
///
/// # Errors
/// When the database fails.
pub async fn count_hit(db: &Db, bucket: &str, window_start: Timestamp) -> Result<i64> {
    const SQL: &str = "INSERT INTO rate_limits (bucket, window_start, hits) VALUES ($1, $2, 1)
        ON CONFLICT (bucket, window_start) DO UPDATE SET hits = rate_limits.hits + 1 RETURNING hits";
    Ok(
        on_write!(db, pool => sqlx::query_scalar(SQL).bind(bucket).bind(window_start.as_millis()).fetch_one(pool).await)?,
    )
}

/// Removes the windows that began before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(db: &Db, moment: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM rate_limits WHERE window_start < $1";
    Ok(
        on_write!(db, pool => sqlx::query(SQL).bind(moment.as_millis()).execute(pool).await.map(|done| done.rows_affected()))?,
    )
}
