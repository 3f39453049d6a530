//! What Meta last answered about an app.

use super::Db;
use crate::{clock::Timestamp, error::Result, meta::AppId};

/// The last answers about an app, as JSON.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, app: &AppId) -> Result<Option<String>> {
    const SQL: &str = "SELECT answers FROM setup_answers WHERE meta_app_id = $1";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).bind(app).fetch_optional(pool).await)?)
}

/// Keeps the answers, unless later ones are kept already.
///
/// # Errors
/// When the database fails.
pub async fn upsert(db: &Db, app: &AppId, answers: &str, asked_at: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO setup_answers (meta_app_id, answers, asked_at) VALUES ($1, $2, $3)
        ON CONFLICT (meta_app_id) DO UPDATE SET answers = excluded.answers, asked_at = excluded.asked_at
        WHERE setup_answers.asked_at <= excluded.asked_at";
    on_write!(db, pool => sqlx::query(SQL).bind(app).bind(answers).bind(asked_at).execute(pool).await.map(drop))?;
    Ok(())
}
