//! Events for the tenants' own systems, written in the transaction of what they tell of, with a delivery for each endpoint that
//! takes their type.

use serde::Serialize;

use super::Db;
use crate::{
    clock::Timestamp,
    error::Result,
    event::{EventType, moment},
    ids::{AssetId, ConnectionId},
};

/// A connection as events tell it. No name of a person is in it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ConnectionFacts {
    id: ConnectionId,
    meta_app_id: String,
    token_kind: String,
    status: String,
    expires_at: Option<i64>,
    data_access_expires_at: Option<i64>,
    created_at: i64,
}

impl Serialize for ConnectionFacts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = |millis: i64| moment(Timestamp::from_millis(millis));
        serde_json::json!({
            "id": self.id,
            "meta_app_id": self.meta_app_id,
            "token_kind": self.token_kind,
            "status": self.status,
            "expires_at": self.expires_at.and_then(at),
            "data_access_expires_at": self.data_access_expires_at.and_then(at),
            "created_at": at(self.created_at),
        })
        .serialize(serializer)
    }
}

/// An asset as events tell it.
#[derive(Debug, Clone, Serialize, sqlx::FromRow)]
pub(super) struct AssetFacts {
    id: AssetId,
    pub(super) connection_id: ConnectionId,
    kind: String,
    meta_id: String,
}

/// What `event_types` is compared with for a type of event.
pub(super) fn pattern(kind: EventType) -> String {
    format!("% {} %", kind.as_str())
}

/// How many endpoints of a tenant take a type of event.
pub(super) const HEARD: &str = "SELECT COUNT(*) FROM webhook_endpoints
    WHERE tenant_id = $1 AND disabled_at IS NULL AND (event_types IS NULL OR event_types LIKE $2)";
pub(super) const CONNECTION: &str =
    "SELECT id, meta_app_id, token_kind, status, expires_at, data_access_expires_at, created_at
    FROM connections WHERE tenant_id = $1 AND id = $2";
pub(super) const ASSET: &str = "SELECT id, connection_id, kind, meta_id FROM assets WHERE tenant_id = $1 AND id = $2";
pub(super) const INSERT: &str = "INSERT INTO outgoing_events (id, tenant_id, kind, connection_id, body, created_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
pub(super) const FAN_OUT: &str =
    "INSERT INTO event_deliveries (endpoint_id, event_id, tenant_id, state, tries, next_at, created_at)
    SELECT id, $3, tenant_id, 'waiting', 0, $4, $4 FROM webhook_endpoints
    WHERE tenant_id = $1 AND disabled_at IS NULL AND (event_types IS NULL OR event_types LIKE $2)
    ON CONFLICT (endpoint_id, event_id) DO NOTHING";
/// What was told of a connection, with its deliveries.
pub(super) const FORGET: &str = "DELETE FROM outgoing_events WHERE tenant_id = $1 AND connection_id = $2";

/// Keeps `$event` within the transaction `$tx`, for every endpoint of the tenant that takes its type: it is there exactly when
/// the change is that it tells of.
macro_rules! tell_event {
    ($tx:ident, $tenant:expr, $connection:expr, $event:expr, $now:expr) => {{
        use $crate::db::outgoing_events::{FAN_OUT, INSERT, pattern};
        let (tenant, event, now): (&$crate::ids::TenantId, &$crate::event::Event, $crate::clock::Timestamp) =
            ($tenant, $event, $now);
        sqlx::query(INSERT)
            .bind(&event.id)
            .bind(tenant)
            .bind(event.kind.as_str())
            .bind($connection)
            .bind(&event.body)
            .bind(now.as_millis())
            .execute(&mut *$tx)
            .await?;
        sqlx::query(FAN_OUT)
            .bind(tenant)
            .bind(pattern(event.kind))
            .bind(&event.id)
            .bind(now.as_millis())
            .execute(&mut *$tx)
            .await?;
    }};
}

/// Tells within the transaction `$tx` what happened to a connection, as it is then. Costs one question where nobody listens.
macro_rules! tell_change {
    ($tx:ident, $tenant:expr, $connection:expr, $change:expr, $now:expr) => {{
        use $crate::db::outgoing_events::{CONNECTION, ConnectionFacts, HEARD, pattern};
        let (tenant, connection): (&$crate::ids::TenantId, &$crate::ids::ConnectionId) = ($tenant, $connection);
        let (change, now): (&$crate::event::Change<'_>, $crate::clock::Timestamp) = ($change, $now);
        let heard: i64 =
            sqlx::query_scalar(HEARD).bind(tenant).bind(pattern(change.kind())).fetch_one(&mut *$tx).await?;
        if heard > 0 {
            let facts: Option<ConnectionFacts> =
                sqlx::query_as(CONNECTION).bind(tenant).bind(connection).fetch_optional(&mut *$tx).await?;
            if let Some(facts) = facts {
                let event = $crate::event::Event::of_connection(tenant, &facts, change, now)?;
                tell_event!($tx, tenant, connection, &event, now);
            }
        }
    }};
}

/// Removes events that happened before `moment`, with their deliveries, but for those that are still on their way: at most
/// 2,000 at a time. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_before_across_tenants(db: &Db, moment: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM outgoing_events WHERE id IN (SELECT e.id FROM outgoing_events e
        WHERE e.created_at < $1 AND NOT EXISTS (SELECT 1 FROM event_deliveries d
            WHERE d.event_id = e.id AND d.state = 'waiting' AND d.next_at >= $1)
        ORDER BY e.created_at, e.id LIMIT 2000)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment.as_millis()).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
