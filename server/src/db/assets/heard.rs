//! What customers wrote to an asset.

use super::Db;
use crate::{asset_kind::AssetKind, clock::Timestamp, error::Result, ids::TenantId};

/// A message that a customer sent to an asset.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Heard {
    /// When it arrived here, Unix milliseconds.
    pub arrived_at: i64,
    /// Its kind, in Meta's words.
    pub kind: String,
    /// Its text, when it has one.
    pub text: Option<String>,
    /// The customer's name, when Meta told it.
    pub name: Option<String>,
    /// The customer's handle.
    pub username: Option<String>,
    /// The customer's number.
    pub phone: Option<String>,
}

/// The newest message of a customer to an asset that arrived at `since` or later.
///
/// # Errors
/// When the database fails.
pub async fn find_last_heard(
    db: &Db,
    tenant: &TenantId,
    (kind, meta_id): (AssetKind, &str),
    since: Timestamp,
) -> Result<Option<Heard>> {
    const SQL: &str = "SELECT m.created_at AS arrived_at, m.kind, m.text, c.name, c.username, c.phone
        FROM conversations v JOIN messages m ON m.conversation_id = v.id LEFT JOIN contacts c ON c.id = v.contact_id
        WHERE v.tenant_id = $1 AND v.asset_kind = $2 AND v.asset_meta_id = $3 AND v.last_message_at >= $5
            AND m.direction = 'in' AND m.kind IS NOT NULL AND m.created_at >= $4
        ORDER BY m.created_at DESC, m.id DESC LIMIT 1";
    /// How far Meta's clock may be behind ours, in milliseconds.
    const SKEW: i64 = 600_000;
    let since = since.as_millis();
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(kind).bind(meta_id).bind(since).bind(since - SKEW)
        .fetch_optional(pool).await)?)
}
