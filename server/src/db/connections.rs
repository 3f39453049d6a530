//! Connections: one person's grant to a Meta app.

mod person;
mod upkeep;

pub use person::{Erased, ErasedWords, PersonsGrant, erase_person, list_by_person_across_tenants, mark_withdrawn};
pub use upkeep::{
    Renewed, ToLookAfter, claim_look, claim_renewal, list_to_look_after_across_tenants, mark_renewal_failed, renew,
    update_first_look, update_look,
};

use super::{Db, audit::Said, credentials::CredentialKind, jobs::NewJob, staged_grants::FORGET};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    event::Change,
    ids::{AssetId, ConnectionId, CredentialId, TenantId, UserId},
    vault::Sealed,
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

/// What Meta says about a token.
#[derive(Debug)]
pub struct TokenState<'a> {
    /// What kind of token it is.
    pub kind: CredentialKind,
    /// JSON: the granted and the missing permissions.
    pub permissions: &'a str,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When the right to read data ends.
    pub data_access_expires_at: Option<Timestamp>,
    /// When Meta is to be asked for a new one; `None` for never.
    pub renew_at: Option<Timestamp>,
}

/// A new or renewed grant with its sealed token.
#[derive(Debug)]
pub struct Grant<'a> {
    /// The identifier of the connection.
    pub id: &'a ConnectionId,
    /// The person who pressed the button.
    pub connected_by: &'a UserId,
    /// The Meta app that the grant was given to.
    pub meta_app_id: &'a str,
    /// The app-scoped Meta id of the person or system user.
    pub meta_user_id: &'a str,
    /// Their name at Meta.
    pub meta_user_name: &'a str,
    /// What Meta says about the token.
    pub token: TokenState<'a>,
    /// The identifier of the credential, which the token is sealed for.
    pub credential: &'a CredentialId,
    /// The token.
    pub sealed: &'a Sealed,
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

/// What there is to tell when somebody confirmed with Meta for a connection that stood at `before`.
pub(super) fn confirmed(before: Option<ConnectionStatus>) -> Option<Change<'static>> {
    match before? {
        ConnectionStatus::Connected => Some(Change::Renewed { by_itself: false }),
        ConnectionStatus::Error => Some(Change::Connected { again: true }),
        ConnectionStatus::Pending | ConnectionStatus::Disconnected => None,
    }
}

pub(super) const PUT_CREDENTIAL: &str =
    "INSERT INTO credentials (id, tenant_id, connection_id, kind, subject, sealed, key_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (connection_id, kind, subject) DO UPDATE SET id = excluded.id, sealed = excluded.sealed,
        key_id = excluded.key_id, created_at = excluded.created_at";

