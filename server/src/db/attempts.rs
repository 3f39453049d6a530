//! Attempts to connect, from the button to the chosen assets. The OAuth state lives here, as a hash.

mod ended;
mod signup;

pub use ended::delete_ended_across_tenants;
pub use signup::update_onboarded;

use super::{Db, assets::Pending};
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{AttemptId, ConnectionId, SetUpLinkId, TenantId, UserId},
    meta::AppId,
};

/// Which way the person goes to Meta and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// The whole page goes to Meta's dialog and comes back to our callback.
    Redirect,
    /// The JavaScript SDK opens a popup and hands the code to our page.
    Popup,
    /// Nobody goes to Meta: a system user's token is pasted.
    Token,
}

/// What an attempt is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Connecting what a person manages at Meta.
    #[default]
    Assets,
    /// Setting up a WhatsApp number by Embedded Signup (Meta reference §2.5).
    Whatsapp,
    /// Connecting an Instagram account without a Page, by Instagram Login.
    Instagram,
}

/// How far an attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The person is at Meta.
    Waiting,
    /// The code is being exchanged for a token.
    Exchanging,
    /// The assets are being read.
    Discovering,
    /// The person chooses.
    Choosing,
    /// The chosen assets are being verified and subscribed.
    Applying,
    /// Finished.
    Done,
    /// The person said no, which is not an error.
    Cancelled,
    /// It did not work; the problem says why.
    Failed,
}

/// An attempt to connect.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Attempt {
    /// Its identifier.
    pub id: AttemptId,
    /// The tenant that connects.
    pub tenant_id: TenantId,
    /// The person who pressed the button.
    pub user_id: UserId,
    /// The hash of the session that they pressed it in.
    pub session_hash: String,
    /// Which way.
    pub flow: Flow,
    /// What it is for.
    pub purpose: Purpose,
    /// JSON: what Meta's window said was onboarded.
    pub onboarded: Option<String>,
    /// The Meta app that it was begun with; empty for attempts that are older than that was kept.
    pub meta_app_id: String,
    /// The redirect URI that the dialog was opened with: the exchange must repeat it.
    pub redirect_uri: String,
    /// The connection that is to be renewed, when one is.
    pub reconnects: Option<ConnectionId>,
    /// The set-up link that it was begun by.
    pub set_up_link_id: Option<SetUpLinkId>,
    /// How far it is.
    pub phase: Phase,
    /// The connection that came of it.
    pub connection_id: Option<ConnectionId>,
    /// JSON: how much was found so far.
    pub progress: String,
    /// JSON: what could not be read, and why.
    pub incomplete: String,
    /// JSON of an explanation, when it failed.
    pub problem: Option<String>,
    /// When the state ends, Unix milliseconds.
    pub expires_at: i64,
    /// When the state was used, Unix milliseconds.
    pub consumed_at: Option<i64>,
    /// The last sign of life of the work behind it, Unix milliseconds.
    pub beat_at: i64,
}

/// A new attempt.
#[derive(Debug)]
pub struct NewAttempt<'a> {
    /// Its identifier.
    pub id: &'a AttemptId,
    /// The person who pressed the button.
    pub user_id: &'a UserId,
    /// The hash of their session.
    pub session_hash: &'a str,
    /// The hash of the state.
    pub state_hash: &'a str,
    /// Which way.
    pub flow: Flow,
    /// What it is for.
    pub purpose: Purpose,
    /// The Meta app.
    pub meta_app_id: &'a AppId,
    /// The redirect URI that the dialog is opened with.
    pub redirect_uri: &'a str,
    /// The connection that is to be renewed, when one is.
    pub reconnects: Option<&'a ConnectionId>,
    /// The set-up link that it is begun by.
    pub set_up_link: Option<&'a SetUpLinkId>,
    /// When the state ends.
    pub expires_at: Timestamp,
}

