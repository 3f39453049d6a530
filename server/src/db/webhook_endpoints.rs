//! Where the tenants' own systems take events. Whoever holds the lease of an endpoint sends to it; nobody else does meanwhile.

use super::{
    Db,
    audit::Said,
    mails::{self, Mail},
    webhook_secrets,
};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{TenantId, WebhookEndpointId, WebhookSecretId},
    vault::Sealed,
};

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WebhookEndpoint {
    /// Its identifier.
    pub id: WebhookEndpointId,
    /// Whose it is.
    pub tenant_id: TenantId,
    /// The address that events are sent to.
    pub url: String,
    /// What it is, for people; may be empty.
    pub description: String,
    /// The types that it takes, as [`kinds_to_text`] writes them; all of them when `None`.
    pub event_types: Option<String>,
    /// Who made it, for people.
    pub created_by: String,
    /// Since when, Unix milliseconds.
    pub created_at: i64,
    /// Since when nothing is sent to it, Unix milliseconds; `None` while it is in use.
    pub disabled_at: Option<i64>,
    /// Who disabled it, for people.
    pub disabled_by: Option<String>,
    /// JSON of an explanation; `None` when a person disabled it.
    pub disabled_why: Option<String>,
    /// The first failure after the last success, Unix milliseconds.
    pub failing_since: Option<i64>,
    /// The last failure, Unix milliseconds.
    pub failed_at: Option<i64>,
}

/// A new endpoint with its secret.
#[derive(Debug)]
pub struct NewWebhookEndpoint<'a> {
    /// Its identifier.
    pub id: &'a WebhookEndpointId,
    /// The address.
    pub url: &'a str,
    /// What it is, for people.
    pub description: &'a str,
    /// The types that it takes, as [`kinds_to_text`] writes them; all of them when `None`.
    pub event_types: Option<&'a str>,
    /// Who makes it, for people.
    pub created_by: &'a str,
    /// The identifier of its secret, which `sealed` is sealed for.
    pub secret: &'a WebhookSecretId,
    /// Its secret.
    pub sealed: &'a Sealed,
}

const COLUMNS: &str = "id, tenant_id, url, description, event_types, created_by, created_at, disabled_at, disabled_by,
    disabled_why, failing_since, failed_at";

/// Names of types as `event_types` keeps them: each between two spaces.
pub fn kinds_to_text<'a>(kinds: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::from(" ");
    for kind in kinds {
        text.push_str(kind);
        text.push(' ');
    }
    text
}

