//! Deliveries about assets that nobody holds: applied when somebody claims the asset.

use super::{Db, chunks::ManyRows, transaction::Tx};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    error::Result,
    ids::{DeliveryId, TenantId},
    meta::AppId,
};

/// A delivery that waits for somebody to hold the asset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quarantined<'a> {
    pub(crate) meta_app_id: &'a str,
    pub(crate) kind: AssetKind,
    pub(crate) meta_id: &'a str,
    pub(crate) delivery_id: DeliveryId,
    pub(crate) received_at: Timestamp,
}

/// A delivery whose asset has a holder by now.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Claimed {
    pub(crate) tenant_id: TenantId,
    pub(crate) meta_app_id: String,
    pub(crate) kind: AssetKind,
    pub(crate) meta_id: String,
    pub(crate) delivery_id: DeliveryId,
}

/// Keeps deliveries for whoever will hold their assets.
pub(crate) async fn insert_across_tenants(tx: &mut Tx, rows: &[Quarantined<'_>]) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO quarantine (meta_app_id, kind, meta_id, delivery_id, received_at) VALUES ",
        5,
        " ON CONFLICT (meta_app_id, kind, meta_id, delivery_id) DO NOTHING",
    );
    write_rows!(tx, SQL, rows, row => row.meta_app_id, row.kind, row.meta_id, row.delivery_id, row.received_at);
    Ok(())
}

/// How many deliveries wait, once for each asset that they are about.
pub(crate) async fn count_across_tenants(db: &Db) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM quarantine";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
}

/// Deliveries whose assets have a holder by now, the oldest of an asset first, at most `limit`.
pub(crate) async fn list_claimed_across_tenants(db: &Db, limit: i64) -> Result<Vec<Claimed>> {
    // From the assets that wait, which are few, to their routes; then the deliveries of those.
    const SQL: &str = "SELECT r.tenant_id, q.meta_app_id, q.kind, q.meta_id, q.delivery_id
        FROM routes r JOIN quarantine q ON q.meta_app_id = r.meta_app_id AND q.kind = r.kind AND q.meta_id = r.meta_id
        WHERE NOT EXISTS (SELECT 1 FROM meta_apps m WHERE m.app_id = r.meta_app_id AND m.tenant_id <> r.tenant_id)
        ORDER BY q.delivery_id LIMIT $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(limit).fetch_all(pool).await)?)
}

/// Lets a delivery go that its asset's holder has by now.
pub(crate) async fn delete_across_tenants(tx: &mut Tx, one: &Claimed) -> Result<()> {
    const SQL: &str =
        "DELETE FROM quarantine WHERE meta_app_id = $1 AND kind = $2 AND meta_id = $3 AND delivery_id = $4";
    on_tx!(tx, connection => sqlx::query(SQL).bind(&one.meta_app_id).bind(one.kind).bind(&one.meta_id)
        .bind(one.delivery_id).execute(connection).await.map(drop))?;
    Ok(())
}

/// Lets go what came before `moment`, oldest first, at most `limit`. Answers how many.
pub(crate) async fn delete_before_across_tenants(db: &Db, moment: Timestamp, limit: i64) -> Result<u64> {
    const SQL: &str = "DELETE FROM quarantine WHERE (meta_app_id, kind, meta_id, delivery_id) IN (
        SELECT meta_app_id, kind, meta_id, delivery_id FROM quarantine WHERE received_at < $1
            ORDER BY received_at, delivery_id LIMIT $2)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment).bind(limit).execute(pool).await
        .map(|done| done.rows_affected()))?)
}

/// A place among the deliveries that wait: when it came, and its id.
pub type Place = (Timestamp, DeliveryId);

/// The newest that is too many, when more than `most` wait of what one app signed, or of all. What waits with it is older, or is
/// about other assets of the same delivery.
///
/// # Errors
/// When the database fails.
pub async fn find_surplus_across_tenants(db: &Db, app: Option<&AppId>, most: i64) -> Result<Option<Place>> {
    const OF_ALL: &str =
        "SELECT received_at, delivery_id FROM quarantine ORDER BY received_at DESC, delivery_id DESC LIMIT 1 OFFSET $1";
    const OF_APP: &str = "SELECT received_at, delivery_id FROM quarantine WHERE meta_app_id = $2
        ORDER BY received_at DESC, delivery_id DESC LIMIT 1 OFFSET $1";
    Ok(match app {
        None => on_read!(db, pool => sqlx::query_as(OF_ALL).bind(most).fetch_optional(pool).await)?,
        Some(app) => on_read!(db, pool => sqlx::query_as(OF_APP).bind(most).bind(app).fetch_optional(pool).await)?,
    })
}

/// Lets go what is not newer than `place`, of what one app signed or of all, oldest first, at most `limit`. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_through_across_tenants(db: &Db, app: Option<&AppId>, place: Place, limit: i64) -> Result<u64> {
    const OF_ALL: &str = "DELETE FROM quarantine WHERE (meta_app_id, kind, meta_id, delivery_id) IN (
        SELECT meta_app_id, kind, meta_id, delivery_id FROM quarantine WHERE (received_at, delivery_id) <= ($1, $2)
            ORDER BY received_at, delivery_id LIMIT $3)";
    const OF_APP: &str = "DELETE FROM quarantine WHERE (meta_app_id, kind, meta_id, delivery_id) IN (
        SELECT meta_app_id, kind, meta_id, delivery_id FROM quarantine
            WHERE meta_app_id = $4 AND (received_at, delivery_id) <= ($1, $2)
            ORDER BY received_at, delivery_id LIMIT $3)";
    let (at, id) = place;
    let done = match app {
        None => on_write!(db, pool => sqlx::query(OF_ALL).bind(at).bind(id).bind(limit).execute(pool).await
            .map(|done| done.rows_affected())),
        Some(app) => {
            on_write!(db, pool => sqlx::query(OF_APP).bind(at).bind(id).bind(limit).bind(app).execute(pool).await
            .map(|done| done.rows_affected()))
        }
    };
    Ok(done?)
}
