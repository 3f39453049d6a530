//! Who writes the journal of webhooks: one row for each run of a writer, and how far what it wrote is applied.

use super::{Db, journal::IDS_OF_A_WRITER};
use crate::{clock::Timestamp, error::Result};

/// Gives out a number that no writer had before, above `floor`.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, floor: i64, now: Timestamp) -> Result<i64> {
    const SQL: &str = "INSERT INTO journal_writers (id, applied_through, beat_at)
        SELECT next, next * $1, $2 FROM (
            SELECT CASE WHEN COALESCE(MAX(id), 0) > $3 THEN MAX(id) ELSE $3 END + 1 AS next FROM journal_writers
        ) AS numbers WHERE TRUE ON CONFLICT (id) DO NOTHING RETURNING id";
    loop {
        let given: Option<i64> = on_write!(db, pool => sqlx::query_scalar(SQL).bind(IDS_OF_A_WRITER)
            .bind(now).bind(floor).fetch_optional(pool).await)?;
        // None: another process took the same number at the same moment.
        if let Some(number) = given {
            return Ok(number);
        }
    }
}
