//! Connections: one person's grant to a Meta app.

mod grant;
mod person;
mod pin;
mod standing;
mod taking_apart;
mod upkeep;

pub use grant::{Grant, TokenState, upsert, upsert_page_tokens};
pub(super) use grant::{PUT_CREDENTIAL, confirmed};
pub use person::{Erased, ErasedWords, PersonsGrant, erase_person, list_by_person_across_tenants, mark_withdrawn};
pub use pin::{Entered, upsert_pin};
pub use standing::{mark_refused, update_token_state};
pub(super) use taking_apart::{END_ATTEMPTS, END_CONNECTION, LET_GO, UNROUTE, was_told};
pub use taking_apart::{Unfinished, mark_abandoned};
pub use upkeep::{
    Renewed, ToLookAfter, claim_look, claim_renewal, list_to_look_after_across_tenants, mark_renewal_failed, renew,
    update_first_look, update_look,
};

use super::{Db, credentials::CredentialKind};
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{ConnectionId, TenantId, UserId},
};

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ConnectionStatus {
    /// Meta said yes; the assets are not chosen yet.
    Pending,
    /// It works, as far as is known.
    Connected,
    /// Meta refuses its token: a person has to act.
    Error,
    /// It was taken apart. Its history stays.
    Disconnected,
}

/// A connection.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Connection {
    /// Its identifier.
    pub id: ConnectionId,
    /// The person who pressed the button.
    pub connected_by: UserId,
    /// That person's name.
    pub connected_by_name: String,
    /// The Meta app that the grant was given to.
    pub meta_app_id: String,
    /// The app-scoped Meta id of the person or system user.
    pub meta_user_id: String,
    /// Their name at Meta.
    pub meta_user_name: String,
    /// What kind of token it has: a person's or a system user's.
    pub token_kind: CredentialKind,
    /// Where it stands.
    pub status: ConnectionStatus,
    /// JSON of an explanation, while the status is an error.
    pub problem: Option<String>,
    /// JSON: the granted and the missing permissions.
    pub permissions: String,
    /// When the token ends, Unix milliseconds; never when `None`.
    pub expires_at: Option<i64>,
    /// When the right to read the person's data ends, Unix milliseconds; never when `None` (Meta reference §4.4).
    pub data_access_expires_at: Option<i64>,
    /// Since when, Unix milliseconds.
    pub created_at: i64,
    /// When Meta last told us about the token, Unix milliseconds.
    pub checked_at: i64,
    /// When Meta is to be asked for a new token, Unix milliseconds; `None` for a token that needs none or gets none.
    pub renew_at: Option<i64>,
    /// When a renewed token was last kept, Unix milliseconds.
    pub renewed_at: Option<i64>,
    /// JSON explanation of why the last renewal failed.
    pub renewal_problem: Option<String>,
    /// When it was taken apart, Unix milliseconds.
    pub disconnected_at: Option<i64>,
}

const COLUMNS: &str = "SELECT c.id, c.connected_by, u.name AS connected_by_name, c.meta_app_id, c.meta_user_id,
        c.meta_user_name, c.token_kind, c.status, c.problem, c.permissions, c.expires_at, c.data_access_expires_at,
        c.created_at, c.checked_at, c.renew_at, c.renewed_at, c.renewal_problem, c.disconnected_at
    FROM connections c JOIN users u ON u.id = c.connected_by";

/// A connection of the tenant.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, tenant: &TenantId, id: &ConnectionId) -> Result<Option<Connection>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE c.tenant_id = $1 AND c.id = $2"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// The connections of a tenant that are connected or need attention, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_standing(db: &Db, tenant: &TenantId) -> Result<Vec<Connection>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE c.tenant_id = $1 AND c.status IN ('connected', 'error') ORDER BY c.created_at, c.id"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).fetch_all(pool).await)?)
}

/// The tenant's connection of this person to this app that was not taken apart.
///
/// # Errors
/// When the database fails.
pub async fn find_by_person(
    db: &Db,
    tenant: &TenantId,
    meta_app_id: &str,
    meta_user_id: &str,
) -> Result<Option<Connection>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE c.tenant_id = $1 AND c.meta_app_id = $2 AND c.meta_user_id = $3 AND c.status <> 'disconnected'
        ORDER BY c.created_at LIMIT 1"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(meta_app_id).bind(meta_user_id)
        .fetch_optional(pool).await)?)
}

/// Where a connection stands, which nobody else changes until the end of the transaction.
pub(super) const STATUS: &str =
    "UPDATE connections SET status = status WHERE tenant_id = $1 AND id = $2 RETURNING status";

/// How many connections of this identifier the tenant has: one or none. Writers of what hangs on a connection ask first.
pub(super) const OWNED: &str = "SELECT COUNT(*) FROM connections WHERE tenant_id = $1 AND id = $2";
/// Changes nothing of a connection that was not taken apart, and holds its row: taking it apart then waits, or came first
/// and nothing matches. Every writer of its tokens, assets and routes begins with this.
pub(super) const HOLD_STANDING: &str =
    "UPDATE connections SET status = status WHERE tenant_id = $1 AND id = $2 AND status <> 'disconnected'";

/// How many connections of the tenant stand with each Meta app.
///
/// # Errors
/// When the database fails.
pub async fn count_by_app(db: &Db, tenant: &TenantId) -> Result<Vec<(String, i64)>> {
    const SQL: &str = "SELECT meta_app_id, COUNT(*) FROM connections
        WHERE tenant_id = $1 AND status <> 'disconnected' GROUP BY meta_app_id ORDER BY meta_app_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// How many other standing connections to the app hang on the grant of the same person at Meta, in any tenant.
///
/// # Errors
/// When the database fails.
pub async fn count_others_of_person_across_tenants(db: &Db, connection: &Connection) -> Result<i64> {
    const SQL: &str = "SELECT COUNT(*) FROM connections
        WHERE meta_app_id = $1 AND meta_user_id = $2 AND id <> $3 AND status <> 'disconnected'";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).bind(&connection.meta_app_id).bind(&connection.meta_user_id)
        .bind(&connection.id).fetch_one(pool).await)?)
}

/// Grants that nobody finished, with the name of who gave them: pending since before `moment`. At most 500 at a time.
///
/// # Errors
/// When the database fails.
pub async fn list_abandoned_across_tenants(
    db: &Db,
    moment: Timestamp,
) -> Result<Vec<(TenantId, ConnectionId, String)>> {
    const SQL: &str =
        "SELECT tenant_id, id, meta_user_name FROM connections WHERE status = 'pending' AND checked_at < $1
        ORDER BY id LIMIT 500";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(moment.as_millis()).fetch_all(pool).await)?)
}
