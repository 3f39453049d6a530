//! Who writes the journal of webhooks: one row for each run of a writer, and how far what it wrote is applied.

use super::{Db, journal::IDS_OF_A_WRITER, transaction::Tx};
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

/// A run of a writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct WriterRow {
    /// Its number.
    pub(crate) id: i64,
    /// The last delivery that is applied.
    pub(crate) applied_through: i64,
    /// The last sign of life of whoever applies what it wrote.
    pub(crate) beat_at: Timestamp,
}

/// Every run of every writer.
pub(crate) async fn list(db: &Db) -> Result<Vec<WriterRow>> {
    const SQL: &str = "SELECT id, applied_through, beat_at FROM journal_writers ORDER BY id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// How far what `writer` wrote is applied.
pub(crate) async fn get_applied_through(db: &Db, writer: i64) -> Result<Option<i64>> {
    const SQL: &str = "SELECT applied_through FROM journal_writers WHERE id = $1";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).bind(writer).fetch_optional(pool).await)?)
}

/// Takes the deliveries after `from` up to `through` within a transaction. `false` when somebody else applied them.
pub(crate) async fn claim_through(tx: &mut Tx, writer: i64, from: i64, through: i64, now: Timestamp) -> Result<bool> {
    const SQL: &str =
        "UPDATE journal_writers SET applied_through = $3, beat_at = $4 WHERE id = $1 AND applied_through = $2";
    let rows = on_tx!(tx, connection => sqlx::query(SQL).bind(writer).bind(from).bind(through).bind(now)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// A sign of life.
pub(crate) async fn mark_alive(db: &Db, writer: i64, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE journal_writers SET beat_at = $2 WHERE id = $1";
    on_write!(db, pool => sqlx::query(SQL).bind(writer).bind(now).execute(pool).await.map(drop))?;
    Ok(())
}