const COLUMNS: &str =
    "SELECT id, tenant_id, user_id, session_hash, flow, purpose, onboarded, meta_app_id, redirect_uri, reconnects, set_up_link_id, phase,
    connection_id, progress, incomplete, problem, expires_at, consumed_at, beat_at FROM connect_attempts";

/// Adds an attempt that waits for Meta.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, tenant: &TenantId, new: &NewAttempt<'_>, now: Timestamp) -> Result<()> {
    const SQL: &str =
        "INSERT INTO connect_attempts (id, tenant_id, user_id, session_hash, state_hash, flow, redirect_uri,
            reconnects, phase, progress, incomplete, created_at, expires_at, beat_at, purpose, set_up_link_id, meta_app_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', '{}', '[]', $9, $10, $9, $11, $12, $13)";
    on_write!(db, pool => sqlx::query(SQL).bind(new.id).bind(tenant).bind(new.user_id).bind(new.session_hash)
        .bind(new.state_hash).bind(new.flow).bind(new.redirect_uri).bind(new.reconnects).bind(now.as_millis())
        .bind(new.expires_at.as_millis()).bind(new.purpose).bind(new.set_up_link).bind(new.meta_app_id)
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// An attempt of the tenant.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, tenant: &TenantId, id: &AttemptId) -> Result<Option<Attempt>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE tenant_id = $1 AND id = $2"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// The attempt that a state belongs to. The state is the authority; its session and tenant are compared by the caller.
///
/// # Errors
/// When the database fails.
pub async fn find_by_state_across_tenants(db: &Db, state_hash: &str) -> Result<Option<Attempt>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE state_hash = $1"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(state_hash).fetch_optional(pool).await)?)
}

/// The tenant's latest attempt that waits for a person to choose.
///
/// # Errors
/// When the database fails.
pub async fn find_unfinished(db: &Db, tenant: &TenantId, user: &UserId, since: Timestamp) -> Result<Option<Attempt>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE tenant_id = $1 AND user_id = $2 AND created_at > $3 AND phase IN ('discovering', 'choosing')
            AND set_up_link_id IS NULL
        ORDER BY created_at DESC, id DESC LIMIT 1"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(user).bind(since.as_millis())
        .fetch_optional(pool).await)?)
}

/// The latest attempt that was begun by a set-up link.
///
/// # Errors
/// When the database fails.
pub async fn find_by_link(db: &Db, tenant: &TenantId, link: &SetUpLinkId) -> Result<Option<Attempt>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE tenant_id = $1 AND set_up_link_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(link).fetch_optional(pool).await)?)
}

