//! The chain of hashes over a tenant's audit log.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{AuditEntry, NewAuditEntry};
use crate::{
    clock::Timestamp,
    db::Db,
    error::{Error, Result},
    ids::{TenantId, UserId},
    vault::Sealed,
};

/// The hash that the first entry of a chain follows.
pub(in crate::db) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What keys the hashes of every chain. Never printed.
#[derive(Clone)]
pub struct ChainKey(Zeroizing<[u8; 32]>);

impl ChainKey {
    /// The key made of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// HMAC-SHA256 over the entry and the hash before it, in hex.
    pub(in crate::db) fn link(
        &self,
        previous: &str,
        tenant: &TenantId,
        seq: i64,
        at: Timestamp,
        new: &NewAuditEntry<'_>,
    ) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.0) else {
            // HMAC takes keys of any length, so there is no way here; an empty hash would not hold.
            return String::new();
        };
        said(previous, tenant, seq, at, new, |bytes| mac.update(bytes));
        hex::encode(mac.finalize().into_bytes())
    }
}

impl fmt::Debug for ChainKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChainKey")
    }
}

/// The hash of an entry before the chains had a key.
fn unkeyed_link(previous: &str, tenant: &TenantId, seq: i64, at: Timestamp, new: &NewAuditEntry<'_>) -> String {
    let mut hash = Sha256::new();
    said(previous, tenant, seq, at, new, |bytes| hash.update(bytes));
    hex::encode(hash.finalize())
}

/// Everything an entry says, each text with its length before it, so that no two entries are the same bytes.
fn said(
    previous: &str,
    tenant: &TenantId,
    seq: i64,
    at: Timestamp,
    new: &NewAuditEntry<'_>,
    mut take: impl FnMut(&[u8]),
) {
    let actor = new.actor_id.map(UserId::as_str).unwrap_or_default();
    for part in [previous, tenant.as_str(), actor, new.actor_name, new.action, new.target] {
        take(&(part.len() as u64).to_be_bytes());
        take(part.as_bytes());
    }
    take(&seq.to_be_bytes());
    take(&at.as_millis().to_be_bytes());
}

impl AuditEntry {
    fn as_new(&self) -> NewAuditEntry<'_> {
        NewAuditEntry {
            actor_id: self.actor_id.as_ref(),
            actor_name: &self.actor_name,
            action: &self.action,
            target: &self.target,
        }
    }
}

const PAGE: &str = "SELECT seq, at, actor_id, actor_name, action, target, hash FROM audit_log
    WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT 1000";

/// Walks the tenant's chain and answers the place of the first entry that does not follow from the one before it, or of
/// the first that is missing. `None` when the chain holds.
///
/// # Errors
/// When the database fails.
pub async fn find_break(db: &Db, tenant: &TenantId, key: &ChainKey) -> Result<Option<i64>> {
    const HEAD: &str = "SELECT seq, hash FROM audit_heads WHERE tenant_id = $1";
    // Read first: entries that are added meanwhile are not missing from what is walked.
    let head: Option<(i64, String)> =
        on_read!(db, pool => sqlx::query_as(HEAD).bind(tenant).fetch_optional(pool).await)?;
    let (mut seq, mut previous) = (0, BEGINNING.to_owned());
    let mut met = head.is_none();
    loop {
        let page: Vec<AuditEntry> =
            on_read!(db, pool => sqlx::query_as(PAGE).bind(tenant).bind(seq).fetch_all(pool).await)?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            let at = Timestamp::from_millis(entry.at);
            let expected = key.link(&previous, tenant, seq + 1, at, &entry.as_new());
            if entry.seq != seq + 1 || entry.hash != expected {
                return Ok(Some(seq + 1));
            }
            (seq, previous) = (entry.seq, entry.hash);
            met |= head.as_ref().is_some_and(|(at, hash)| *at == seq && *hash == previous);
        }
    }
    // Without a head nothing may be there either: removing the head must not hide what was removed with it.
    let holds = met && head.is_some() == (seq > 0);
    Ok((!holds).then_some(seq + 1))
}

/// One chain written anew, entry by entry: as far as it held before, it holds after.
struct Rewriting<'a> {
    tenant: &'a TenantId,
    key: &'a ChainKey,
    seq: i64,
    before: String,
    after: String,
}

impl<'a> Rewriting<'a> {
    fn new(tenant: &'a TenantId, key: &'a ChainKey) -> Self {
        Self { tenant, key, seq: 0, before: BEGINNING.into(), after: BEGINNING.into() }
    }

