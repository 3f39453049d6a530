//! Reactions to messages.

use super::{
    chunks::{ManyRows, Marks, padded},
    transaction::Tx,
};
use crate::{
    error::Result,
    ids::{MessageId, TenantId},
};

/// What somebody's reaction to a message is now. Of two, the later counts, and the greater of two at the same time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
pub(crate) struct Reaction {
    /// Meta's time of it.
    pub(crate) at: i64,
    /// `None` when taken back.
    pub(crate) emoji: Option<String>,
    pub(crate) message_id: MessageId,
    /// The contact's id, or [`BUSINESS`].
    pub(crate) actor: String,
}

/// The actor that is no contact.
pub(crate) const BUSINESS: &str = "business";

/// The reactions of these actors to these messages.
pub(crate) async fn list_across_tenants(tx: &mut Tx, keys: &[(&MessageId, &str)]) -> Result<Vec<Reaction>> {
    static SQL: ManyRows = ManyRows::new(
        "WITH wanted (message_id, actor) AS (VALUES ",
        2,
        ") SELECT r.message_id, r.actor, r.emoji, r.at FROM wanted w CROSS JOIN reactions r
            WHERE r.message_id = w.message_id AND r.actor = w.actor",
    );
    let mut all = Vec::new();
    for chunk in padded(keys) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        let found: Vec<Reaction> = on_tx!(tx, connection => {
            let mut query = sqlx::query_as(text);
            for (message, actor) in chunk {
                query = query.bind(message).bind(actor);
            }
            query.fetch_all(connection).await
        })?;
        all.extend(found);
    }
    Ok(all)
}

/// Writes reactions as they are now.
pub(crate) async fn upsert_across_tenants(tx: &mut Tx, rows: &[&Reaction]) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO reactions (message_id, actor, emoji, at) VALUES ",
        4,
        " ON CONFLICT (message_id, actor) DO UPDATE SET emoji = excluded.emoji, at = excluded.at",
    );
    write_rows!(tx, SQL, rows, row => &row.message_id, &row.actor, &row.emoji, row.at);
    Ok(())
}

/// Everything that an actor reacted to.
pub(crate) async fn list_by_actor(tx: &mut Tx, tenant: &TenantId, actor: &str) -> Result<Vec<Reaction>> {
    const SQL: &str =
        "SELECT r.message_id, r.actor, r.emoji, r.at FROM reactions r JOIN messages m ON m.id = r.message_id
        WHERE m.tenant_id = $1 AND r.actor = $2";
    Ok(on_tx!(tx, connection => sqlx::query_as(SQL).bind(tenant).bind(actor).fetch_all(connection).await)?)
}

/// Removes an actor's reactions.
pub(crate) async fn delete_by_actor(tx: &mut Tx, tenant: &TenantId, actor: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM reactions WHERE actor = $2
        AND message_id IN (SELECT m.id FROM messages m JOIN reactions r ON r.message_id = m.id
            WHERE m.tenant_id = $1 AND r.actor = $2)";
    on_tx!(tx, connection => sqlx::query(SQL).bind(tenant).bind(actor).execute(connection).await.map(drop))?;
    Ok(())
}