/// Adds an endpoint. `false`, with nothing added, when the tenant has `most` already.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    new: &NewWebhookEndpoint<'_>,
    most: i64,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    // Endpoints of one tenant are added one after the other.
    const TURN: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const COUNT: &str = "SELECT COUNT(*) FROM webhook_endpoints WHERE tenant_id = $1";
    const SQL: &str =
        "INSERT INTO webhook_endpoints (id, tenant_id, url, description, event_types, created_by, created_at, turn_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
    in_transaction!(db, tx => {
        sqlx::query(TURN).bind(tenant).execute(&mut *tx).await?;
        let there: i64 = sqlx::query_scalar(COUNT).bind(tenant).fetch_one(&mut *tx).await?;
        if there >= most {
            return Ok(false);
        }
        sqlx::query(SQL).bind(new.id).bind(tenant).bind(new.url).bind(new.description).bind(new.event_types)
            .bind(new.created_by).bind(now.as_millis()).execute(&mut *tx).await?;
        sqlx::query(webhook_secrets::INSERT).bind(new.secret).bind(tenant).bind(new.id).bind(new.sealed)
            .bind(new.sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// An endpoint of the tenant.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, tenant: &TenantId, id: &WebhookEndpointId) -> Result<Option<WebhookEndpoint>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM webhook_endpoints WHERE tenant_id = $1 AND id = $2"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// The endpoints of a tenant, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId) -> Result<Vec<WebhookEndpoint>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM webhook_endpoints WHERE tenant_id = $1 ORDER BY created_at, id"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).fetch_all(pool).await)?)
}

/// What a person may change of an endpoint.
#[derive(Debug)]
pub struct Settings<'a> {
    /// The address.
    pub url: &'a str,
    /// What it is, for people.
    pub description: &'a str,
    /// The types that it takes, as [`kinds_to_text`] writes them; all of them when `None`.
    pub event_types: Option<&'a str>,
}

/// Changes an endpoint. `false` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn update(
    db: &Db,
    tenant: &TenantId,
    id: &WebhookEndpointId,
    settings: &Settings<'_>,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    // Another address has not failed yet.
    const SQL: &str = "UPDATE webhook_endpoints SET url = $3, description = $4, event_types = $5,
            failing_since = CASE WHEN url = $3 THEN failing_since ELSE NULL END
        WHERE tenant_id = $1 AND id = $2";
    in_transaction!(db, tx => {
        let changed = sqlx::query(SQL).bind(tenant).bind(id).bind(settings.url).bind(settings.description)
            .bind(settings.event_types).execute(&mut *tx).await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Removes an endpoint with its secrets and deliveries. `false` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn delete(
    db: &Db,
    tenant: &TenantId,
    id: &WebhookEndpointId,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const ENDPOINT: &str = "DELETE FROM webhook_endpoints WHERE tenant_id = $1 AND id = $2";
    const DELIVERIES: &str = "DELETE FROM event_deliveries WHERE tenant_id = $1 AND endpoint_id = $2";
    in_transaction!(db, tx => {
        if sqlx::query(ENDPOINT).bind(tenant).bind(id).execute(&mut *tx).await?.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(DELIVERIES).bind(tenant).bind(id).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Takes an endpoint into use again: what waits for it is sent. `false` when there is none that is disabled.
///
/// # Errors
/// When the database fails.
pub async fn mark_enabled(
    db: &Db,
    tenant: &TenantId,
    id: &WebhookEndpointId,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE webhook_endpoints SET disabled_at = NULL, disabled_by = NULL, disabled_why = NULL,
            failing_since = NULL, failed_at = NULL
        WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NOT NULL";
    in_transaction!(db, tx => {
        if sqlx::query(SQL).bind(tenant).bind(id).execute(&mut *tx).await?.rows_affected() == 0 {
            return Ok(false);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Why an endpoint is disabled.
#[derive(Debug)]
pub struct Disabled<'a> {
    /// Who does it, for people.
    pub by: &'a str,
    /// JSON of an explanation; `None` when a person does.
    pub why: Option<&'a str>,
    /// Who is told.
    pub mails: &'a [Mail],
}

/// Stops sending to an endpoint. What waits for it stays, but where the reason is its own: that counts as failed, and can be
/// replayed. `false`, with nothing changed, when there is none in use.
///
/// # Errors
/// When the database fails.
pub async fn mark_disabled(
    db: &Db,
    tenant: &TenantId,
    id: &WebhookEndpointId,
    disabled: &Disabled<'_>,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE webhook_endpoints SET disabled_at = $3, disabled_by = $4, disabled_why = $5
        WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL";
    const FAIL: &str = "UPDATE event_deliveries SET state = 'failed', problem = COALESCE(problem, $3)
        WHERE tenant_id = $1 AND endpoint_id = $2 AND state = 'waiting'";
    in_transaction!(db, tx => {
        let changed = sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).bind(disabled.by)
            .bind(disabled.why).execute(&mut *tx).await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(why) = disabled.why {
            sqlx::query(FAIL).bind(tenant).bind(id).bind(why).execute(&mut *tx).await?;
        }
        for mail in disabled.mails {
            sqlx::query(mails::INSERT).bind(&mail.id).bind(tenant).bind(&mail.name).bind(&mail.address)
                .bind(&mail.subject).bind(&mail.plain).bind(&mail.html).bind(mail.created_at).execute(&mut *tx).await?;
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Whether anything is due to be sent to an endpoint that is in use and that nobody holds.
///
/// # Errors
/// When the database fails.
pub async fn is_anything_due_across_tenants(db: &Db, now: Timestamp) -> Result<bool> {
    const SQL: &str =
        "SELECT COUNT(*) FROM (SELECT 1 FROM event_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
        WHERE d.state = 'waiting' AND d.next_at <= $1 AND e.disabled_at IS NULL
            AND (e.lease_until IS NULL OR e.lease_until <= $1) LIMIT 1) due";
    let due: i64 = on_read!(db, pool => sqlx::query_scalar(SQL).bind(now.as_millis()).fetch_one(pool).await)?;
    Ok(due > 0)
}

/// Claims up to `most` endpoints that something is to be sent to, until `until`; those first that waited longest for a turn. No
/// endpoint is given to two claimants.
///
/// # Errors
/// When the database fails.
pub async fn claim_across_tenants(
    db: &Db,
    lease: &str,
    most: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<WebhookEndpoint>> {
    // PostgreSQL passes over what another process is claiming at this moment; SQLite has one writer.
    let lock = if matches!(db, Db::Postgres(_)) { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = sqlx::AssertSqlSafe(format!(
        "UPDATE webhook_endpoints SET lease = $1, lease_until = $4, turn_at = $3
        WHERE id IN (SELECT id FROM webhook_endpoints
            WHERE disabled_at IS NULL AND (lease_until IS NULL OR lease_until <= $3)
                AND EXISTS (SELECT 1 FROM event_deliveries d WHERE d.endpoint_id = webhook_endpoints.id
                    AND d.state = 'waiting' AND d.next_at <= $3)
            ORDER BY turn_at, id LIMIT $2 {lock})
        RETURNING {COLUMNS}"
    ));
    Ok(on_write!(db, pool => sqlx::query_as(sql).bind(lease).bind(most).bind(now.as_millis())
        .bind(until.as_millis()).fetch_all(pool).await)?)
}

/// Gives one endpoint back.
///
/// # Errors
/// When the database fails.
pub async fn release(db: &Db, tenant: &TenantId, id: &WebhookEndpointId, lease: &str) -> Result<()> {
    const SQL: &str = "UPDATE webhook_endpoints SET lease = NULL, lease_until = NULL
        WHERE tenant_id = $1 AND id = $2 AND lease = $3";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(lease).execute(pool).await.map(drop))?;
    Ok(())
}

/// Gives back every endpoint that is held under `lease`. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn release_across_tenants(db: &Db, lease: &str) -> Result<u64> {
    const SQL: &str = "UPDATE webhook_endpoints SET lease = NULL, lease_until = NULL WHERE lease = $1";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(lease).execute(pool).await.map(|done| done.rows_affected()))?)
}
