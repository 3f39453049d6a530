//! What is asked of the WhatsApp Business app after a number of it was onboarded (Meta reference §2.9).

use super::Db;
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::TenantId,
    sync_type::SyncType,
};

/// How far a sync is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum SyncState {
    /// Meta is still to be asked.
    Waiting,
    /// Meta took the request.
    Asked,
    /// The day after the onboarding was over before Meta could be asked.
    Over,
    /// Meta refused.
    Refused,
}

/// A sync of a number.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Sync {
    /// The number's id at Meta.
    pub meta_id: String,
    /// Contacts or history.
    pub sync_type: SyncType,
    /// Until when Meta takes the request, Unix milliseconds.
    pub ends_at: i64,
    /// How far it is.
    pub state: SyncState,
    /// When Meta was asked, Unix milliseconds.
    pub asked_at: Option<i64>,
    /// JSON of an explanation, when Meta refused.
    pub problem: Option<String>,
}

const COLUMNS: &str = "SELECT meta_id, sync_type, ends_at, state, asked_at, problem FROM business_app_syncs";

/// Every sync of the tenant.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId) -> Result<Vec<Sync>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE tenant_id = $1 ORDER BY meta_id, sync_type DESC"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).fetch_all(pool).await)?)
}

/// The syncs of a number that wait; contacts first, as Meta wants it.
///
/// # Errors
/// When the database fails.
pub async fn list_waiting(db: &Db, tenant: &TenantId, meta_id: &str) -> Result<Vec<Sync>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE tenant_id = $1 AND meta_id = $2 AND state = 'waiting' ORDER BY sync_type DESC"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(meta_id).fetch_all(pool).await)?)
}

/// Notes that both syncs of a number are to be asked for until `ends_at`. A number that was onboarded anew has them once
/// more; what is known of the same onboarding stays.
///
/// # Errors
/// When the database fails.
pub async fn insert_both(db: &Db, tenant: &TenantId, meta_id: &str, ends_at: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO business_app_syncs (tenant_id, meta_id, sync_type, ends_at, state)
        VALUES ($1, $2, $3, $4, 'waiting')
        ON CONFLICT (tenant_id, meta_id, sync_type) DO UPDATE SET ends_at = excluded.ends_at, state = excluded.state,
            asked_at = NULL, problem = NULL WHERE business_app_syncs.ends_at < excluded.ends_at";
    in_transaction!(db, tx => {
        for sync in SyncType::ALL {
            sqlx::query(SQL).bind(tenant).bind(meta_id).bind(sync).bind(ends_at.as_millis()).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(())
    })
}

/// Writes down what came of a sync that waited.
///
/// # Errors
/// When the database fails.
pub async fn update_state(
    db: &Db,
    tenant: &TenantId,
    (meta_id, sync): (&str, SyncType),
    state: SyncState,
    problem: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str = "UPDATE business_app_syncs SET state = $4, problem = $5, asked_at = $6
        WHERE tenant_id = $1 AND meta_id = $2 AND sync_type = $3 AND state = 'waiting'";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(meta_id).bind(sync).bind(state).bind(problem)
        .bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}
