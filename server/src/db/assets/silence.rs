//! Assets that were heard of, and are no more.

use std::time::Duration;

use super::Db;
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{AssetId, ConnectionId, TenantId},
};

/// An asset of which nothing was heard for a while, and how it was before.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Quiet {
    /// Which asset.
    pub id: AssetId,
    /// Whose.
    pub tenant_id: TenantId,
    /// Its connection.
    pub connection_id: ConnectionId,
    /// Its name.
    pub name: String,
    /// When its last event arrived, Unix milliseconds.
    pub last_event_at: i64,
    /// How many messages there were in the time looked at.
    pub messages: i64,
    /// From the first of them to the last, in milliseconds.
    pub span: i64,
    /// The longest time between two of them, in milliseconds.
    pub longest_pause: i64,
}

/// A page of the chosen assets whose last event came before `before` and that are not known to be silent since, by
/// identifier after `after`. Looks at the messages of the `window` before the last event; assets with fewer than two are
/// left out: they have no habit.
///
/// # Errors
/// When the database fails.
pub async fn list_quiet_across_tenants(
    db: &Db,
    before: Timestamp,
    window: Duration,
    after: Option<&AssetId>,
    limit: i64,
) -> Result<Vec<Quiet>> {
    const SQL: &str = "WITH quiet AS (
            SELECT id, tenant_id, connection_id, kind, meta_id, name, last_event_at FROM assets
            WHERE selected AND active_at IS NOT NULL AND last_event_at < $1 AND id > $3
                AND (silence_at IS NULL OR silence_at < last_event_at)
        ), heard AS (
            SELECT q.id, m.sent_at, m.sent_at - LAG(m.sent_at) OVER (PARTITION BY q.id ORDER BY m.sent_at) AS pause
            FROM quiet q
            JOIN conversations v ON v.tenant_id = q.tenant_id AND v.asset_kind = q.kind AND v.asset_meta_id = q.meta_id
            JOIN messages m ON m.conversation_id = v.id AND m.sent_at >= q.last_event_at - $2
        ), habits AS (
            SELECT id, COUNT(*) AS messages, MAX(sent_at) - MIN(sent_at) AS span, MAX(pause) AS longest_pause
            FROM heard GROUP BY id HAVING COUNT(*) > 1
        )
        SELECT q.id, q.tenant_id, q.connection_id, q.name, q.last_event_at, h.messages, h.span, h.longest_pause
        FROM quiet q JOIN habits h ON h.id = q.id ORDER BY q.id LIMIT $4";
    let window = i64::try_from(window.as_millis()).unwrap_or(i64::MAX);
    let after = after.map_or("", AssetId::as_str);
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(before.as_millis()).bind(window).bind(after).bind(limit)
        .fetch_all(pool).await)?)
}

/// Records that an asset fell silent, unless something came meanwhile or another process recorded it. `true` when it did.
///
/// # Errors
/// When the database fails.
pub async fn mark_silent(db: &Db, tenant: &TenantId, quiet: &Quiet, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE assets SET silence_at = $4, longest_pause = $5
        WHERE tenant_id = $1 AND id = $2 AND selected AND last_event_at = $3
            AND (silence_at IS NULL OR silence_at < last_event_at)";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(&quiet.id).bind(quiet.last_event_at)
        .bind(now.as_millis()).bind(quiet.longest_pause).execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}
