//! What is proven about an asset, and what failed.

use super::Db;
use crate::{
    clock::Timestamp,
    db::{
        chunks::{ManyRows, Marks, padded},
        credentials::CredentialKind,
        transaction::Tx,
    },
    error::Result,
    ids::{AssetId, ConnectionId, TenantId},
};

/// A connection with assets whose steps after selection are still to be done.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Pending {
    /// The tenant.
    pub tenant_id: TenantId,
    /// The connection.
    pub connection_id: ConnectionId,
    /// The Meta app that it was made with.
    pub meta_app_id: String,
    /// What its token is.
    pub token_kind: CredentialKind,
}

/// The connections with work left over from an earlier process. What Meta refuses the token of waits until somebody confirms
/// again.
///
/// # Errors
/// When the database fails.
pub async fn list_pending_across_tenants(db: &Db) -> Result<Vec<Pending>> {
    const SQL: &str = "SELECT DISTINCT a.tenant_id, a.connection_id, c.meta_app_id, c.token_kind FROM assets a
        JOIN connections c ON c.id = a.connection_id AND c.status = 'connected' WHERE a.pending ORDER BY a.connection_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Records that Meta lets us read the asset. A failure to verify is over.
///
/// # Errors
/// When the database fails.
pub async fn mark_verified(db: &Db, tenant: &TenantId, id: &AssetId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE assets SET verified_at = $3,
            problem = CASE WHEN problem_step = 'verified' THEN NULL ELSE problem END,
            problem_since = CASE WHEN problem_step = 'verified' THEN NULL ELSE problem_since END,
            problem_step = CASE WHEN problem_step = 'verified' THEN NULL ELSE problem_step END
        WHERE tenant_id = $1 AND id = $2 AND selected";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Records that Meta confirms our subscription. A failure to verify or subscribe is over; the moment of the first
/// confirmation stays.
///
/// # Errors
/// When the database fails.
pub async fn mark_subscribed(db: &Db, tenant: &TenantId, id: &AssetId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE assets SET verified_at = $3, subscribed_at = COALESCE(subscribed_at, $3),
            problem = CASE WHEN problem_step = 'registered' THEN problem END,
            problem_since = CASE WHEN problem_step = 'registered' THEN problem_since END,
            problem_step = CASE WHEN problem_step = 'registered' THEN problem_step END
        WHERE tenant_id = $1 AND id = $2 AND selected";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Records that a number is registered. A failure to register it is over.
///
/// # Errors
/// When the database fails.
pub async fn mark_registered(db: &Db, tenant: &TenantId, id: &AssetId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE assets SET registered_at = $3,
            problem = CASE WHEN problem_step = 'registered' THEN NULL ELSE problem END,
            problem_since = CASE WHEN problem_step = 'registered' THEN NULL ELSE problem_since END,
            problem_step = CASE WHEN problem_step = 'registered' THEN NULL ELSE problem_step END
        WHERE tenant_id = $1 AND id = $2 AND selected";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Records a step that failed, with the explanation as JSON. Since when is kept while the same step keeps failing.
///
/// # Errors
/// When the database fails.
pub async fn mark_problem(
    db: &Db,
    tenant: &TenantId,
    id: &AssetId,
    step: &'static str,
    problem: &str,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str = "UPDATE assets SET problem = $4,
            problem_since = CASE WHEN problem_step = $3 THEN problem_since ELSE $5 END,
            problem_step = $3,
            subscribed_at = CASE WHEN $3 = 'registered' THEN subscribed_at END,
            verified_at = CASE WHEN $3 = 'verified' THEN NULL ELSE verified_at END
        WHERE tenant_id = $1 AND id = $2";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(step).bind(problem).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// Records that the steps after selection were done, whatever came of them. What left the choice meanwhile is still to be
/// unsubscribed.
///
/// # Errors
/// When the database fails.
pub async fn mark_applied(db: &Db, tenant: &TenantId, id: &AssetId) -> Result<()> {
    const SQL: &str = "UPDATE assets SET pending = FALSE WHERE tenant_id = $1 AND id = $2 AND selected";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).execute(pool).await.map(drop))?;
    Ok(())
}

/// How many assets of a connection are chosen, and how many of those have their steps after selection behind them.
///
/// # Errors
/// When the database fails.
pub async fn count_applied(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<(usize, usize)> {
    const SQL: &str = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN pending THEN 0 ELSE 1 END), 0) FROM assets
        WHERE tenant_id = $1 AND connection_id = $2 AND selected";
    let (chosen, applied): (i64, i64) =
        on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(connection).fetch_one(pool).await)?;
    Ok((usize::try_from(chosen).unwrap_or(0), usize::try_from(applied).unwrap_or(0)))
}

/// Whether the steps after selection are still to be done for an asset.
///
/// # Errors
/// When the database fails.
pub async fn is_pending(db: &Db, tenant: &TenantId, id: &AssetId) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM assets WHERE tenant_id = $1 AND id = $2 AND selected AND pending";
    let pending: i64 = on_read!(db, pool => sqlx::query_scalar(SQL).bind(tenant).bind(id).fetch_one(pool).await)?;
    Ok(pending > 0)
}

/// Records that events about these assets came, the first and the last of them at these moments. Sorted by the caller as
/// [`super::select`] goes through assets, so that neither waits for the other in a circle.
pub(crate) async fn mark_seen_across_tenants(tx: &mut Tx, seen: &[(&AssetId, Timestamp, Timestamp)]) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "WITH seen (asset_id, first_at, last_at) AS (VALUES ",
        3,
        ") UPDATE assets SET
            active_at = CASE WHEN active_at < seen.first_at THEN active_at ELSE seen.first_at END,
            last_event_at = CASE WHEN last_event_at > seen.last_at THEN last_event_at ELSE seen.last_at END
        FROM seen WHERE assets.id = seen.asset_id
            AND (last_event_at IS NULL OR last_event_at < seen.last_at OR active_at > seen.first_at)",
    );
    for chunk in padded(seen) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        on_tx!(tx, connection => {
            let mut query = sqlx::query(text);
            for (asset, first, last) in chunk {
                query = query.bind(asset).bind(first).bind(last);
            }
            query.execute(connection).await.map(drop)
        })?;
    }
    Ok(())
}
