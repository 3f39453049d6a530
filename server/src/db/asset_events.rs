//! What Meta says about assets, and what Attaché does not know yet.

use super::{Db, chunks::ManyRows, transaction::Tx};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    error::Result,
    ids::{AssetEventId, TenantId},
};

/// Something that Meta said, as it is about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewAssetEvent<'a> {
    pub(crate) id: AssetEventId,
    pub(crate) tenant_id: &'a TenantId,
    pub(crate) asset_kind: AssetKind,
    pub(crate) asset_meta_id: &'a str,
    /// The same event has the same key.
    pub(crate) key: String,
    pub(crate) kind: &'a str,
    /// Meta's time, Unix milliseconds.
    pub(crate) at: i64,
    pub(crate) sentence: &'a str,
    /// JSON.
    pub(crate) raw: &'a str,
}

/// Writes down what is not known yet. Of two times of the same event the earlier counts.
pub(crate) async fn upsert_across_tenants(tx: &mut Tx, rows: &[NewAssetEvent<'_>], now: Timestamp) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO asset_events (id, tenant_id, asset_kind, asset_meta_id, key, kind, at, sentence, raw, created_at)
            VALUES ",
        10,
        " ON CONFLICT (tenant_id, key) DO UPDATE SET at = excluded.at WHERE excluded.at < asset_events.at",
    );
    write_rows!(tx, SQL, rows, row =>
        &row.id, row.tenant_id, row.asset_kind, row.asset_meta_id, &row.key, row.kind, row.at, row.sentence,
        row.raw, now.as_millis()
    );
    Ok(())
}

/// The last that Meta said of each number's history (kinds that begin with `history.`): the number's id at Meta, the kind and
/// the sentence.
///
/// # Errors
/// When the database fails.
pub async fn list_last_of_history(db: &Db, tenant: &TenantId) -> Result<Vec<(String, String, String)>> {
    const SQL: &str = "SELECT asset_meta_id, kind, sentence FROM (SELECT asset_meta_id, kind, sentence,
                ROW_NUMBER() OVER (PARTITION BY asset_meta_id ORDER BY at DESC, id DESC) AS place
            FROM asset_events WHERE tenant_id = $1 AND asset_kind = 'whatsapp_number'
                AND kind IN ('history.declined', 'history.errors', 'history.progress')) ranked
        WHERE place = 1 ORDER BY asset_meta_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// Something that Meta said about an asset.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AssetEvent {
    /// Its identifier.
    pub id: AssetEventId,
    /// The kind of asset.
    pub asset_kind: AssetKind,
    /// The asset's id at Meta.
    pub asset_meta_id: String,
    /// The asset's name, when the tenant still has it.
    pub asset_name: Option<String>,
    /// What kind of event, in Meta's words.
    pub kind: String,
    /// Meta's time.
    pub at: Timestamp,
    /// What it is, for people.
    pub sentence: String,
}

/// The latest of a tenant, newest first, older than `before` (its time and identifier) when given.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    tenant: &TenantId,
    before: Option<(Timestamp, &AssetEventId)>,
    limit: i64,
) -> Result<Vec<AssetEvent>> {
    const SQL: &str = "SELECT e.id, e.asset_kind, e.asset_meta_id, e.kind, e.at, e.sentence, (
            SELECT a.name FROM assets a
            WHERE a.tenant_id = $1 AND a.meta_id = e.asset_meta_id AND a.kind = e.asset_kind
            ORDER BY a.selected DESC, a.id LIMIT 1
        ) AS asset_name
        FROM asset_events e WHERE e.tenant_id = $1 AND (e.at < $2 OR (e.at = $2 AND e.id < $3))
        ORDER BY e.at DESC, e.id DESC LIMIT $4";
    let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.as_millis(), id.as_str()));
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(at).bind(id).bind(limit).fetch_all(pool).await)?)
}

/// Lets the pieces of bodies go that came before `moment`, at most `limit`; what they said stays. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn clear_raw_before_across_tenants(db: &Db, moment: Timestamp, limit: i64) -> Result<u64> {
    const SQL: &str = "UPDATE asset_events SET raw = '' WHERE id IN (SELECT id FROM asset_events
        WHERE created_at < $1 AND raw <> '' ORDER BY created_at, id LIMIT $2)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment).bind(limit).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
