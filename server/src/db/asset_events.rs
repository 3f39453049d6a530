//! What Meta says about assets, and what Attaché does not know yet.

use super::{
    chunks::{ManyRows, in_chunks},
    transaction::Tx,
};
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
    pub(crate) raw: String,
}

/// Writes down what is not known yet. Of two times of the same event the earlier counts.
pub(crate) async fn upsert_across_tenants(tx: &mut Tx, rows: &[NewAssetEvent<'_>], now: Timestamp) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO asset_events (id, tenant_id, asset_kind, asset_meta_id, key, kind, at, sentence, raw, created_at)
            VALUES ",
        10,
        " ON CONFLICT (tenant_id, key) DO UPDATE SET at = excluded.at WHERE excluded.at < asset_events.at",
    );
    for chunk in in_chunks(rows) {
        on_tx!(tx, connection => {
            let mut query = sqlx::query(SQL.text(chunk.len()));
            for row in chunk {
                query = query.bind(&row.id).bind(row.tenant_id).bind(row.asset_kind).bind(row.asset_meta_id)
                    .bind(&row.key).bind(row.kind).bind(row.at).bind(row.sentence).bind(&row.raw)
                    .bind(now.as_millis());
            }
            query.execute(connection).await.map(drop)
        })?;
    }
    Ok(())
}
