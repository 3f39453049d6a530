//! Conversations of tenants with their customers.

use super::{
    chunks::{ManyRows, Marks, padded},
    transaction::Tx,
};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    error::Result,
    ids::{ContactId, ConversationId, LocationId, TenantId},
};

/// A conversation. Times are Meta's, in Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Conversation {
    pub(crate) id: ConversationId,
    pub(crate) tenant_id: TenantId,
    pub(crate) asset_kind: AssetKind,
    pub(crate) asset_meta_id: String,
    pub(crate) location_id: Option<LocationId>,
    /// The contact's id; `group:…` or `comments:…` otherwise.
    pub(crate) thread: String,
    pub(crate) contact_id: Option<ContactId>,
    /// 0 while it holds no message.
    pub(crate) last_message_at: i64,
    pub(crate) last_inbound_at: Option<i64>,
    pub(crate) delivered_through: Option<i64>,
    pub(crate) read_through: Option<i64>,
}

/// Tenant, kind and Meta id of the asset, thread.
pub(crate) type ConversationKey<'a> = (&'a TenantId, AssetKind, &'a str, &'a str);

impl Conversation {
    pub(crate) fn key(&self) -> ConversationKey<'_> {
        (&self.tenant_id, self.asset_kind, &self.asset_meta_id, &self.thread)
    }
}

/// The conversations under these keys.
pub(crate) async fn list_by_key_across_tenants(tx: &mut Tx, keys: &[ConversationKey<'_>]) -> Result<Vec<Conversation>> {
    static SQL: ManyRows = ManyRows::new(
        "WITH wanted (tenant_id, asset_kind, asset_meta_id, thread) AS (VALUES ",
        4,
        ") SELECT c.id, c.tenant_id, c.asset_kind, c.asset_meta_id, c.location_id, c.thread, c.contact_id,
                c.last_message_at, c.last_inbound_at, c.delivered_through, c.read_through
            FROM wanted w CROSS JOIN conversations c
            WHERE c.tenant_id = w.tenant_id AND c.asset_kind = w.asset_kind AND c.asset_meta_id = w.asset_meta_id
                AND c.thread = w.thread",
    );
    let mut all = Vec::with_capacity(keys.len());
    for chunk in padded(keys) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        let found: Vec<Conversation> = on_tx!(tx, connection => {
            let mut query = sqlx::query_as(text);
            for (tenant, kind, meta_id, thread) in chunk {
                query = query.bind(tenant).bind(kind).bind(meta_id).bind(thread);
            }
            query.fetch_all(connection).await
        })?;
        all.extend(found);
    }
    Ok(all)
}

/// Writes conversations as they are now.
pub(crate) async fn upsert_across_tenants(tx: &mut Tx, rows: &[&Conversation], now: Timestamp) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO conversations (id, tenant_id, asset_kind, asset_meta_id, location_id, thread, contact_id,
            last_message_at, last_inbound_at, delivered_through, read_through, created_at) VALUES ",
        12,
        " ON CONFLICT (id) DO UPDATE SET last_message_at = excluded.last_message_at,
            last_inbound_at = excluded.last_inbound_at, delivered_through = excluded.delivered_through,
            read_through = excluded.read_through",
    );
    write_rows!(tx, SQL, rows, row =>
        &row.id, &row.tenant_id, row.asset_kind, &row.asset_meta_id, &row.location_id, &row.thread, &row.contact_id,
        row.last_message_at, row.last_inbound_at, row.delivered_through, row.read_through, now.as_millis()
    );
    Ok(())
}
