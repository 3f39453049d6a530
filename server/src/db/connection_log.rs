//! What happened to a connection, in sentences, for the people of the tenant.

use super::{Db, connections::OWNED};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{ConnectionId, LogId, TenantId},
};

/// How an entry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It worked.
    Ok,
    /// It did not, and somebody should know.
    Problem,
    /// Neither: something worth remembering.
    Note,
}

/// An entry of the connection log.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LogEntry {
    /// Its identifier; later entries have greater ones.
    pub id: LogId,
    /// The connection that it is about; none for an attempt that led to no connection.
    pub connection_id: Option<ConnectionId>,
    /// The asset that it is about, when it is about one.
    pub asset_name: Option<String>,
    /// When, Unix milliseconds.
    pub at: i64,
    /// A stable name of what happened, such as `subscribed`.
    pub kind: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What happened, for people, in English.
    pub sentence: String,
    /// The same as an [`Explanation`](crate::explanation::Explanation), JSON, which is told in every language.
    pub explanation: Option<String>,
}

/// A new entry.
#[derive(Debug, Clone)]
pub struct NewLogEntry {
    /// Its identifier.
    pub id: LogId,
    /// The asset that it is about, when it is about one.
    pub asset_name: Option<String>,
    /// A stable name of what happened.
    pub kind: &'static str,
    /// How it ended.
    pub outcome: Outcome,
    /// What happened, for people, in English.
    pub sentence: String,
    /// The same as an [`Explanation`](crate::explanation::Explanation), JSON, which is told in every language.
    pub explanation: Option<String>,
}

/// Adds entries, all or none.
///
/// # Errors
/// [`Error::NotFound`] for a connection that is not the tenant's; when the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    entries: &[NewLogEntry],
    now: Timestamp,
) -> Result<()> {
    const SQL: &str =
        "INSERT INTO connection_log (id, tenant_id, connection_id, asset_name, at, kind, outcome, sentence, explanation)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    if entries.is_empty() {
        return Ok(());
    }
    in_transaction!(db, tx => {
        let owned: i64 = sqlx::query_scalar(OWNED).bind(tenant).bind(connection).fetch_one(&mut *tx).await?;
        if owned == 0 {
            return Err(Error::NotFound("connection"));
        }
        for entry in entries {
            sqlx::query(SQL).bind(&entry.id).bind(tenant).bind(connection).bind(&entry.asset_name).bind(now.as_millis())
                .bind(entry.kind).bind(entry.outcome).bind(&entry.sentence)
                .bind(&entry.explanation).execute(&mut *tx).await?;
        }
        Ok(())
    })
}

/// Adds a line about an attempt that led to no connection.
///
/// # Errors
/// When the database fails.
pub async fn insert_about_attempt(db: &Db, tenant: &TenantId, entry: &NewLogEntry, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO attempt_log (id, tenant_id, at, kind, outcome, sentence, explanation)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on_write!(db, pool => sqlx::query(SQL).bind(&entry.id).bind(tenant).bind(now.as_millis()).bind(entry.kind)
        .bind(entry.outcome).bind(&entry.sentence).bind(&entry.explanation).execute(pool).await.map(drop))?;
    Ok(())
}

/// How many entries one statement removes, so that nobody waits long for it.
const SLICE: i64 = 5_000;

/// Removes what is older than `moment`, and of each tenant all but the newest `kept`. Answers how many entries went.
///
/// # Errors
/// When the database fails.
pub async fn delete_old_across_tenants(db: &Db, moment: Timestamp, kept: i64) -> Result<u64> {
    const AGED: [&str; 2] = [
        "DELETE FROM connection_log WHERE id IN (SELECT id FROM connection_log WHERE at < $1 ORDER BY at, id LIMIT $2)",
        "DELETE FROM attempt_log WHERE id IN (SELECT id FROM attempt_log WHERE at < $1 ORDER BY at, id LIMIT $2)",
    ];
    // The newest of each tenant that is too many: found once, by the tenant's own entries.
    const CUTS: &str = "SELECT id, cut FROM (SELECT t.id, (
            SELECT l.id FROM connection_log l WHERE l.tenant_id = t.id ORDER BY l.id DESC LIMIT 1 OFFSET $1
        ) AS cut FROM tenants t) AS cuts WHERE cut IS NOT NULL";
    const SURPLUS: &str = "DELETE FROM connection_log WHERE id IN (
        SELECT id FROM connection_log WHERE tenant_id = $1 AND id <= $2 ORDER BY id LIMIT $3)";
    let mut removed = 0;
    for sql in AGED {
        loop {
            let slice = on_write!(db, pool => sqlx::query(sql).bind(moment).bind(SLICE).execute(pool).await
                .map(|done| done.rows_affected()))?;
            removed += slice;
            if slice < SLICE.unsigned_abs() {
                break;
            }
        }
    }
    let cuts: Vec<(TenantId, LogId)> = on_read!(db, pool => sqlx::query_as(CUTS).bind(kept).fetch_all(pool).await)?;
    for (tenant, cut) in &cuts {
        loop {
            let slice = on_write!(db, pool => sqlx::query(SURPLUS).bind(tenant).bind(cut).bind(SLICE).execute(pool).await
                .map(|done| done.rows_affected()))?;
            removed += slice;
            if slice < SLICE.unsigned_abs() {
                break;
            }
        }
    }
    Ok(removed)
}

/// What was written about a connection since a moment, oldest first, at most 1,000 entries.
///
/// # Errors
/// When the database fails.
pub async fn list_by_connection_since(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    since: Timestamp,
) -> Result<Vec<LogEntry>> {
    const SQL: &str =
        "SELECT id, connection_id, asset_name, at, kind, outcome, sentence, explanation FROM connection_log
        WHERE tenant_id = $1 AND connection_id = $2 AND at >= $3 ORDER BY id LIMIT 1000";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(connection).bind(since.as_millis())
        .fetch_all(pool).await)?)
}

/// The latest entries of a tenant, newest first, older than `before` when given; only problems when asked.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    tenant: &TenantId,
    before: Option<&LogId>,
    only_problems: bool,
    limit: i64,
) -> Result<Vec<LogEntry>> {
    // Each half by its own index, so that neither is read whole.
    const SQL: &str = "SELECT id, connection_id, asset_name, at, kind, outcome, sentence, explanation FROM (
            SELECT * FROM (SELECT id, connection_id, asset_name, at, kind, outcome, sentence, explanation
                FROM connection_log WHERE tenant_id = $1 AND ($2 = '' OR id < $2)
                    AND ($3 = FALSE OR outcome = 'problem')
                ORDER BY id DESC LIMIT $4) connections
            UNION ALL
            SELECT * FROM (SELECT id, NULL AS connection_id, NULL AS asset_name, at, kind, outcome, sentence, explanation
                FROM attempt_log WHERE tenant_id = $1 AND ($2 = '' OR id < $2) AND ($3 = FALSE OR outcome = 'problem')
                ORDER BY id DESC LIMIT $4) attempts
        ) lines ORDER BY id DESC LIMIT $4";
    let before = before.map(LogId::as_str).unwrap_or_default();
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(before).bind(only_problems).bind(limit)
        .fetch_all(pool).await)?)
}
