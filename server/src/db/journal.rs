//! The journal of webhooks: the bodies as Meta sent them. Everything later is made from it.

mod checkpoint;
mod file;
mod writer;

pub(super) use file::open_file;
pub use writer::{Entry, Writer};

use super::{
    Db,
    chunks::{ManyRows, Marks, padded},
};
use crate::{clock::Timestamp, error::Result, meta::AppId};

/// How many numbers each writer has for its rows: a writer's ids are from its number times this, up to the next
/// writer's first.
pub const IDS_OF_A_WRITER: i64 = 1 << 40;

/// The most bytes of bodies that one [`list_after`] brings into memory, unless the first body alone is longer.
const SLICE_BYTES: i64 = 8 * 1024 * 1024;

/// One body as it came.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Delivery {
    /// Ascends with the order of commits of one writer.
    pub id: i64,
    /// The app whose secret signed it.
    pub meta_app_id: AppId,
    /// When it was stored.
    pub received_at: Timestamp,
    /// The bytes that were signed.
    pub body: Vec<u8>,
}

/// The deliveries of one writer after `after`, oldest first: at most `limit`, and fewer when they are long.
///
/// # Errors
/// When the database fails.
pub async fn list_after(db: &Db, writer: i64, after: i64, limit: i64) -> Result<Vec<Delivery>> {
    // The inner SELECTs look at lengths only, so that what does not fit is not read.
    const SQL: &str = "SELECT id, meta_app_id, received_at, body FROM journal WHERE id > $1 AND id <= (
            SELECT MAX(id) FROM (
                SELECT id, SUM(bytes) OVER (ORDER BY id) - bytes AS before FROM (
                    SELECT id, LENGTH(body) AS bytes FROM journal WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3
                ) AS near
            ) AS sized WHERE before < $4
        ) ORDER BY id";
    let first = writer.saturating_mul(IDS_OF_A_WRITER);
    let (after, end) = (after.max(first), first.saturating_add(IDS_OF_A_WRITER));
    Ok(on_journal!(db, pool => sqlx::query_as(SQL).bind(after).bind(end).bind(limit).bind(SLICE_BYTES)
        .fetch_all(pool).await)?)
}

/// One delivery, unless its body is gone already.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, id: i64) -> Result<Option<Delivery>> {
    const SQL: &str = "SELECT id, meta_app_id, received_at, body FROM journal WHERE id = $1";
    Ok(on_journal!(db, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?)
}

/// Removes these deliveries, whoever stored them. They were applied.
///
/// # Errors
/// When the database fails.
pub async fn delete_these(db: &Db, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    on_journal!(db, pool => {
        let mut delete = sqlx::QueryBuilder::new("DELETE FROM journal WHERE id IN (");
        let mut list = delete.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        delete.push(")").build().execute(pool).await.map(drop)
    })?;
    Ok(())
}

/// How many deliveries one writer stored after `after`.
///
/// # Errors
/// When the database fails.
pub async fn count_after(db: &Db, writer: i64, after: i64) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM journal WHERE id > $1 AND id < $2";
    let first = writer.saturating_mul(IDS_OF_A_WRITER);
    let (after, end) = (after.max(first), first.saturating_add(IDS_OF_A_WRITER));
    Ok(on_journal!(db, pool => sqlx::query_scalar(SQL).bind(after).bind(end).fetch_one(pool).await)?)
}

/// The last delivery that each of these writers stored: its writer's number and its id. None of those of whom nothing is kept.
///
/// # Errors
/// When the database fails.
pub async fn list_last(db: &Db, writers: &[i64]) -> Result<Vec<(i64, i64)>> {
    static SQL: ManyRows = ManyRows::new(
        "WITH wanted (lowest) AS (VALUES ",
        1,
        ") SELECT lowest, highest FROM (SELECT lowest, (
                SELECT MAX(id) FROM journal WHERE id > lowest AND id < lowest + 1099511627776
            ) AS highest FROM wanted) AS found WHERE highest IS NOT NULL",
    );
    let mut all = Vec::new();
    for chunk in padded(writers) {
        let text = SQL.text(Marks::of_db(db), chunk.len());
        let found: Vec<(i64, i64)> = on_journal!(db, pool => {
            let mut query = sqlx::query_as(text);
            for writer in chunk {
                query = query.bind(writer.saturating_mul(IDS_OF_A_WRITER));
            }
            query.fetch_all(pool).await
        })?;
        all.extend(found.into_iter().map(|(first, last)| (first / IDS_OF_A_WRITER, last)));
    }
    Ok(all)
}

/// The highest id that was ever given out and is still there; 0 in an empty journal.
///
/// # Errors
/// When the database fails.
pub async fn max_id(db: &Db) -> Result<i64> {
    const SQL: &str = "SELECT COALESCE(MAX(id), 0) FROM journal";
    Ok(on_journal!(db, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
}

/// Removes deliveries of one writer that were received before `moment`, oldest first and never one after `through`: at
/// most `limit` of them, so that accepting does not wait long. Answers how many; fewer than `limit` means that no more
/// are left.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(db: &Db, writer: i64, through: i64, moment: Timestamp, limit: i64) -> Result<u64> {
    // Ids ascend with time, so the oldest are found by key; the age needs no index.
    const SQL: &str = "DELETE FROM journal WHERE id IN (
            SELECT id FROM journal WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3
        ) AND received_at < $4";
    let first = writer.saturating_mul(IDS_OF_A_WRITER);
    let through = through.min(first.saturating_add(IDS_OF_A_WRITER - 1));
    Ok(on_journal!(db, pool => sqlx::query(SQL).bind(first).bind(through).bind(limit).bind(moment)
        .execute(pool).await.map(|done| done.rows_affected()))?)
}
