//! How the sending of each event to each endpoint stands.

use super::{Db, outgoing_events};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    event::Event,
    ids::{OutgoingEventId, TenantId, WebhookEndpointId},
};

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is to be tried, now or again.
    Waiting,
    /// The endpoint took it.
    Delivered,
    /// It is not tried any more by itself.
    Failed,
}

/// A delivery.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EventDelivery {
    /// To which endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// Of which event.
    pub event_id: OutgoingEventId,
    /// The event's type.
    pub kind: String,
    /// What it says, JSON.
    pub body: String,
    /// When it happened, Unix milliseconds.
    pub created_at: i64,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried since it was last asked for.
    pub tries: i64,
    /// When it is tried next, Unix milliseconds, while it waits.
    pub next_at: i64,
    /// When it was last tried, Unix milliseconds.
    pub tried_at: Option<i64>,
    /// How long that took, milliseconds.
    pub took: Option<i64>,
    /// The status that was answered then.
    pub status: Option<i64>,
    /// JSON of an explanation: why that was no success.
    pub problem: Option<String>,
    /// How the answer began that was none.
    pub answer: Option<String>,
}

const COLUMNS: &str =
    "SELECT d.endpoint_id, d.event_id, e.kind, e.body, d.created_at, d.state, d.tries, d.next_at, d.tried_at, d.took,
        d.status, d.problem, d.answer
    FROM event_deliveries d JOIN outgoing_events e ON e.id = d.event_id";

/// What one endpoint is to be sent now, the longest due first.
///
/// # Errors
/// When the database fails.
pub async fn list_due(
    db: &Db,
    tenant: &TenantId,
    endpoint: &WebhookEndpointId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<EventDelivery>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE d.tenant_id = $1 AND d.endpoint_id = $2 AND d.state = 'waiting' AND d.next_at <= $3
        ORDER BY d.next_at, d.event_id LIMIT $4"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(endpoint).bind(now.as_millis()).bind(limit)
        .fetch_all(pool).await)?)
}

/// Which deliveries are asked for.
#[derive(Debug, Clone, Default)]
pub struct DeliveryFilter {
    /// Only those that stand so.
    pub state: Option<DeliveryState>,
    /// Only of events before this one.
    pub before: Option<OutgoingEventId>,
}

/// The deliveries to an endpoint that pass the filter, the latest event first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    tenant: &TenantId,
    endpoint: &WebhookEndpointId,
    filter: &DeliveryFilter,
    limit: i64,
) -> Result<Vec<EventDelivery>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE d.tenant_id = $1 AND d.endpoint_id = $2 AND (d.state = $3 OR $3 IS NULL)
            AND (d.event_id < $4 OR $4 IS NULL)
        ORDER BY d.event_id DESC LIMIT $5"
    ));
    Ok(
        on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(endpoint).bind(filter.state).bind(filter.before.as_ref())
        .bind(limit).fetch_all(pool).await)?,
    )
}

/// How the deliveries to an endpoint stand.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DeliveryCounts {
    /// To which endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// How many wait.
    pub waiting: i64,
    /// How many are given up.
    pub failed: i64,
    /// Since when the oldest one waits, Unix milliseconds.
    pub waiting_since: Option<i64>,
    /// When one was last taken, Unix milliseconds.
    pub delivered_at: Option<i64>,
}

/// How the deliveries to each endpoint of a tenant stand; an endpoint without any is left out.
///
/// # Errors
/// When the database fails.
pub async fn count_by_endpoint(db: &Db, tenant: &TenantId) -> Result<Vec<DeliveryCounts>> {
    const SQL: &str = "SELECT endpoint_id, COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting,
            COUNT(CASE WHEN state = 'failed' THEN 1 END) AS failed,
            MIN(CASE WHEN state = 'waiting' THEN created_at END) AS waiting_since,
            MAX(CASE WHEN state = 'delivered' THEN tried_at END) AS delivered_at
        FROM event_deliveries WHERE tenant_id = $1 GROUP BY endpoint_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// A try that ended.
#[derive(Debug, Clone)]
pub struct Tried {
    /// How often it was tried before, as it was read: another number by now means that somebody else was at it.
    pub before: i64,
    /// How long it took, milliseconds.
    pub took: i64,
    /// The status that was answered.
    pub status: Option<i64>,
}

/// Records that an endpoint took an event: it does not fail any more. `false` when the delivery was tried or asked for anew
/// meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn mark_delivered(
    db: &Db,
    tenant: &TenantId,
    (endpoint, event): (&WebhookEndpointId, &OutgoingEventId),
    tried: &Tried,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE event_deliveries SET state = 'delivered', tries = tries + 1, tried_at = $4, took = $5,
            status = $6, problem = NULL, answer = NULL
        WHERE tenant_id = $1 AND endpoint_id = $2 AND event_id = $3 AND tries = $7";
    const WORKS: &str = "UPDATE webhook_endpoints SET failing_since = NULL, failed_at = NULL
        WHERE tenant_id = $1 AND id = $2 AND failing_since IS NOT NULL";
    in_transaction!(db, tx => {
        let marked = sqlx::query(SQL).bind(tenant).bind(endpoint).bind(event).bind(now.as_millis()).bind(tried.took)
            .bind(tried.status).bind(tried.before).execute(&mut *tx).await?;
        sqlx::query(WORKS).bind(tenant).bind(endpoint).execute(&mut *tx).await?;
        Ok::<_, Error>(marked.rows_affected() == 1)
    })
}

