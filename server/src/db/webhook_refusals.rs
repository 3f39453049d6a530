//! What was refused at the door, counted by the hour.

use super::Db;
use crate::{clock::Timestamp, error::Result};

/// How often one thing was refused within one hour.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Refused {
    /// The app that it was addressed to; empty when there is no such app here.
    pub meta_app_id: String,
    /// A stable word for why.
    pub reason: String,
    /// When the hour began.
    pub hour: Timestamp,
    /// How often.
    pub count: i64,
    /// The last time.
    pub last_at: Timestamp,
}

/// Adds to what is counted already.
///
/// # Errors
/// When the database fails; nothing is added then.
pub async fn add(db: &Db, refused: &[Refused]) -> Result<()> {
    const SQL: &str =
        "INSERT INTO webhook_refusals (meta_app_id, reason, hour, count, last_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (meta_app_id, reason, hour) DO UPDATE SET count = webhook_refusals.count + excluded.count,
            last_at = CASE WHEN excluded.last_at > webhook_refusals.last_at THEN excluded.last_at
                ELSE webhook_refusals.last_at END";
    in_transaction!(db, tx => {
        for one in refused {
            sqlx::query(SQL).bind(&one.meta_app_id).bind(&one.reason).bind(one.hour).bind(one.count)
                .bind(one.last_at).execute(&mut *tx).await?;
        }
        Ok(())
    })
}

/// What was refused since `moment`, the newest hour first.
///
/// # Errors
/// When the database fails.
pub async fn list_since(db: &Db, moment: Timestamp) -> Result<Vec<Refused>> {
    const SQL: &str = "SELECT meta_app_id, reason, hour, count, last_at FROM webhook_refusals WHERE last_at >= $1
        ORDER BY hour DESC, meta_app_id, reason LIMIT 1000";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(moment).fetch_all(pool).await)?)
}

/// Forgets hours that began before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(db: &Db, moment: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM webhook_refusals WHERE hour < $1";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