    /// Whether the entry is the next, and follows from the one before it by `link`.
    fn follows(&self, entry: &AuditEntry, link: impl Fn(&str, &NewAuditEntry<'_>) -> String) -> bool {
        entry.seq == self.seq + 1 && entry.hash == link(&self.before, &entry.as_new())
    }

    /// Takes the entry over with another target; answers its new hash.
    fn carry(&mut self, entry: &AuditEntry, target: &str) -> String {
        let said = NewAuditEntry { target, ..entry.as_new() };
        self.after = self.key.link(&self.after, self.tenant, entry.seq, Timestamp::from_millis(entry.at), &said);
        self.seq = entry.seq;
        self.before.clone_from(&entry.hash);
        self.after.clone()
    }
}

const REWRITE: &str = "UPDATE audit_log SET hash = $3, target = $4 WHERE tenant_id = $1 AND seq = $2";
const MOVE_HEAD: &str = "UPDATE audit_heads SET hash = $3 WHERE tenant_id = $1 AND seq = $2 AND hash = $4";

/// Writes `words` for every target that is `name` in entries whose action begins with `action`: for a person who asked that
/// their data be deleted. The chain holds after if it held before; from a break on nothing is made to hold, but the name goes
/// there too. Answers how many entries named the person.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn erase_target(
    db: &Db,
    tenant: &TenantId,
    key: &ChainKey,
    (action, name, words): (&str, &str, &str),
) -> Result<u64> {
    // Holds the head: whoever adds an entry waits.
    const HOLD: &str = "UPDATE audit_heads SET seq = seq WHERE tenant_id = $1";
    const REST: &str = "UPDATE audit_log SET target = $2 WHERE tenant_id = $1 AND target = $3
        AND SUBSTR(action, 1, LENGTH($4)) = $4";
    in_transaction!(db, tx => {
        sqlx::query(HOLD).bind(tenant).execute(&mut *tx).await?;
        let (mut walk, mut erased) = (Rewriting::new(tenant, key), 0);
        'chain: loop {
            let page: Vec<AuditEntry> =
                sqlx::query_as(PAGE).bind(tenant).bind(walk.seq).fetch_all(&mut *tx).await?;
            if page.is_empty() {
                break;
            }
            for entry in page {
                let at = Timestamp::from_millis(entry.at);
                if !walk.follows(&entry, |before, said| key.link(before, tenant, entry.seq, at, said)) {
                    break 'chain;
                }
                let meant = entry.target == name && entry.action.starts_with(action);
                erased += u64::from(meant);
                let target = if meant { words } else { &entry.target };
                let hash = walk.carry(&entry, target);
                if erased > 0 {
                    sqlx::query(REWRITE).bind(tenant).bind(entry.seq).bind(&hash).bind(target)
                        .execute(&mut *tx).await?;
                }
            }
        }
        sqlx::query(MOVE_HEAD).bind(tenant).bind(walk.seq).bind(&walk.after).bind(&walk.before)
            .execute(&mut *tx).await?;
        let rest = sqlx::query(REST).bind(tenant).bind(words).bind(name).bind(action).execute(&mut *tx).await?;
        Ok::<_, Error>(erased + rest.rows_affected())
    })
}

/// Keeps the sealed key of the chains under `name`, and carries every chain that was begun without a key over to it. A chain
/// that did not hold before does not hold after; with `trusting` every entry is taken as it stands, for when the key before
/// this one is lost. Answers how many entries were carried over; `None`, and nothing changed, when there is a key already.
///
/// # Errors
/// When the database fails.
pub async fn begin_chains(db: &Db, name: &str, sealed: &Sealed, key: &ChainKey, trusting: bool) -> Result<Option<u64>> {
    const KEEP: &str = "INSERT INTO installation_secrets (name, sealed, key_id) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO NOTHING";
    const CHAINS: &str = "SELECT tenant_id FROM audit_heads ORDER BY tenant_id";
    in_transaction!(db, tx => {
        let kept = sqlx::query(KEEP).bind(name).bind(sealed).bind(sealed.key_id()).execute(&mut *tx).await?;
        if kept.rows_affected() == 0 {
            return Ok(None);
        }
        let mut carried = 0;
        let chains: Vec<TenantId> = sqlx::query_scalar(CHAINS).fetch_all(&mut *tx).await?;
        'chains: for tenant in chains {
            let mut walk = Rewriting::new(&tenant, key);
            loop {
                let page: Vec<AuditEntry> =
                    sqlx::query_as(PAGE).bind(&tenant).bind(walk.seq).fetch_all(&mut *tx).await?;
                if page.is_empty() {
                    break;
                }
                for entry in page {
                    let at = Timestamp::from_millis(entry.at);
                    let held = walk.follows(&entry, |before, said| unkeyed_link(before, &tenant, entry.seq, at, said));
                    let taken = held || trusting && entry.seq == walk.seq + 1;
                    if !taken {
                        continue 'chains;
                    }
                    let hash = walk.carry(&entry, &entry.target);
                    sqlx::query(REWRITE).bind(&tenant).bind(entry.seq).bind(&hash).bind(&entry.target)
                        .execute(&mut *tx).await?;
                    carried += 1;
                }
            }
            sqlx::query(MOVE_HEAD).bind(&tenant).bind(walk.seq).bind(&walk.after).bind(&walk.before)
                .execute(&mut *tx).await?;
        }
        Ok::<_, Error>(Some(carried))
    })
}