/// Uses the state up. `false` when it was used before, by this or another process, or ended.
///
/// # Errors
/// When the database fails.
pub async fn claim(db: &Db, tenant: &TenantId, id: &AttemptId, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE connect_attempts SET consumed_at = $3, phase = 'exchanging', beat_at = $3
        WHERE tenant_id = $1 AND id = $2 AND consumed_at IS NULL AND expires_at > $3";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Moves the attempt to `phase` if it is in `from`. `false` when it is not.
///
/// # Errors
/// When the database fails.
pub async fn update_phase(
    db: &Db,
    tenant: &TenantId,
    id: &AttemptId,
    from: Phase,
    phase: Phase,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str =
        "UPDATE connect_attempts SET phase = $4, beat_at = $5 WHERE tenant_id = $1 AND id = $2 AND phase = $3";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(from).bind(phase).bind(now.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Records the connection that came of the attempt; reading its assets comes next.
///
/// # Errors
/// When the database fails.
pub async fn mark_connected(
    db: &Db,
    tenant: &TenantId,
    id: &AttemptId,
    connection: &ConnectionId,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str =
        "UPDATE connect_attempts SET phase = 'discovering', connection_id = $3, beat_at = $4, problem = NULL
        WHERE tenant_id = $1 AND id = $2 AND phase IN ('waiting', 'exchanging')
            AND EXISTS (SELECT 1 FROM connections c WHERE c.tenant_id = $1 AND c.id = $3)";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(connection).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// Records that everything was read, but for what `incomplete` names (JSON); the person chooses next.
///
/// # Errors
/// When the database fails.
pub async fn mark_choosing(db: &Db, tenant: &TenantId, id: &AttemptId, incomplete: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE connect_attempts SET phase = 'choosing', incomplete = $3, beat_at = $4, problem = NULL
        WHERE tenant_id = $1 AND id = $2 AND phase = 'discovering'";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(incomplete).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// The connections of attempts whose choice was saved and not yet applied, as far as the database knows.
///
/// # Errors
/// When the database fails.
pub async fn list_applying_across_tenants(db: &Db) -> Result<Vec<Pending>> {
    const SQL: &str =
        "SELECT DISTINCT t.tenant_id, t.connection_id, c.meta_app_id, c.token_kind FROM connect_attempts t
        JOIN connections c ON c.id = t.connection_id WHERE t.phase = 'applying' ORDER BY t.connection_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// The attempts whose choice on a connection was saved and not yet applied.
///
/// # Errors
/// When the database fails.
pub async fn list_applying(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<Vec<AttemptId>> {
    const SQL: &str = "SELECT id FROM connect_attempts
        WHERE tenant_id = $1 AND connection_id = $2 AND phase = 'applying' ORDER BY id";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).bind(tenant).bind(connection).fetch_all(pool).await)?)
}

/// Takes over work whose last sign of life is older than `stale`. `false` when somebody is at it.
///
/// # Errors
/// When the database fails.
pub async fn claim_stale(
    db: &Db,
    tenant: &TenantId,
    id: &AttemptId,
    phase: Phase,
    stale: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE connect_attempts SET beat_at = $5
        WHERE tenant_id = $1 AND id = $2 AND phase = $3 AND beat_at <= $4";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(phase).bind(stale.as_millis())
        .bind(now.as_millis()).execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Keeps how much was found so far.
///
/// # Errors
/// When the database fails.
pub async fn update_progress(db: &Db, tenant: &TenantId, id: &AttemptId, progress: &str, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE connect_attempts SET progress = $3, beat_at = $4 WHERE tenant_id = $1 AND id = $2";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(progress).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// Records that the choices made through a connection were applied.
///
/// # Errors
/// When the database fails.
pub async fn mark_done(db: &Db, tenant: &TenantId, connection: &ConnectionId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE connect_attempts SET phase = 'done', beat_at = $3
        WHERE tenant_id = $1 AND connection_id = $2 AND phase = 'applying'";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(connection).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// Ends the attempt as cancelled or failed, with the explanation as JSON.
///
/// # Errors
/// When the database fails.
pub async fn mark_ended(
    db: &Db,
    tenant: &TenantId,
    id: &AttemptId,
    phase: Phase,
    problem: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str = "UPDATE connect_attempts SET phase = $3, problem = $4, beat_at = $5,
            consumed_at = COALESCE(consumed_at, $5)
        WHERE tenant_id = $1 AND id = $2 AND phase IN ('waiting', 'exchanging', 'discovering')";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(phase).bind(problem).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// Ends the attempts that were begun before `moment` and wait for somebody.
///
/// # Errors
/// When the database fails.
pub async fn mark_abandoned_across_tenants(db: &Db, moment: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE connect_attempts SET phase = 'cancelled'
        WHERE created_at < $1 AND phase IN ('waiting', 'exchanging', 'discovering', 'choosing')";
    on_write!(db, pool => sqlx::query(SQL).bind(moment.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Gives a sign of life of the work on a connection's chosen assets.
///
/// # Errors
/// When the database fails.
pub async fn beat_applying(db: &Db, tenant: &TenantId, connection: &ConnectionId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE connect_attempts SET beat_at = $3
        WHERE tenant_id = $1 AND connection_id = $2 AND phase = 'applying'";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(connection).bind(now.as_millis())
        .execute(pool).await.map(drop))?;
    Ok(())
}
