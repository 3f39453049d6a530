//! Deliveries by pages: a delivery is on one page with everything that it was, however many assets it is about.

use super::{COLUMNS, Outcome, Part};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    db::Db,
    error::Result,
    ids::{DeliveryId, TenantId},
};

/// A page ends early when its parts are so many, but never within a delivery: one that is about a thousand assets is a
/// page of its own.
const MOST_PARTS: i64 = 1_000;

/// Which parts are asked for.
#[derive(Debug, Clone, Default)]
pub struct PartFilter {
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only about this asset.
    pub asset: Option<(AssetKind, String)>,
    /// Only before this place in the list: the time and the id of a delivery.
    pub before: Option<(Timestamp, DeliveryId)>,
}

/// Some deliveries, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Their parts that pass the filter; those of one delivery stand together.
    pub parts: Vec<Part>,
    /// Where the next page begins: [`PartFilter::before`] of it. `None` on the last page.
    pub next: Option<(Timestamp, DeliveryId)>,
}

/// Where the page begins.
const BEFORE: &str = "(received_at, delivery_id) < ($2, $3)";

/// What passes the filter. Each condition in so many words, so that it is found by an index.
fn wanted(filter: &PartFilter) -> String {
    let outcome = match filter.outcome {
        None => "$4 IS NULL",
        Some(Outcome::Applied) => "outcome = $4",
        Some(Outcome::Quarantined) => "outcome = $4 AND outcome <> 'applied'",
        Some(Outcome::Failed | Outcome::Unreadable) => {
            "outcome = $4 AND outcome <> 'applied' AND outcome IN ('failed', 'unreadable')"
        }
    };
    let asset = match filter.asset {
        None => "$5 IS NULL AND $6 IS NULL",
        Some(_) => "asset_kind = $5 AND asset_meta_id = $6",
    };
    format!("{outcome} AND {asset}")
}

/// A part, and how many deliveries there are at least up to the end of this page.
#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    part: Part,
    found: i64,
}

/// A page of at most `limit` of the tenant's deliveries.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId, filter: &PartFilter, limit: i64) -> Result<Page> {
    list_where(db, "tenant_id = $1", Some(tenant), filter, limit).await
}

/// A page of at most `limit` deliveries, whosever.
///
/// # Errors
/// When the database fails.
pub async fn list_across_tenants(db: &Db, filter: &PartFilter, limit: i64) -> Result<Page> {
    list_where(db, "$1 IS NULL", None, filter, limit).await
}

async fn list_where(db: &Db, whose: &str, tenant: Option<&TenantId>, filter: &PartFilter, limit: i64) -> Result<Page> {
    let wanted = wanted(filter);
    // One delivery more than the page has, to know whether there is one; then as many as their parts allow.
    let sql = format!(
        "WITH deliveries AS (
            SELECT received_at, delivery_id, COUNT(*) AS parts FROM delivery_parts WHERE {whose} AND {BEFORE} AND {wanted}
            GROUP BY received_at, delivery_id ORDER BY received_at DESC, delivery_id DESC LIMIT $7 + 1
        ), sized AS (
            SELECT received_at, delivery_id, ROW_NUMBER() OVER newest AS place,
                SUM(parts) OVER newest - parts AS before FROM deliveries WINDOW newest AS (ORDER BY received_at DESC, delivery_id DESC)
        )
        {COLUMNS}, (SELECT COUNT(*) FROM deliveries) AS found FROM delivery_parts
        WHERE {whose} AND {wanted}
            AND (received_at, delivery_id) IN (SELECT received_at, delivery_id FROM sized WHERE place <= $7 AND before < $8)
        ORDER BY received_at DESC, delivery_id DESC, tenant_id, asset_kind, asset_meta_id"
    );
    let (at, id) = place(filter);
    let (kind, meta_id) = asset(filter);
    let rows: Vec<Row> = on_read!(db, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(tenant).bind(at).bind(id)
        .bind(filter.outcome).bind(kind).bind(meta_id).bind(limit).bind(MOST_PARTS).fetch_all(pool).await)?;
    let found = rows.first().map_or(0, |row| row.found);
    let parts: Vec<Part> = rows.into_iter().map(|row| row.part).collect();
    let shown = parts.chunk_by(|one, next| one.delivery_id == next.delivery_id).count();
    let is_last = i64::try_from(shown).is_ok_and(|shown| shown >= found);
    let next = parts.last().filter(|_| !is_last);
    Ok(Page { next: next.map(|part| (Timestamp::from_millis(part.received_at), part.delivery_id)), parts })
}

/// The newest `limit` of the tenant's deliveries that pass the filter.
///
/// # Errors
/// When the database fails.
pub async fn list_ids(db: &Db, tenant: &TenantId, filter: &PartFilter, limit: i64) -> Result<Vec<DeliveryId>> {
    list_ids_where(db, "tenant_id = $1", Some(tenant), filter, limit).await
}

/// The newest `limit` deliveries that pass the filter, whosever.
///
/// # Errors
/// When the database fails.
pub async fn list_ids_across_tenants(db: &Db, filter: &PartFilter, limit: i64) -> Result<Vec<DeliveryId>> {
    list_ids_where(db, "$1 IS NULL", None, filter, limit).await
}

async fn list_ids_where(
    db: &Db,
    whose: &str,
    tenant: Option<&TenantId>,
    filter: &PartFilter,
    limit: i64,
) -> Result<Vec<DeliveryId>> {
    let wanted = wanted(filter);
    let sql = format!(
        "SELECT delivery_id FROM delivery_parts WHERE {whose} AND {BEFORE} AND {wanted}
        GROUP BY received_at, delivery_id ORDER BY received_at DESC, delivery_id DESC LIMIT $7"
    );
    let (at, id) = place(filter);
    let (kind, meta_id) = asset(filter);
    Ok(on_read!(db, pool => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(tenant).bind(at).bind(id)
        .bind(filter.outcome).bind(kind).bind(meta_id).bind(limit).fetch_all(pool).await)?)
}

fn place(filter: &PartFilter) -> (i64, i64) {
    filter.before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.as_millis(), id.number()))
}

fn asset(filter: &PartFilter) -> (Option<AssetKind>, Option<&str>) {
    filter.asset.as_ref().map(|(kind, meta_id)| (*kind, meta_id.as_str())).unzip()
}
