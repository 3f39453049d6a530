//! Connections that are being taken apart: what is done about each, step by step.

use super::{
    Db,
    audit::Said,
    connections::{ConnectionStatus, END_ATTEMPTS, END_CONNECTION, LET_GO, STATUS, UNROUTE, was_told},
    staged_grants::FORGET,
};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    error::{Error, Result},
    event::Change,
    ids::{ConnectionId, TenantId, UserId},
};

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// An address that receives a WhatsApp account's or number's messages instead of the app's is removed (Meta reference
    /// §6.3).
    ClearOverride,
    /// Meta stops sending the events of a Page or WhatsApp account.
    Unsubscribe,
    /// A number's registration for the Cloud API ends (Meta reference §6.3).
    Deregister,
    /// The person's whole grant to the app ends at Meta (Meta reference §4.8).
    Revoke,
    /// The tokens are deleted.
    DropTokens,
    /// What an asset brought is erased: messages, customers, deliveries.
    Erase,
}

impl StepKind {
    /// Whether it asks Meta, for which it needs a token.
    pub const fn is_at_meta(self) -> bool {
        matches!(self, Self::ClearOverride | Self::Unsubscribe | Self::Deregister | Self::Revoke)
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It is still to be done.
    Waiting,
    /// It is done.
    Done,
    /// It is left out, for the reason in its sentence.
    Skipped,
    /// It did not work, for the reason in its sentence.
    Failed,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Step {
    /// Its place in the order.
    pub position: i64,
    /// What it does.
    pub kind: StepKind,
    /// The kind of the asset that it is about.
    pub asset_kind: Option<AssetKind>,
    /// That asset's id at Meta; empty when it is about none.
    pub meta_id: String,
    /// That asset's name.
    pub name: String,
    /// How it stands.
    pub state: StepState,
    /// How it ended, or why it is left out, in English.
    pub sentence: String,
    /// The same as an [`Explanation`](crate::explanation::Explanation), JSON, which is told in every language.
    pub explanation: Option<String>,
    /// How many rows are erased.
    pub done: i64,
    /// Of how many.
    pub total: i64,
    /// When it ended, Unix milliseconds.
    pub at: Option<i64>,
}

/// A connection that is being taken apart, or was.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Disconnection {
    /// Who asked for it.
    pub asked_by: UserId,
    /// Who asked for it, as they were called then.
    pub asked_by_name: String,
    /// When, Unix milliseconds.
    pub asked_at: i64,
    /// How long the tokens are kept for steps that did not work, Unix milliseconds.
    pub tokens_until: i64,
    /// When no step waited any more, Unix milliseconds.
    pub finished_at: Option<i64>,
}

/// Ends what is ours to end, in one transaction: the connection, its routes, its choice and its attempts; and writes down the
/// steps that follow, for which its tokens are kept. `false`, with nothing changed, when there is no such standing connection.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    (asked_by, until): ((&UserId, &str), Timestamp),
    steps: &[Step],
    said: &[Said<'_>],
    now: Timestamp,
) -> Result<bool> {
    const INSERT: &str = "INSERT INTO disconnections (connection_id, tenant_id, asked_by, asked_by_name, asked_at,
        tokens_until) VALUES ($1, $2, $3, $4, $5, $6)";
    const STEP: &str =
        "INSERT INTO disconnection_steps (connection_id, tenant_id, position, kind, asset_kind, meta_id, name,
        state, sentence, explanation, done, total, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    in_transaction!(db, tx => {
        let before: Option<ConnectionStatus> =
            sqlx::query_scalar(STATUS).bind(tenant).bind(id).fetch_optional(&mut *tx).await?;
        let ended = sqlx::query(END_CONNECTION).bind(tenant).bind(id).bind(now.as_millis()).execute(&mut *tx).await?;
        if ended.rows_affected() == 0 {
            return Ok(false);
        }
        for sql in [FORGET[0], FORGET[1], UNROUTE, LET_GO, END_ATTEMPTS] {
            sqlx::query(sql).bind(tenant).bind(id).execute(&mut *tx).await?;
        }
        sqlx::query(INSERT).bind(id).bind(tenant).bind(asked_by.0).bind(asked_by.1).bind(now.as_millis())
            .bind(until.as_millis()).execute(&mut *tx).await?;
        for step in steps {
            sqlx::query(STEP).bind(id).bind(tenant).bind(step.position).bind(step.kind).bind(step.asset_kind)
                .bind(&step.meta_id).bind(&step.name).bind(step.state).bind(&step.sentence)
                .bind(&step.explanation).bind(step.done).bind(step.total).bind(step.at).execute(&mut *tx).await?;
        }
        if was_told(before) {
            tell_change!(tx, tenant, id, &Change::Disconnected, now);
        }
        for said in said {
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(true)
    })
}

/// What is known of taking a connection apart.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, tenant: &TenantId, id: &ConnectionId) -> Result<Option<Disconnection>> {
    const SQL: &str = "SELECT asked_by, asked_by_name, asked_at, tokens_until, finished_at FROM disconnections
        WHERE tenant_id = $1 AND connection_id = $2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// The steps of taking a connection apart, in order.
///
/// # Errors
/// When the database fails.
pub async fn list_steps(db: &Db, tenant: &TenantId, id: &ConnectionId) -> Result<Vec<Step>> {
    const SQL: &str = "SELECT position, kind, asset_kind, meta_id, name, state, sentence, explanation, done, total, at
        FROM disconnection_steps WHERE tenant_id = $1 AND connection_id = $2 ORDER BY position";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_all(pool).await)?)
}

/// Keeps how a step stands.
///
/// # Errors
/// When the database fails.
pub async fn update_step(db: &Db, tenant: &TenantId, id: &ConnectionId, step: &Step) -> Result<()> {
    const SQL: &str =
        "UPDATE disconnection_steps SET state = $4, sentence = $5, explanation = $6, done = $7, total = $8,
            at = $9
        WHERE tenant_id = $1 AND connection_id = $2 AND position = $3";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(step.position).bind(step.state)
        .bind(&step.sentence).bind(&step.explanation).bind(step.done).bind(step.total).bind(step.at).execute(pool).await.map(drop))?;
    Ok(())
}

