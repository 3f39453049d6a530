//! Each time Meta asked whether the callback is ours.

use super::Db;
use crate::{clock::Timestamp, error::Result, ids::HandshakeId, meta::AppId};

/// How many are kept of each app and outcome: wrong ones, which anybody can send, push no right one out.
const KEPT: i64 = 50;

/// One question whether the callback is ours.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Handshake {
    /// Ascends with time.
    pub id: HandshakeId,
    /// The app that it was addressed to.
    pub meta_app_id: AppId,
    /// When.
    pub at: Timestamp,
    /// `ok`, `wrong_token` or `malformed`.
    pub outcome: String,
    /// The network that it came from.
    pub address: String,
}

/// Adds one and forgets those that are too many.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, handshake: &Handshake) -> Result<()> {
    const INSERT: &str =
        "INSERT INTO webhook_handshakes (id, meta_app_id, at, outcome, address) VALUES ($1, $2, $3, $4, $5)";
    const TRIM: &str = "DELETE FROM webhook_handshakes WHERE meta_app_id = $1 AND outcome = $2 AND id NOT IN (
        SELECT id FROM webhook_handshakes WHERE meta_app_id = $1 AND outcome = $2 ORDER BY id DESC LIMIT $3)";
    in_transaction!(db, tx => {
        sqlx::query(INSERT).bind(&handshake.id).bind(&handshake.meta_app_id).bind(handshake.at)
            .bind(&handshake.outcome).bind(&handshake.address).execute(&mut *tx).await?;
        sqlx::query(TRIM).bind(&handshake.meta_app_id).bind(&handshake.outcome).bind(KEPT).execute(&mut *tx).await?;
        Ok(())
    })
}

/// The newest of an app, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, app: &AppId, limit: i64) -> Result<Vec<Handshake>> {
    const SQL: &str = "SELECT id, meta_app_id, at, outcome, address FROM webhook_handshakes WHERE meta_app_id = $1
        ORDER BY id DESC LIMIT $2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(app).bind(limit).fetch_all(pool).await)?)
}
