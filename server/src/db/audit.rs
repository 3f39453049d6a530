//! The audit log: who did what, in a chain of keyed hashes per tenant, so that a changed or missing entry shows. Whoever can
//! write the database but has no key of the vault cannot make a chain that holds.

mod chain;

pub(super) use chain::BEGINNING;
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
#[derive(Debug, Clone, Copy)]
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

/// What is said, with the key of the chain that it becomes a part of.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The key of the chains.
    pub key: &'a ChainKey,
    /// What the entry says.
    pub entry: NewAuditEntry<'a>,
}

impl<'a> Said<'a> {
    /// The same, done to something else.
    pub fn about(self, target: &'a str) -> Self {
        Self { entry: NewAuditEntry { target, ..self.entry }, ..self }
    }
}

// Writing the head first makes two entries of one tenant follow each other, on PostgreSQL too.
pub(super) const NEXT: &str = "INSERT INTO audit_heads (tenant_id, seq, hash) VALUES ($1, 1, $2)
    ON CONFLICT (tenant_id) DO UPDATE SET seq = audit_heads.seq + 1 RETURNING seq, hash";
pub(super) const INSERT: &str = "INSERT INTO audit_log (tenant_id, seq, at, actor_id, actor_name, action, target, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub(super) const HEAD: &str = "UPDATE audit_heads SET hash = $2 WHERE tenant_id = $1";

/// Adds an entry to the tenant's chain within the transaction `$tx`, so that it stands exactly when the change that it
/// tells of does. The last step of a transaction: the head of the chain is then held for the shortest time, and by nobody
/// who still waits for another row.
macro_rules! append_audit {
    ($tx:ident, $tenant:expr, $said:expr, $now:expr) => {{
        use $crate::db::audit::{BEGINNING, HEAD, INSERT, NEXT, Said};
        let (tenant, said, now): (&$crate::ids::TenantId, &Said<'_>, _) = ($tenant, $said, $now);
        let new = &said.entry;
        let (seq, previous): (i64, String) =
            sqlx::query_as(NEXT).bind(tenant).bind(BEGINNING).fetch_one(&mut *$tx).await?;
        let hash = said.key.link(&previous, tenant, seq, now, new);
        sqlx::query(INSERT)
            .bind(tenant)
            .bind(seq)
            .bind(now.as_millis())
            .bind(new.actor_id)
            .bind(new.actor_name)
            .bind(new.action)
            .bind(new.target)
            .bind(&hash)
            .execute(&mut *$tx)
            .await?;
        sqlx::query(HEAD).bind(tenant).bind(&hash).execute(&mut *$tx).await?;
    }};
}

/// Adds an entry to the tenant's chain that tells of no change of ours.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, tenant: &TenantId, said: &Said<'_>, now: Timestamp) -> Result<()> {
    in_transaction!(db, tx => {
        append_audit!(tx, tenant, said, now);
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
