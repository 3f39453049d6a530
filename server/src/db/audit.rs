//! The audit log: who did what, in a chain of keyed hashes per tenant, so that a changed or missing entry shows. Whoever can
//! write the database but has no key of the vault cannot make a chain that holds.

mod chain;

pub use chain::{ChainKey, begin_chains, erase_target, find_break};

use super::Db;
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{TenantId, UserId},
};

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditEntry {
    /// Its place in the tenant's chain, from 1.
    pub seq: i64,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Who, when it was a person.
    pub actor_id: Option<UserId>,
    /// Who, as they were called then.
    pub actor_name: String,
    /// A stable name of what was done, such as `connection.disconnected`.
    pub action: String,
    /// To what, for people.
    pub target: String,
    /// HMAC-SHA256 over the entry and the hash before it, in hex.
    pub hash: String,
}

/// What a new entry says.
#[derive(Debug)]
pub struct NewAuditEntry<'a> {
    /// Who, when it was a person.
    pub actor_id: Option<&'a UserId>,
    /// Who, for people.
    pub actor_name: &'a str,
    /// A stable name of what was done.
    pub action: &'a str,
    /// To what, for people.
    pub target: &'a str,
}

/// Adds an entry to the tenant's chain.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, tenant: &TenantId, key: &ChainKey, new: &NewAuditEntry<'_>, now: Timestamp) -> Result<()> {
    // Writing the head first makes two entries of one tenant follow each other, on PostgreSQL too.
    const NEXT: &str = "INSERT INTO audit_heads (tenant_id, seq, hash) VALUES ($1, 1, $2)
        ON CONFLICT (tenant_id) DO UPDATE SET seq = audit_heads.seq + 1 RETURNING seq, hash";
    const INSERT: &str = "INSERT INTO audit_log (tenant_id, seq, at, actor_id, actor_name, action, target, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    const HEAD: &str = "UPDATE audit_heads SET hash = $2 WHERE tenant_id = $1";
    in_transaction!(db, tx => {
        let (seq, previous): (i64, String) =
            sqlx::query_as(NEXT).bind(tenant).bind(chain::BEGINNING).fetch_one(&mut *tx).await?;
        let hash = key.link(&previous, tenant, seq, now, new);
        sqlx::query(INSERT).bind(tenant).bind(seq).bind(now.as_millis()).bind(new.actor_id).bind(new.actor_name)
            .bind(new.action).bind(new.target).bind(&hash).execute(&mut *tx).await?;
        sqlx::query(HEAD).bind(tenant).bind(&hash).execute(&mut *tx).await?;
        Ok::<_, Error>(())
    })
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only entries before this place.
    pub before: Option<i64>,
    /// Only entries of this action.
    pub action: Option<String>,
    /// Only what this person did; who is not a person is called by name.
    pub actor: Option<String>,
}

/// The latest entries of a tenant that pass the filter, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId, filter: &AuditFilter, limit: i64) -> Result<Vec<AuditEntry>> {
    const SQL: &str = "SELECT seq, at, actor_id, actor_name, action, target, hash FROM audit_log
        WHERE tenant_id = $1 AND seq < $2 AND (action = $3 OR $3 IS NULL)
            AND (COALESCE(actor_id, actor_name) = $4 OR $4 IS NULL)
        ORDER BY seq DESC LIMIT $5";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(filter.before.unwrap_or(i64::MAX))
        .bind(&filter.action).bind(&filter.actor).bind(limit).fetch_all(pool).await)?)
}

/// The actions that the tenant's log holds, by name.
///
/// # Errors
/// When the database fails.
pub async fn list_actions(db: &Db, tenant: &TenantId) -> Result<Vec<String>> {
    const SQL: &str = "SELECT DISTINCT action FROM audit_log WHERE tenant_id = $1 ORDER BY action";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// Who acted in the tenant, as [`AuditFilter::actor`] names them and as people call them, by name.
///
/// # Errors
/// When the database fails.
pub async fn list_actors(db: &Db, tenant: &TenantId) -> Result<Vec<(String, String)>> {
    const SQL: &str = "SELECT COALESCE(actor_id, actor_name) AS actor, MAX(actor_name) AS name FROM audit_log
        WHERE tenant_id = $1 GROUP BY COALESCE(actor_id, actor_name) ORDER BY name, actor";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}
