//! What each delivery was to each asset that it is about.

mod page;

pub use page::{Page, PartFilter, list, list_across_tenants, list_ids, list_ids_across_tenants};

use super::{
    Db,
    chunks::{ManyRows, Marks, padded},
    transaction::Tx,
};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    error::Result,
    ids::{DeliveryId, TenantId},
};

/// What became of a delivery.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is in the tables that people look at.
    Applied,
    /// Nobody holds its asset, through the app that sent it. Kept for a while, in case somebody connects it.
    Quarantined,
    /// Meta signed it, but it is not what Meta documents.
    Unreadable,
    /// It could not be applied, though others could.
    Failed,
}

/// What one delivery was to one asset.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Part {
    /// Which delivery.
    pub delivery_id: DeliveryId,
    /// Whose; empty for what belongs to nobody.
    pub tenant_id: String,
    /// The kind of asset; `None` when that could not be read.
    #[sqlx(try_from = "Kind")]
    pub asset_kind: Option<AssetKind>,
    /// The asset's id at Meta.
    pub asset_meta_id: String,
    /// The app that sent it.
    pub meta_app_id: String,
    /// When it came, Unix milliseconds.
    pub received_at: i64,
    /// What became of it.
    pub outcome: Outcome,
    /// How many events it brought.
    pub events: i64,
    /// JSON: how many of which kind.
    pub summary: String,
    /// JSON of an explanation, when it is not applied.
    pub problem: Option<String>,
    /// When somebody had it applied again, Unix milliseconds.
    pub replayed_at: Option<i64>,
}

/// An asset's kind as it is stored: empty for none.
#[derive(sqlx::Type)]
#[sqlx(transparent)]
struct Kind(String);

impl From<Kind> for Option<AssetKind> {
    fn from(kind: Kind) -> Self {
        AssetKind::from_name(&kind.0)
    }
}

const COLUMNS: &str = "SELECT delivery_id, tenant_id, asset_kind, asset_meta_id, meta_app_id, received_at, outcome,
    events, summary, problem, replayed_at";

/// Every part of a delivery, of all tenants.
///
/// # Errors
/// When the database fails.
pub async fn list_by_delivery_across_tenants(db: &Db, id: DeliveryId) -> Result<Vec<Part>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} FROM delivery_parts WHERE delivery_id = $1 ORDER BY tenant_id, asset_kind, asset_meta_id"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(id).fetch_all(pool).await)?)
}

/// Every part of these deliveries, of all tenants, within a transaction.
pub(crate) async fn list_by_deliveries_across_tenants(tx: &mut Tx, ids: &[DeliveryId]) -> Result<Vec<Part>> {
    static SQL: ManyRows = ManyRows::new(
        "SELECT delivery_id, tenant_id, asset_kind, asset_meta_id, meta_app_id, received_at, outcome, events, summary, problem,
            replayed_at FROM delivery_parts WHERE delivery_id IN (VALUES ",
        1,
        ")",
    );
    let mut all = Vec::new();
    for chunk in padded(ids) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        let rows: Vec<Part> = on_tx!(tx, connection => {
            let mut query = sqlx::query_as(text);
            for id in chunk {
                query = query.bind(id);
            }
            query.fetch_all(connection).await
        })?;
        all.extend(rows);
    }
    Ok(all)
}

/// Whose these deliveries are: each with each of its tenants, and with nobody as an empty text.
///
/// # Errors
/// When the database fails.
pub async fn list_tenants_across_tenants(db: &Db, ids: &[DeliveryId]) -> Result<Vec<(DeliveryId, String)>> {
    static SQL: ManyRows = ManyRows::new(
        "SELECT DISTINCT delivery_id, tenant_id FROM delivery_parts WHERE delivery_id IN (VALUES ",
        1,
        ")",
    );
    let mut all = Vec::new();
    for chunk in padded(ids) {
        let text = SQL.text(Marks::of_db(db), chunk.len());
        let rows: Vec<(DeliveryId, String)> = on_read!(db, pool => {
            let mut query = sqlx::query_as(text);
            for id in chunk {
                query = query.bind(id);
            }
            query.fetch_all(pool).await
        })?;
        all.extend(rows);
    }
    Ok(all)
}

