//! What the assets of a tenant brought, and its end: messages, customers, what Meta said, deliveries. Erased in slices, so that
//! nobody waits long, and from where an earlier run stopped.

use std::collections::HashMap;

use super::{Db, journal, transaction::Tx};
use crate::{
    asset_kind::AssetKind,
    error::Result,
    ids::{AssetId, ConnectionId, ContactId, DeliveryId, TenantId},
};

/// How many rows one slice takes away.
pub const SLICE: i64 = 500;

/// How much each chosen asset of a connection brought, by its id: messages, what Meta said of it, and deliveries that are kept.
///
/// # Errors
/// When the database fails.
pub async fn count_by_asset(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<HashMap<AssetId, i64>> {
    const SQL: &str = "WITH events AS (SELECT asset_kind, asset_meta_id, COUNT(*) AS n FROM asset_events
            WHERE tenant_id = $1 GROUP BY asset_kind, asset_meta_id),
        parts AS (SELECT asset_kind, asset_meta_id, COUNT(*) AS n FROM delivery_parts
            WHERE tenant_id = $1 GROUP BY asset_kind, asset_meta_id)
        SELECT a.id, (SELECT COUNT(*) FROM messages m WHERE m.tenant_id = $1 AND m.asset_meta_id = a.meta_id)
            + COALESCE(e.n, 0) + COALESCE(p.n, 0)
        FROM assets a LEFT JOIN events e ON e.asset_kind = a.kind AND e.asset_meta_id = a.meta_id
            LEFT JOIN parts p ON p.asset_kind = a.kind AND p.asset_meta_id = a.meta_id
        WHERE a.tenant_id = $1 AND a.connection_id = $2 AND a.selected";
    let counts: Vec<(AssetId, i64)> =
        on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(connection).fetch_all(pool).await)?;
    Ok(counts.into_iter().collect())
}

/// Until when what an asset brought is erased: until it was connected again, when it was. What came since is of that connection.
macro_rules! before_it_was_connected_again {
    ($moment:literal, $kind:literal, $meta_id:literal) => {
        concat!(
            $moment,
            " < COALESCE((SELECT r.created_at FROM routes r WHERE r.tenant_id = $1 AND r.kind = ",
            $kind,
            " AND r.meta_id = ",
            $meta_id,
            "), 9223372036854775807)"
        )
    };
}

/// Erases a slice of what an asset brought; what it was made from goes first, so that nothing is made of it again. Answers how
/// many rows went: 0 when nothing is left.
///
/// # Errors
/// When the database fails; what was erased stays so.
pub async fn erase_slice(db: &Db, tenant: &TenantId, asset: (AssetKind, &str)) -> Result<u64> {
    let deliveries = erase_deliveries(db, tenant, asset).await?;
    if deliveries > 0 {
        return Ok(deliveries);
    }
    let mut tx = Tx::begin(db).await?;
    tx.lock_tenants(&[tenant]).await?;
    let erased = erase_made(&mut tx, tenant, asset).await?;
    tx.commit().await?;
    Ok(erased)
}

/// The bodies that are about nobody else, then what they were to this asset. The journal may be another file: bodies go first,
/// and what is left of a stop in between is found again.
async fn erase_deliveries(db: &Db, tenant: &TenantId, (kind, meta_id): (AssetKind, &str)) -> Result<u64> {
    const LIST: &str = concat!(
        "SELECT p.delivery_id, (SELECT COUNT(*) FROM delivery_parts o WHERE o.delivery_id = p.delivery_id
            AND NOT (o.tenant_id = $1 AND o.asset_kind = $2 AND o.asset_meta_id = $3)) AS others
        FROM delivery_parts p WHERE p.tenant_id = $1 AND p.asset_kind = $2 AND p.asset_meta_id = $3 AND ",
        before_it_was_connected_again!("p.received_at", "$2", "$3"),
        " ORDER BY p.received_at, p.delivery_id LIMIT $4"
    );
    const DROP: &str = "DELETE FROM delivery_parts
        WHERE delivery_id = $4 AND tenant_id = $1 AND asset_kind = $2 AND asset_meta_id = $3";
    let parts: Vec<(DeliveryId, i64)> = on_read!(db, pool => sqlx::query_as(LIST).bind(tenant).bind(kind).bind(meta_id)
        .bind(SLICE).fetch_all(pool).await)?;
    let own: Vec<i64> = parts.iter().filter(|(_, others)| *others == 0).map(|(id, _)| id.number()).collect();
    journal::delete_these(db, &own).await?;
    in_transaction!(db, tx => {
        for (id, _) in &parts {
            sqlx::query(DROP).bind(tenant).bind(kind).bind(meta_id).bind(id).execute(&mut *tx).await?;
        }
        Ok::<_, crate::error::Error>(parts.len() as u64)
    })
}