/// Keeps a grant: the connection is added, or renewed when it exists, together with its token; both or neither. A new
/// connection is pending until assets are chosen; a renewed one keeps its assets and is connected again. `false`, with
/// nothing changed, when the person has another standing connection to this app in the tenant: that one is to be renewed.
///
/// # Errors
/// [`Error::NotFound`] when the identifier is another tenant's or was taken apart; when the database fails.
pub async fn upsert(db: &Db, tenant: &TenantId, grant: &Grant<'_>, said: &Said<'_>, now: Timestamp) -> Result<bool> {
    const UPSERT: &str =
        "INSERT INTO connections (id, tenant_id, connected_by, meta_app_id, meta_user_id, meta_user_name,
            token_kind, status, permissions, expires_at, data_access_expires_at, created_at, checked_at, renew_at,
            renewal_asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9, $10, $11, $11, $12, $11)
        ON CONFLICT (id) DO UPDATE SET connected_by = excluded.connected_by, meta_user_name = excluded.meta_user_name,
            token_kind = excluded.token_kind, permissions = excluded.permissions, expires_at = excluded.expires_at,
            data_access_expires_at = excluded.data_access_expires_at, checked_at = excluded.checked_at, problem = NULL,
            renew_at = excluded.renew_at, renewal_asked_at = excluded.renewal_asked_at, renewal_problem = NULL,
            status = CASE WHEN connections.status = 'error' THEN 'connected' ELSE connections.status END
        WHERE connections.tenant_id = excluded.tenant_id AND connections.status <> 'disconnected'";
    // A grant that changed kind (a person's token, now a system user's) leaves no second main token behind.
    const DROP_MAIN: &str = "DELETE FROM credentials
        WHERE tenant_id = $1 AND connection_id = $2 AND kind IN ('user', 'system_user', 'instagram')";
    in_transaction!(db, tx => {
        // Of one that is new or was never finished there is nothing to tell yet.
        let before: Option<ConnectionStatus> =
            sqlx::query_scalar(STATUS).bind(tenant).bind(grant.id).fetch_optional(&mut *tx).await?;
        let kept = sqlx::query(UPSERT).bind(grant.id).bind(tenant).bind(grant.connected_by).bind(grant.meta_app_id)
            .bind(grant.meta_user_id).bind(grant.meta_user_name).bind(grant.token.kind).bind(grant.token.permissions)
            .bind(grant.token.expires_at.map(Timestamp::as_millis))
            .bind(grant.token.data_access_expires_at.map(Timestamp::as_millis))
            .bind(now.as_millis()).bind(grant.token.renew_at.map(Timestamp::as_millis)).execute(&mut *tx).await;
        let kept = match kept {
            Ok(done) => done.rows_affected(),
            // Nothing was changed before this statement, so nothing is left of the transaction.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        if kept == 0 {
            return Err(Error::NotFound("connection"));
        }
        sqlx::query(DROP_MAIN).bind(tenant).bind(grant.id).execute(&mut *tx).await?;
        sqlx::query(PUT_CREDENTIAL).bind(grant.credential).bind(tenant).bind(grant.id).bind(grant.token.kind)
            .bind(grant.meta_user_id).bind(grant.sealed).bind(grant.sealed.key_id()).bind(now.as_millis())
            .execute(&mut *tx).await?;
        if let Some(change) = confirmed(before) {
            tell_change!(tx, tenant, grant.id, &change, now);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// How many connections of this identifier the tenant has: one or none. Writers of what hangs on a connection ask first.
pub(super) const OWNED: &str = "SELECT COUNT(*) FROM connections WHERE tenant_id = $1 AND id = $2";
/// Changes nothing of a connection that was not taken apart, and holds its row: taking it apart then waits, or came first
/// and nothing matches. Every writer of its tokens, assets and routes begins with this.
pub(super) const HOLD_STANDING: &str =
    "UPDATE connections SET status = status WHERE tenant_id = $1 AND id = $2 AND status <> 'disconnected'";

/// Keeps Page tokens of a connection, replacing older ones; all or none.
///
/// # Errors
/// [`Error::NotFound`] for a connection that is not the tenant's or was taken apart; when the database fails.
pub async fn upsert_page_tokens(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    tokens: &[(CredentialId, String, Sealed)],
    now: Timestamp,
) -> Result<()> {
    in_transaction!(db, tx => {
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        if standing.rows_affected() == 0 {
            return Err(Error::NotFound("connection"));
        }
        for (id, page_id, sealed) in tokens {
            sqlx::query(PUT_CREDENTIAL).bind(id).bind(tenant).bind(connection).bind(CredentialKind::Page).bind(page_id)
                .bind(sealed).bind(sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(())
    })
}

/// A PIN that a person entered, and what follows from it.
#[derive(Debug)]
pub struct Entered<'a> {
    /// Kept with it.
    pub said: &'a Said<'a>,
    /// The number.
    pub asset: &'a AssetId,
    /// The job that registers the number with it.
    pub job: &'a NewJob<'a>,
}

/// Keeps a number's PIN, replacing an older one. Where a person entered it, that is written down, the failure to register
/// the number is over, and its registration is asked for.
///
/// # Errors
/// [`Error::NotFound`] for a connection that is not the tenant's or was taken apart; when the database fails.
pub async fn upsert_pin(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    (id, number, sealed): (&CredentialId, &str, &Sealed),
    entered: Option<&Entered<'_>>,
    now: Timestamp,
) -> Result<()> {
    const OVER: &str = "UPDATE assets SET problem = NULL, problem_since = NULL, problem_step = NULL
        WHERE tenant_id = $1 AND id = $2 AND problem_step = 'registered'";
    in_transaction!(db, tx => {
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        if standing.rows_affected() == 0 {
            return Err(Error::NotFound("connection"));
        }
        sqlx::query(PUT_CREDENTIAL).bind(id).bind(tenant).bind(connection).bind(CredentialKind::Pin).bind(number)
            .bind(sealed).bind(sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        if let Some(Entered { said, asset, job }) = entered {
            sqlx::query(OVER).bind(tenant).bind(asset).execute(&mut *tx).await?;
            ask_job!(&mut *tx, job, now)?;
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(())
    })
}

/// Keeps what Meta says about the token now. A connection that stood in error stands again.
///
/// # Errors
/// When the database fails.
pub async fn update_token_state(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    credential: &CredentialId,
    token: &TokenState<'_>,
    now: Timestamp,
) -> Result<()> {
    const STAND: &str = "UPDATE connections SET status = 'connected', problem = NULL
        WHERE tenant_id = $1 AND id = $2 AND status = 'error'
            AND EXISTS (SELECT 1 FROM credentials k WHERE k.tenant_id = $1 AND k.connection_id = $2 AND k.id = $3)";
    const SQL: &str = "UPDATE connections SET permissions = $3, expires_at = $4, data_access_expires_at = $5,
            checked_at = $6, renew_at = $7, problem = NULL
        WHERE tenant_id = $1 AND id = $2 AND status <> 'disconnected'
            AND EXISTS (SELECT 1 FROM credentials k WHERE k.tenant_id = $1 AND k.connection_id = $2 AND k.id = $8)";
    in_transaction!(db, tx => {
        let again = sqlx::query(STAND).bind(tenant).bind(id).bind(credential).execute(&mut *tx).await?.rows_affected();
        sqlx::query(SQL).bind(tenant).bind(id).bind(token.permissions)
            .bind(token.expires_at.map(Timestamp::as_millis))
            .bind(token.data_access_expires_at.map(Timestamp::as_millis))
            .bind(now.as_millis()).bind(token.renew_at.map(Timestamp::as_millis)).bind(credential)
            .execute(&mut *tx).await?;
        if again > 0 {
            tell_change!(tx, tenant, id, &Change::Connected { again: true }, now);
        }
        Ok::<_, Error>(())
    })
}

/// How many connections of the tenant stand with each Meta app.
///
/// # Errors
/// When the database fails.
pub async fn count_by_app(db: &Db, tenant: &TenantId) -> Result<Vec<(String, i64)>> {
    const SQL: &str = "SELECT meta_app_id, COUNT(*) FROM connections
        WHERE tenant_id = $1 AND status <> 'disconnected' GROUP BY meta_app_id ORDER BY meta_app_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// Records that Meta refuses the token, with the explanation as JSON.
///
/// # Errors
/// When the database fails.
pub async fn mark_error(db: &Db, tenant: &TenantId, id: &ConnectionId, problem: &str, now: Timestamp) -> Result<()> {
    const FALL: &str =
        "UPDATE connections SET status = 'error' WHERE tenant_id = $1 AND id = $2 AND status = 'connected'";
    const SQL: &str = "UPDATE connections SET problem = $3, checked_at = $4
        WHERE tenant_id = $1 AND id = $2 AND status = 'error'";
    in_transaction!(db, tx => {
        let news = sqlx::query(FALL).bind(tenant).bind(id).execute(&mut *tx).await?.rows_affected();
        sqlx::query(SQL).bind(tenant).bind(id).bind(problem).bind(now.as_millis()).execute(&mut *tx).await?;
        if news > 0 {
            tell_change!(tx, tenant, id, &Change::Refused { problem }, now);
        }
        Ok::<_, Error>(())
    })
}

/// Records that Meta refuses the token of `credential`, with the explanation as JSON; nothing when the connection has another
/// one by now.
///
/// # Errors
/// When the database fails.
pub async fn mark_refused(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    credential: &CredentialId,
    problem: &str,
    now: Timestamp,
) -> Result<bool> {
    const FALL: &str =
        "UPDATE connections SET status = 'error' WHERE tenant_id = $1 AND id = $2 AND status = 'connected'
        AND EXISTS (SELECT 1 FROM credentials k WHERE k.tenant_id = $1 AND k.connection_id = $2 AND k.id = $3)";
    const SQL: &str = "UPDATE connections SET problem = $3, checked_at = $4
        WHERE tenant_id = $1 AND id = $2 AND status = 'error'
            AND EXISTS (SELECT 1 FROM credentials k WHERE k.tenant_id = $1 AND k.connection_id = $2 AND k.id = $5)";
    in_transaction!(db, tx => {
        let news = sqlx::query(FALL).bind(tenant).bind(id).bind(credential).execute(&mut *tx).await?.rows_affected();
        let rows = sqlx::query(SQL).bind(tenant).bind(id).bind(problem).bind(now.as_millis()).bind(credential)
            .execute(&mut *tx).await?.rows_affected();
        if news > 0 {
            tell_change!(tx, tenant, id, &Change::Refused { problem }, now);
        }
        Ok::<_, Error>(rows == 1)
    })
}

/// Whether a connection that stood at `before` was ever told of: then its end is, too.
pub(super) fn was_told(before: Option<ConnectionStatus>) -> bool {
    matches!(before, Some(ConnectionStatus::Connected | ConnectionStatus::Error))
}

/// What taking a connection apart ends beside its tokens.
pub(super) const END_CONNECTION: &str =
    "UPDATE connections SET status = 'disconnected', problem = NULL, disconnected_at = $3
    WHERE tenant_id = $1 AND id = $2 AND status <> 'disconnected'";
/// Its routes.
pub(super) const UNROUTE: &str = "DELETE FROM routes WHERE tenant_id = $1
    AND asset_id IN (SELECT id FROM assets WHERE tenant_id = $1 AND connection_id = $2)";
/// Its choice, and what was proven.
pub(super) const LET_GO: &str =
    "UPDATE assets SET selected = FALSE, pending = FALSE, subscribed_at = NULL, verified_at = NULL
    WHERE tenant_id = $1 AND connection_id = $2";
/// Attempts that still read, choose or apply.
pub(super) const END_ATTEMPTS: &str = "UPDATE connect_attempts SET phase = 'cancelled'
    WHERE tenant_id = $1 AND connection_id = $2 AND phase IN ('discovering', 'choosing', 'applying')";

/// Takes a connection apart: its tokens and routes go, its assets are no longer selected, attempts that still read or
/// choose are over, the rest stays as history. `false`, with nothing changed, when there is no such standing connection.
///
/// # Errors
/// When the database fails.
pub async fn mark_disconnected(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const TOKENS: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2";
    in_transaction!(db, tx => {
        let before: Option<ConnectionStatus> =
            sqlx::query_scalar(STATUS).bind(tenant).bind(id).fetch_optional(&mut *tx).await?;
        let ended = sqlx::query(END_CONNECTION).bind(tenant).bind(id).bind(now.as_millis()).execute(&mut *tx).await?;
        if ended.rows_affected() == 0 {
            return Ok(false);
        }
        for sql in [TOKENS, FORGET[1], UNROUTE, LET_GO, END_ATTEMPTS] {
            sqlx::query(sql).bind(tenant).bind(id).execute(&mut *tx).await?;
        }
        if was_told(before) {
            tell_change!(tx, tenant, id, &Change::Disconnected, now);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
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
