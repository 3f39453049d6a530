//! Requests to delete what is known of a person at Meta.

use super::Db;
use crate::{clock::Timestamp, error::Result, ids::DeletionId, vault::Sealed};

/// The purpose under which the vault seals the person's id until the request is done.
pub const PURPOSE: &str = "deletion-subject";

/// A request that came in.
#[derive(Debug)]
pub struct NewDeletion<'a> {
    /// Its identifier.
    pub id: &'a DeletionId,
    /// The hash of its confirmation code.
    pub code_hash: &'a str,
    /// The Meta app that the person used.
    pub meta_app_id: &'a str,
    /// A keyed hash of the person's id.
    pub subject_hash: &'a str,
    /// The person's id, sealed.
    pub subject: &'a Sealed,
    /// What the person granted later is not meant.
    pub granted_until: Timestamp,
}

/// A request that is not done.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct UnfinishedDeletion {
    /// Its identifier, part of the place that the subject is sealed for.
    pub id: DeletionId,
    /// The Meta app that the person used.
    pub meta_app_id: String,
    /// The person's id, sealed.
    pub subject: Sealed,
    /// What the person granted later is not meant, Unix milliseconds.
    pub granted_until: i64,
}

/// How far a request is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DeletionState {
    /// When it came, Unix milliseconds.
    pub requested_at: i64,
    /// When it was done, Unix milliseconds.
    pub finished_at: Option<i64>,
}

/// Adds a request. `false` when there is one with this code: it is the same request once more.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, new: &NewDeletion<'_>, now: Timestamp) -> Result<bool> {
    const SQL: &str = "INSERT INTO deletion_requests
            (id, code_hash, meta_app_id, subject_hash, subject, granted_until, state, report, requested_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'received', '{}', $7) ON CONFLICT (code_hash) DO NOTHING";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(new.id).bind(new.code_hash).bind(new.meta_app_id)
        .bind(new.subject_hash).bind(new.subject).bind(new.granted_until.as_millis()).bind(now.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// The request with this code.
///
/// # Errors
/// When the database fails.
pub async fn find_by_code_hash(db: &Db, code_hash: &str) -> Result<Option<DeletionState>> {
    const SQL: &str = "SELECT requested_at, finished_at FROM deletion_requests WHERE code_hash = $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(code_hash).fetch_optional(pool).await)?)
}

/// The oldest requests that are not done.
///
/// # Errors
/// When the database fails.
pub async fn list_unfinished(db: &Db, limit: i64) -> Result<Vec<UnfinishedDeletion>> {
    const SQL: &str = "SELECT id, meta_app_id, subject, granted_until FROM deletion_requests
        WHERE state = 'received' AND subject IS NOT NULL ORDER BY id LIMIT $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(limit).fetch_all(pool).await)?)
}

/// Records what was erased; the person's id goes too.
///
/// # Errors
/// When the database fails.
pub async fn mark_done(db: &Db, id: &DeletionId, report: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE deletion_requests SET state = 'done', subject = NULL, report = $2, finished_at = $3
        WHERE id = $1 AND state = 'received'";
    on_write!(db, pool => sqlx::query(SQL).bind(id).bind(report).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}
