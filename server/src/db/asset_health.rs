//! What Meta says of assets, one row for each change.

use super::{
    Db,
    outgoing_events::{ASSET, AssetFacts, HEARD, pattern},
};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    event::{Event, EventType},
    ids::{AssetId, TenantId},
};

/// No more changes of an asset are kept than these, the latest.
const KEPT: i64 = 30;

/// A state and how long Meta said so.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HealthRow {
    /// Of which asset.
    pub asset_id: AssetId,
    /// When Meta first said so, Unix milliseconds.
    pub since: i64,
    /// When Meta last said so, Unix milliseconds.
    pub seen_at: i64,
    /// What, as JSON.
    pub state: String,
}

/// Records what Meta says of assets now; a state that is the one of before is only seen again. Answers how many changed. What
/// changed is told to the tenant's own systems; what is known for the first time is no news to them.
///
/// # Errors
/// When the database fails.
pub async fn record(db: &Db, tenant: &TenantId, states: &[(AssetId, String)], now: Timestamp) -> Result<usize> {
    const SEEN: &str = "UPDATE asset_health SET seen_at = $4 WHERE tenant_id = $1 AND asset_id = $2 AND state = $3
        AND since = (SELECT MAX(latest.since) FROM asset_health latest WHERE latest.asset_id = $2)";
    const CHANGED: &str = "INSERT INTO asset_health (asset_id, tenant_id, since, seen_at, state)
        SELECT a.id, a.tenant_id, $4, $4, $3 FROM assets a WHERE a.tenant_id = $1 AND a.id = $2
        ON CONFLICT (asset_id, since) DO UPDATE SET state = excluded.state";
    const SURPLUS: &str = "DELETE FROM asset_health WHERE tenant_id = $1 AND asset_id = $2 AND since <= (SELECT since
        FROM asset_health kept WHERE kept.asset_id = $2 ORDER BY since DESC LIMIT 1 OFFSET $3)";
    if states.is_empty() {
        return Ok(0);
    }
    const KNOWN: &str = "SELECT COUNT(*) FROM asset_health WHERE tenant_id = $1 AND asset_id = $2";
    in_transaction!(db, tx => {
        let kind = pattern(EventType::AssetHealthChanged);
        let heard: i64 = sqlx::query_scalar(HEARD).bind(tenant).bind(kind).fetch_one(&mut *tx).await?;
        let mut changed = 0;
        for (asset, state) in states {
            let seen = sqlx::query(SEEN).bind(tenant).bind(asset).bind(state).bind(now.as_millis())
                .execute(&mut *tx).await?;
            if seen.rows_affected() == 0 {
                let known: i64 = sqlx::query_scalar(KNOWN).bind(tenant).bind(asset).fetch_one(&mut *tx).await?;
                sqlx::query(CHANGED).bind(tenant).bind(asset).bind(state).bind(now.as_millis()).execute(&mut *tx).await?;
                sqlx::query(SURPLUS).bind(tenant).bind(asset).bind(KEPT).execute(&mut *tx).await?;
                changed += 1;
                let facts: Option<AssetFacts> = match heard > 0 && known > 0 {
                    true => sqlx::query_as(ASSET).bind(tenant).bind(asset).fetch_optional(&mut *tx).await?,
                    false => None,
                };
                if let Some(facts) = facts {
                    let event = Event::of_health(tenant, &facts, state, now)?;
                    tell_event!(tx, tenant, &facts.connection_id, &event, now);
                }
            }
        }
        Ok::<_, Error>(changed)
    })
}

/// What Meta says now of each chosen asset of a tenant.
///
/// # Errors
/// When the database fails.
pub async fn list_latest(db: &Db, tenant: &TenantId) -> Result<Vec<HealthRow>> {
    const SQL: &str = "SELECT h.asset_id, h.since, h.seen_at, h.state FROM assets a JOIN asset_health h
            ON h.asset_id = a.id AND h.since = (SELECT MAX(latest.since) FROM asset_health latest WHERE latest.asset_id = a.id)
        WHERE a.tenant_id = $1 AND a.selected ORDER BY h.asset_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// What Meta last said of an asset.
///
/// # Errors
/// When the database fails.
pub async fn find_latest(db: &Db, tenant: &TenantId, asset: &AssetId) -> Result<Option<HealthRow>> {
    const SQL: &str = "SELECT asset_id, since, seen_at, state FROM asset_health
        WHERE tenant_id = $1 AND asset_id = $2 ORDER BY since DESC LIMIT 1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(asset).fetch_optional(pool).await)?)
}

/// Every change of an asset that is kept, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId, asset: &AssetId) -> Result<Vec<HealthRow>> {
    const SQL: &str = "SELECT asset_id, since, seen_at, state FROM asset_health
        WHERE tenant_id = $1 AND asset_id = $2 ORDER BY since DESC";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(asset).fetch_all(pool).await)?)
}
