//! The audit log: who did what, in a chain of hashes per tenant, so that a changed or missing entry shows.

use sha2::{Digest as _, Sha256};

use super::Db;
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{TenantId, UserId},
};

/// The hash that the first entry of a chain follows.
pub(super) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

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
    /// SHA-256 over the entry and the hash before it, in hex.
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
    ($tx:ident, $tenant:expr, $new:expr, $now:expr) => {{
        use $crate::db::audit::{BEGINNING, HEAD, INSERT, NEXT, link};
        let (tenant, new, now): (&$crate::ids::TenantId, &$crate::db::audit::NewAuditEntry<'_>, _) =
            ($tenant, $new, $now);
        let (seq, previous): (i64, String) =
            sqlx::query_as(NEXT).bind(tenant).bind(BEGINNING).fetch_one(&mut *$tx).await?;
        let hash = link(&previous, tenant, seq, now, new);
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
pub async fn insert(db: &Db, tenant: &TenantId, new: &NewAuditEntry<'_>, now: Timestamp) -> Result<()> {
    in_transaction!(db, tx => {
        append_audit!(tx, tenant, new, now);
        Ok::<_, Error>(())
    })
}

/// The latest entries of a tenant, newest first, before the place `before` when given.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId, before: Option<i64>, limit: i64) -> Result<Vec<AuditEntry>> {
    const SQL: &str = "SELECT seq, at, actor_id, actor_name, action, target, hash FROM audit_log
        WHERE tenant_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(before.unwrap_or(i64::MAX)).bind(limit)
        .fetch_all(pool).await)?)
}

/// Walks the tenant's chain and answers the place of the first entry that does not follow from the one before it, or of
/// the first that is missing. `None` when the chain holds.
///
/// # Errors
/// When the database fails.
pub async fn find_break(db: &Db, tenant: &TenantId) -> Result<Option<i64>> {
    const PAGE: &str = "SELECT seq, at, actor_id, actor_name, action, target, hash FROM audit_log
        WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT 1000";
    const HEAD: &str = "SELECT seq, hash FROM audit_heads WHERE tenant_id = $1";
    let (mut seq, mut previous) = (0, BEGINNING.to_owned());
    loop {
        let page: Vec<AuditEntry> =
            on_read!(db, pool => sqlx::query_as(PAGE).bind(tenant).bind(seq).fetch_all(pool).await)?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            let said = NewAuditEntry {
                actor_id: entry.actor_id.as_ref(),
                actor_name: &entry.actor_name,
                action: &entry.action,
                target: &entry.target,
            };
            let expected = link(&previous, tenant, seq + 1, Timestamp::from_millis(entry.at), &said);
            if entry.seq != seq + 1 || entry.hash != expected {
                return Ok(Some(seq + 1));
            }
            (seq, previous) = (entry.seq, entry.hash);
        }
    }
    let head: Option<(i64, String)> =
        on_read!(db, pool => sqlx::query_as(HEAD).bind(tenant).fetch_optional(pool).await)?;
    // Without a head nothing may be there either: removing the head must not hide what was removed with it.
    let holds = head.map_or(seq == 0, |head| head == (seq, previous));
    Ok((!holds).then_some(seq + 1))
}

pub(super) fn link(previous: &str, tenant: &TenantId, seq: i64, at: Timestamp, new: &NewAuditEntry<'_>) -> String {
    let actor = new.actor_id.map(UserId::as_str).unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [previous, tenant.as_str(), actor, new.actor_name, new.action, new.target] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.update(seq.to_be_bytes());
    hash.update(at.as_millis().to_be_bytes());
    hex::encode(hash.finalize())
}