/// Messages with what hangs on them, then conversations, what Meta said, and customers that nothing is left of.
async fn erase_made(tx: &mut Tx, tenant: &TenantId, (kind, meta_id): (AssetKind, &str)) -> Result<u64> {
    const MESSAGES: &str = concat!(
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE tenant_id = $1 AND asset_meta_id = $2 AND ",
        before_it_was_connected_again!("created_at", "$4", "$2"),
        " ORDER BY meta_id LIMIT $3) RETURNING author_id"
    );
    // One that went on since keeps what came since.
    const CONVERSATIONS: &str = concat!(
        "DELETE FROM conversations WHERE id IN (SELECT v.id FROM conversations v
            WHERE v.tenant_id = $1 AND v.asset_kind = $2 AND v.asset_meta_id = $3
                AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = v.id) AND ",
        before_it_was_connected_again!("v.created_at", "$2", "$3"),
        " ORDER BY v.thread LIMIT $4) RETURNING contact_id"
    );
    const EVENTS: &str = concat!(
        "DELETE FROM asset_events WHERE id IN (SELECT id FROM asset_events
            WHERE tenant_id = $1 AND asset_kind = $2 AND asset_meta_id = $3 AND ",
        before_it_was_connected_again!("created_at", "$2", "$3"),
        " ORDER BY id LIMIT $4)"
    );
    let authors: Vec<Option<ContactId>> = on_tx!(tx, connection => sqlx::query_scalar(MESSAGES).bind(tenant)
        .bind(meta_id).bind(SLICE).bind(kind).fetch_all(connection).await)?;
    if !authors.is_empty() {
        erase_strangers(tx, tenant, &authors).await?;
        return Ok(authors.len() as u64);
    }
    let customers: Vec<Option<ContactId>> = on_tx!(tx, connection => sqlx::query_scalar(CONVERSATIONS).bind(tenant)
        .bind(kind).bind(meta_id).bind(SLICE).fetch_all(connection).await)?;
    if !customers.is_empty() {
        erase_strangers(tx, tenant, &customers).await?;
        return Ok(customers.len() as u64);
    }
    Ok(on_tx!(tx, connection => sqlx::query(EVENTS).bind(tenant).bind(kind).bind(meta_id).bind(SLICE)
        .execute(connection).await.map(|done| done.rows_affected()))?)
}

/// Erases those of these customers with whom no conversation is left and who wrote nothing that is.
async fn erase_strangers(tx: &mut Tx, tenant: &TenantId, customers: &[Option<ContactId>]) -> Result<()> {
    const SQL: &str = "DELETE FROM contacts WHERE tenant_id = $1 AND id = $2
        AND NOT EXISTS (SELECT 1 FROM conversations v WHERE v.contact_id = $2)
        AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.author_id = $2)";
    let mut customers: Vec<&ContactId> = customers.iter().flatten().collect();
    customers.sort_unstable();
    customers.dedup();
    for customer in customers {
        on_tx!(tx, connection => sqlx::query(SQL).bind(tenant).bind(customer).execute(connection).await.map(drop))?;
    }
    Ok(())
}
