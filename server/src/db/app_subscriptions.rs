//! Whether Meta sends the events of an app to us at all (Meta reference §6.2).

use super::Db;
use crate::{clock::Timestamp, error::Result};

/// How the subscription of an app stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AppSubscription {
    /// Where Meta was asked to send events.
    pub callback_url: String,
    /// Since when Meta lists every object with this address, Unix milliseconds.
    pub subscribed_at: Option<i64>,
    /// JSON of an explanation of the last failure.
    pub problem: Option<String>,
}

/// The subscriptions of all apps, by App ID.
///
/// # Errors
/// When the database fails.
pub async fn list_across_tenants(db: &Db) -> Result<Vec<(String, AppSubscription)>> {
    const SQL: &str =
        "SELECT meta_app_id, callback_url, subscribed_at, problem FROM app_subscriptions ORDER BY meta_app_id";
    let rows: Vec<(String, String, Option<i64>, Option<String>)> =
        on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
    let standing =
        |(app, callback_url, subscribed_at, problem)| (app, AppSubscription { callback_url, subscribed_at, problem });
    Ok(rows.into_iter().map(standing).collect())
}

/// The subscription of an app; `None` before the first try.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, meta_app_id: &str) -> Result<Option<AppSubscription>> {
    const SQL: &str = "SELECT callback_url, subscribed_at, problem FROM app_subscriptions WHERE meta_app_id = $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(meta_app_id).fetch_optional(pool).await)?)
}

/// Records what Meta lists: `problem` is JSON of an explanation, `None` when every object is subscribed with this address.
/// The moment of the first confirmation stays while the address does.
///
/// # Errors
/// When the database fails.
pub async fn upsert(
    db: &Db,
    meta_app_id: &str,
    callback_url: &str,
    problem: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str = "INSERT INTO app_subscriptions (meta_app_id, callback_url, subscribed_at, problem, checked_at)
        VALUES ($1, $2, CASE WHEN $3 IS NULL THEN $4 END, $3, $4)
        ON CONFLICT (meta_app_id) DO UPDATE SET callback_url = excluded.callback_url, problem = excluded.problem,
            checked_at = excluded.checked_at, subscribed_at = CASE WHEN excluded.subscribed_at IS NULL THEN NULL
                WHEN app_subscriptions.callback_url = excluded.callback_url
                    THEN COALESCE(app_subscriptions.subscribed_at, excluded.subscribed_at)
                ELSE excluded.subscribed_at END";
    on_write!(db, pool => sqlx::query(SQL).bind(meta_app_id).bind(callback_url).bind(problem).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// Takes the turn of asking Meta what it lists of an app that was subscribed with this address. `false` when
/// somebody asked after `before`.
///
/// # Errors
/// When the database fails.
pub async fn claim_look(
    db: &Db,
    meta_app_id: &str,
    callback_url: &str,
    before: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE app_subscriptions SET checked_at = $4 WHERE meta_app_id = $1 AND callback_url = $2
        AND (subscribed_at IS NOT NULL OR problem LIKE '%webhooks.elsewhere%') AND checked_at <= $3";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(meta_app_id).bind(callback_url).bind(before.as_millis())
        .bind(now.as_millis()).execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}