/// How many parts since `since` failed or could not be read.
///
/// # Errors
/// When the database fails.
pub async fn count_troubled_across_tenants(db: &Db, since: Timestamp) -> Result<Vec<(Outcome, i64)>> {
    // The condition in so many words, so that the small index is used and not the journal of a busy day read.
    const SQL: &str = "SELECT outcome, COUNT(*) FROM delivery_parts
        WHERE outcome IN ('failed', 'unreadable') AND received_at >= $1 GROUP BY outcome";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(since.as_millis()).fetch_all(pool).await)?)
}

/// A part as it is about to be written.
#[derive(Debug, Clone)]
pub struct NewPart {
    /// Which delivery.
    pub delivery_id: DeliveryId,
    /// Whose; `None` for what belongs to nobody.
    pub tenant: Option<TenantId>,
    /// About which asset, by its id at Meta; `None` when that could not be read.
    pub asset: Option<(AssetKind, String)>,
    /// The app that sent it.
    pub meta_app_id: String,
    /// When it came.
    pub received_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// How many events it brought.
    pub events: i64,
    /// JSON: how many of which kind.
    pub summary: std::borrow::Cow<'static, str>,
    /// JSON of an explanation.
    pub problem: Option<String>,
    /// When somebody had it applied again.
    pub replayed_at: Option<Timestamp>,
}

/// Writes parts; one that is there already is replaced. Sorted by the caller.
pub(crate) async fn upsert_across_tenants(tx: &mut Tx, parts: &[NewPart]) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO delivery_parts (delivery_id, tenant_id, asset_kind, asset_meta_id, meta_app_id, received_at,
            outcome, events, summary, problem, replayed_at) VALUES ",
        11,
        " ON CONFLICT (delivery_id, tenant_id, asset_kind, asset_meta_id) DO UPDATE SET outcome = excluded.outcome,
            events = excluded.events, summary = excluded.summary, problem = excluded.problem,
            replayed_at = excluded.replayed_at",
    );
    write_rows!(tx, SQL, parts, part =>
        part.delivery_id, part.tenant.as_ref().map_or("", TenantId::as_str),
        part.asset.as_ref().map_or("", |(kind, _)| kind.name()),
        part.asset.as_ref().map_or("", |(_, meta_id)| meta_id.as_str()), &part.meta_app_id,
        part.received_at.as_millis(), part.outcome, part.events, &*part.summary, &part.problem,
        part.replayed_at.map(Timestamp::as_millis)
    );
    Ok(())
}

/// Removes what nobody held of these deliveries.
pub(crate) async fn delete_unheld_across_tenants(tx: &mut Tx, ids: impl Iterator<Item = DeliveryId>) -> Result<()> {
    const SQL: &str = "DELETE FROM delivery_parts WHERE delivery_id = $1 AND tenant_id = ''";
    for id in ids {
        on_tx!(tx, connection => sqlx::query(SQL).bind(id).execute(connection).await.map(drop))?;
    }
    Ok(())
}

/// Removes what nobody held of a delivery about an asset: all of it belongs to somebody now.
pub(crate) async fn delete_handed_over_across_tenants(
    tx: &mut Tx,
    id: DeliveryId,
    asset: (AssetKind, &str),
) -> Result<()> {
    const SQL: &str = "DELETE FROM delivery_parts
        WHERE delivery_id = $1 AND tenant_id = '' AND asset_kind = $2 AND asset_meta_id = $3";
    on_tx!(tx, connection => sqlx::query(SQL).bind(id).bind(asset.0).bind(asset.1).execute(connection).await.map(drop))?;
    Ok(())
}

/// Removes the oldest parts that came before `moment`, at most `limit`. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_before_across_tenants(db: &Db, moment: Timestamp, limit: i64) -> Result<u64> {
    const SQL: &str = "DELETE FROM delivery_parts WHERE delivery_id IN (
            SELECT delivery_id FROM delivery_parts WHERE received_at < $1 ORDER BY received_at, delivery_id LIMIT $2
        ) AND received_at < $1";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment.as_millis()).bind(limit).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
