//! Looking after connections: whose turn it is, and keeping renewed tokens. Of several processes one does it.

use std::time::Duration;

use super::{HOLD_STANDING, TokenState};
use crate::{
    clock::Timestamp,
    db::{Db, credentials::CredentialKind},
    error::{Error, Result},
    event::Change,
    ids::{ConnectionId, CredentialId, TenantId},
    vault::Sealed,
};

/// A connection that is to be looked after.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ToLookAfter {
    /// Which.
    pub id: ConnectionId,
    /// Whose.
    pub tenant_id: TenantId,
    /// When, Unix milliseconds; `None` while that is not planned.
    pub look_at: Option<i64>,
}

/// Up to `limit` standing connections that are to be looked after until `until`, or have no moment for it yet; in order, from
/// after `after` on.
///
/// # Errors
/// When the database fails.
pub async fn list_to_look_after_across_tenants(
    db: &Db,
    until: Timestamp,
    after: Option<&ConnectionId>,
    limit: i64,
) -> Result<Vec<ToLookAfter>> {
    const SQL: &str = "SELECT id, tenant_id, look_at FROM connections
        WHERE status IN ('connected', 'error') AND (look_at IS NULL OR look_at <= $1) AND id > $2 ORDER BY id LIMIT $3";
    let after = after.map_or("", ConnectionId::as_str);
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(until.as_millis()).bind(after).bind(limit).fetch_all(pool).await)?)
}

/// Gives a connection its first moment. Of two processes the first one's counts.
///
/// # Errors
/// When the database fails.
pub async fn update_first_look(db: &Db, tenant: &TenantId, id: &ConnectionId, at: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE connections SET look_at = $3 WHERE tenant_id = $1 AND id = $2 AND look_at IS NULL";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(at.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Takes the turn of looking after a connection, whose next one is at `next`. `false` when it is not its time, when another
/// process took it, or when the connection does not stand.
///
/// # Errors
/// When the database fails.
pub async fn claim_look(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    now: Timestamp,
    next: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE connections SET look_at = $4 WHERE tenant_id = $1 AND id = $2
        AND status IN ('connected', 'error') AND look_at <= $3";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).bind(next.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Puts the next turn at `at`.
///
/// # Errors
/// When the database fails.
pub async fn update_look(db: &Db, tenant: &TenantId, id: &ConnectionId, at: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE connections SET look_at = $3 WHERE tenant_id = $1 AND id = $2";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(at.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Takes the turn of asking Meta for a new token. `false` when somebody asked within `pause` before now: that holds for every
/// process, and however the asking ended.
///
/// # Errors
/// When the database fails.
pub async fn claim_renewal(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    pause: Duration,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE connections SET renewal_asked_at = $3 WHERE tenant_id = $1 AND id = $2
        AND status = 'connected' AND (renewal_asked_at IS NULL OR renewal_asked_at <= $4)";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis())
        .bind(now.minus(pause).as_millis()).execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Records why Meta gave no new token, JSON of an explanation.
///
/// # Errors
/// When the database fails.
pub async fn mark_renewal_failed(db: &Db, tenant: &TenantId, id: &ConnectionId, problem: &str) -> Result<()> {
    const SQL: &str = "UPDATE connections SET renewal_problem = $3 WHERE tenant_id = $1 AND id = $2";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(problem).execute(pool).await.map(drop))?;
    Ok(())
}

/// A token in place of another one, and the Page tokens that were read with it.
#[derive(Debug)]
pub struct Renewed<'a> {
    /// Whose.
    pub id: &'a ConnectionId,
    /// The credential that it takes the place of.
    pub old: &'a CredentialId,
    /// The new credential, for which `sealed` was sealed.
    pub credential: &'a CredentialId,
    /// The new token.
    pub sealed: &'a Sealed,
    /// Its state.
    pub token: TokenState<'a>,
    /// New tokens of Pages: the credential, the Page, the token. A Page whose token was dropped meanwhile gets none.
    pub pages: &'a [(CredentialId, String, Sealed)],
}

/// Keeps a renewed token. `false`, and nothing is kept, when the old one is not the connection's any more: somebody confirmed
/// again or disconnected meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn renew(db: &Db, tenant: &TenantId, renewed: &Renewed<'_>, now: Timestamp) -> Result<bool> {
    const MAIN: &str = "UPDATE credentials SET id = $4, sealed = $5, key_id = $6, created_at = $7
        WHERE tenant_id = $1 AND connection_id = $2 AND id = $3";
    const PAGE: &str = "UPDATE credentials SET id = $5, sealed = $6, key_id = $7, created_at = $8
        WHERE tenant_id = $1 AND connection_id = $2 AND kind = $3 AND subject = $4";
    const STATE: &str = "UPDATE connections SET permissions = $3, expires_at = $4, data_access_expires_at = $5,
            renew_at = $6, checked_at = $7, renewed_at = $7, renewal_problem = NULL
        WHERE tenant_id = $1 AND id = $2";
    let Renewed { id, old, credential, sealed, token, pages } = renewed;
    in_transaction!(db, tx => {
        // Whoever confirms again at this moment comes first or waits.
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(*id).execute(&mut *tx).await?;
        if standing.rows_affected() == 0 {
            return Ok(false);
        }
        let main = sqlx::query(MAIN).bind(tenant).bind(*id).bind(*old).bind(*credential).bind(*sealed)
            .bind(sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        if main.rows_affected() == 0 {
            return Ok(false);
        }
        for (page, subject, sealed) in *pages {
            sqlx::query(PAGE).bind(tenant).bind(*id).bind(CredentialKind::Page).bind(subject).bind(page).bind(sealed)
                .bind(sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        }
        sqlx::query(STATE).bind(tenant).bind(*id).bind(token.permissions)
            .bind(token.expires_at.map(Timestamp::as_millis)).bind(token.data_access_expires_at.map(Timestamp::as_millis))
            .bind(token.renew_at.map(Timestamp::as_millis)).bind(now.as_millis()).execute(&mut *tx).await?;
        tell_change!(tx, tenant, *id, &Change::Renewed { by_itself: true }, now);
        Ok::<_, Error>(true)
    })
}
