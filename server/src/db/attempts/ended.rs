//! Attempts that ended long ago.

use crate::{clock::Timestamp, db::Db, error::Result};

/// Removes attempts that ended before `moment`, at most `limit`. Of those that became a connection the latest stays: it is the
/// proof that people come back from Meta's dialog. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended_across_tenants(db: &Db, moment: Timestamp, limit: i64) -> Result<u64> {
    const SQL: &str = "DELETE FROM connect_attempts WHERE id IN (SELECT a.id FROM connect_attempts a
        WHERE a.phase IN ('done', 'cancelled', 'failed') AND a.beat_at < $1
            AND (a.connection_id IS NULL OR EXISTS (SELECT 1 FROM connect_attempts later
                WHERE later.connection_id = a.connection_id AND later.flow = a.flow AND later.purpose = a.purpose
                    AND later.redirect_uri = a.redirect_uri AND later.created_at > a.created_at))
        ORDER BY a.beat_at, a.id LIMIT $2)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment).bind(limit).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