/// Why a try was no success, and what follows.
#[derive(Debug)]
pub struct Failure<'a> {
    /// JSON of an explanation.
    pub problem: &'a str,
    /// How the answer began.
    pub answer: Option<&'a str>,
    /// When it is tried again; `None` when it is given up.
    pub next_at: Option<Timestamp>,
    /// A failure after a pause that is longer than since this moment begins a new row of failures.
    pub same_row_since: Timestamp,
}

/// Records that a try was no success. Answers since when the endpoint fails; `None` when the delivery was tried or asked for
/// anew meanwhile, or the endpoint is not in use any more.
///
/// # Errors
/// When the database fails.
pub async fn mark_tried(
    db: &Db,
    tenant: &TenantId,
    (endpoint, event): (&WebhookEndpointId, &OutgoingEventId),
    tried: &Tried,
    failure: &Failure<'_>,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    const SQL: &str =
        "UPDATE event_deliveries SET state = $4, tries = tries + 1, next_at = $5, tried_at = $6, took = $7,
            status = $8, problem = $9, answer = $10
        WHERE tenant_id = $1 AND endpoint_id = $2 AND event_id = $3 AND state = 'waiting' AND tries = $11";
    const FAILS: &str = "UPDATE webhook_endpoints SET failed_at = $3,
            failing_since = CASE WHEN failing_since IS NULL OR failed_at < $4 THEN $3 ELSE failing_since END
        WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL RETURNING failing_since";
    let state = if failure.next_at.is_some() { DeliveryState::Waiting } else { DeliveryState::Failed };
    in_transaction!(db, tx => {
        let marked = sqlx::query(SQL).bind(tenant).bind(endpoint).bind(event).bind(state)
            .bind(failure.next_at.unwrap_or(now).as_millis()).bind(now.as_millis()).bind(tried.took).bind(tried.status)
            .bind(failure.problem).bind(failure.answer).bind(tried.before).execute(&mut *tx).await?;
        if marked.rows_affected() == 0 {
            return Ok(None);
        }
        let since: Option<i64> = sqlx::query_scalar(FAILS).bind(tenant).bind(endpoint).bind(now.as_millis())
            .bind(failure.same_row_since.as_millis()).fetch_optional(&mut *tx).await?;
        Ok::<_, Error>(since.map(Timestamp::from_millis))
    })
}

/// Has an event sent once more, from the first try on. `false` when there is no such delivery.
///
/// # Errors
/// When the database fails.
pub async fn replay(
    db: &Db,
    tenant: &TenantId,
    endpoint: &WebhookEndpointId,
    event: &OutgoingEventId,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE event_deliveries SET state = 'waiting', tries = 0, next_at = $4
        WHERE tenant_id = $1 AND endpoint_id = $2 AND event_id = $3";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(endpoint).bind(event).bind(now.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Has everything that was given up sent to an endpoint once more. Answers how much.
///
/// # Errors
/// When the database fails.
pub async fn replay_failed(db: &Db, tenant: &TenantId, endpoint: &WebhookEndpointId, now: Timestamp) -> Result<u64> {
    const SQL: &str = "UPDATE event_deliveries SET state = 'waiting', tries = 0, next_at = $3
        WHERE tenant_id = $1 AND endpoint_id = $2 AND state = 'failed'";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(endpoint).bind(now.as_millis()).execute(pool).await
        .map(|done| done.rows_affected()))?)
}

/// Keeps an event for one endpoint alone, whatever types it takes. `false` when there is no such endpoint in use.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    endpoint: &WebhookEndpointId,
    event: &Event,
    now: Timestamp,
) -> Result<bool> {
    const IN_USE: &str =
        "SELECT COUNT(*) FROM webhook_endpoints WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL";
    const SQL: &str =
        "INSERT INTO event_deliveries (endpoint_id, event_id, tenant_id, state, tries, next_at, created_at)
        VALUES ($1, $2, $3, 'waiting', 0, $4, $4)";
    in_transaction!(db, tx => {
        let in_use: i64 = sqlx::query_scalar(IN_USE).bind(tenant).bind(endpoint).fetch_one(&mut *tx).await?;
        if in_use == 0 {
            return Ok(false);
        }
        sqlx::query(outgoing_events::INSERT).bind(&event.id).bind(tenant).bind(event.kind.as_str()).bind(None::<&str>)
            .bind(&event.body).bind(now.as_millis()).execute(&mut *tx).await?;
        sqlx::query(SQL).bind(endpoint).bind(&event.id).bind(tenant).bind(now.as_millis()).execute(&mut *tx).await?;
        Ok::<_, Error>(true)
    })
}
