//! Messages of conversations.

use super::{
    chunks::{ManyRows, Marks, padded},
    transaction::Tx,
};
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{ContactId, ConversationId, MessageId, TenantId},
    meta::webhook::{Direction, SentStatus},
};

/// A message, or what is known of one whose content has not come. Times are Meta's, in Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Message {
    pub(crate) id: MessageId,
    pub(crate) tenant_id: TenantId,
    pub(crate) conversation_id: Option<ConversationId>,
    pub(crate) asset_meta_id: String,
    pub(crate) meta_id: String,
    pub(crate) author_id: Option<ContactId>,
    pub(crate) direction: Option<Direction>,
    pub(crate) kind: Option<String>,
    pub(crate) content_rank: i64,
    pub(crate) text: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) reply_to: Option<String>,
    pub(crate) sent_at: i64,
    pub(crate) status: Option<SentStatus>,
    pub(crate) status_at: Option<i64>,
    pub(crate) problem: Option<String>,
    pub(crate) edits: i64,
    pub(crate) edited_at: Option<i64>,
    pub(crate) deleted_at: Option<i64>,
}

/// Tenant, Meta id of the asset, Meta id of the message.
pub(crate) type MessageKey<'a> = (&'a TenantId, &'a str, &'a str);

impl Message {
    pub(crate) fn key(&self) -> MessageKey<'_> {
        (&self.tenant_id, &self.asset_meta_id, &self.meta_id)
    }
}

/// The messages under these keys.
pub(crate) async fn list_by_key_across_tenants(tx: &mut Tx, keys: &[MessageKey<'_>]) -> Result<Vec<Message>> {
    static SQL: ManyRows = ManyRows::new(
        "WITH wanted (tenant_id, asset_meta_id, meta_id) AS (VALUES ",
        3,
        ") SELECT m.id, m.tenant_id, m.conversation_id, m.asset_meta_id, m.meta_id, m.author_id, m.direction, m.kind,
                m.content_rank, m.text, m.detail, m.reply_to, m.sent_at, m.status, m.status_at, m.problem, m.edits,
                m.edited_at, m.deleted_at
            FROM wanted w CROSS JOIN messages m
            WHERE m.tenant_id = w.tenant_id AND m.asset_meta_id = w.asset_meta_id AND m.meta_id = w.meta_id",
    );
    let mut all = Vec::new();
    for chunk in padded(keys) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        let found: Vec<Message> = on_tx!(tx, connection => {
            let mut query = sqlx::query_as(text);
            for (tenant, asset, meta_id) in chunk {
                query = query.bind(tenant).bind(asset).bind(meta_id);
            }
            query.fetch_all(connection).await
        })?;
        all.extend(found);
    }
    Ok(all)
}

/// Writes messages as they are now.
pub(crate) async fn upsert_across_tenants(tx: &mut Tx, rows: &[&Message], now: Timestamp) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO messages (id, tenant_id, conversation_id, asset_meta_id, meta_id, author_id, direction, kind,
            content_rank, text, detail, reply_to, sent_at, status, status_at, problem, edits, edited_at,
            deleted_at, created_at) VALUES ",
        20,
        " ON CONFLICT (id) DO UPDATE SET conversation_id = excluded.conversation_id, author_id = excluded.author_id,
            direction = excluded.direction, kind = excluded.kind, content_rank = excluded.content_rank,
            text = excluded.text, detail = excluded.detail, reply_to = excluded.reply_to, sent_at = excluded.sent_at,
            status = excluded.status, status_at = excluded.status_at, problem = excluded.problem,
            edits = excluded.edits, edited_at = excluded.edited_at, deleted_at = excluded.deleted_at",
    );
    write_rows!(tx, SQL, rows, row =>
        &row.id, &row.tenant_id, &row.conversation_id, &row.asset_meta_id, &row.meta_id, &row.author_id,
        row.direction, &row.kind, row.content_rank, &row.text, &row.detail, &row.reply_to, row.sent_at, row.status,
        row.status_at, &row.problem, row.edits, row.edited_at, row.deleted_at, now.as_millis()
    );
    Ok(())
}