/// Lets the steps that failed wait again. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn mark_waiting(db: &Db, tenant: &TenantId, id: &ConnectionId) -> Result<u64> {
    const SQL: &str = "UPDATE disconnection_steps SET state = 'waiting', at = NULL
        WHERE tenant_id = $1 AND connection_id = $2 AND state = 'failed'";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).execute(pool).await
        .map(|done| done.rows_affected()))?)
}

/// Deletes the tokens of a connection that was taken apart. The PINs of its numbers stay: one that was made here nobody else
/// knows, and Meta registers a number with its PIN alone. Answers whether there are any.
///
/// # Errors
/// When the database fails.
pub async fn drop_tokens(db: &Db, tenant: &TenantId, id: &ConnectionId) -> Result<bool> {
    const SQL: &str =
        "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2 AND kind <> 'pin' AND EXISTS (SELECT 1
        FROM connections c WHERE c.tenant_id = $1 AND c.id = $2 AND c.status = 'disconnected')";
    const PINS: &str = "SELECT COUNT(*) FROM credentials WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'pin'";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).execute(pool).await.map(drop))?;
    let pins: i64 = on_read!(db, pool => sqlx::query_scalar(PINS).bind(tenant).bind(id).fetch_one(pool).await)?;
    Ok(pins > 0)
}

/// Records that no step waits any more.
///
/// # Errors
/// When the database fails.
pub async fn mark_finished(db: &Db, tenant: &TenantId, id: &ConnectionId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE disconnections SET finished_at = $3
        WHERE tenant_id = $1 AND connection_id = $2 AND finished_at IS NULL";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// What is still to be taken apart and nobody is at: what waits, and what failed and whose tokens are kept no longer.
///
/// # Errors
/// When the database fails.
pub async fn list_unfinished_across_tenants(db: &Db, now: Timestamp) -> Result<Vec<(TenantId, ConnectionId)>> {
    const SQL: &str = "SELECT d.tenant_id, d.connection_id FROM disconnections d
        WHERE d.finished_at IS NULL AND (d.tokens_until <= $1 OR NOT EXISTS (SELECT 1 FROM disconnection_steps s
            WHERE s.connection_id = d.connection_id AND s.state = 'failed'))
        ORDER BY d.connection_id LIMIT 500";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(now.as_millis()).fetch_all(pool).await)?)
}
