//! Links by which somebody without an account connects their assets for a tenant. The link's secret is stored as a hash.

use super::{Db, audit::Said};
use crate::{
    clock::Timestamp,
    db::connections::ConnectionStatus,
    error::{Error, Result},
    ids::{AttemptId, ConnectionId, SetUpLinkId, TenantId, UserId},
};

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SetUpLink {
    /// Its identifier.
    pub id: SetUpLinkId,
    /// The tenant that assets are connected for.
    pub tenant_id: TenantId,
    /// The tenant's name.
    pub tenant_name: String,
    /// For whom, in the words of who made it.
    pub name: String,
    /// Who made it.
    pub created_by: UserId,
    /// Who made it, by name.
    pub created_by_name: String,
    /// When, Unix milliseconds.
    pub created_at: i64,
    /// Until when it works, Unix milliseconds.
    pub expires_at: i64,
    /// When somebody first looked at it, Unix milliseconds.
    pub opened_at: Option<i64>,
    /// When the first grant came by it, Unix milliseconds.
    pub used_at: Option<i64>,
    /// The hash of the session that it came in.
    pub used_session: Option<String>,
    /// The connection that came of it.
    pub connection_id: Option<ConnectionId>,
    /// When assets were chosen, Unix milliseconds.
    pub finished_at: Option<i64>,
    /// When it was withdrawn, Unix milliseconds.
    pub revoked_at: Option<i64>,
}

/// A new link.
#[derive(Debug)]
pub struct NewSetUpLink<'a> {
    /// Its identifier.
    pub id: &'a SetUpLinkId,
    /// For whom.
    pub name: &'a str,
    /// The hash of its secret.
    pub token_hash: &'a str,
    /// Who makes it.
    pub created_by: &'a UserId,
    /// Until when it works.
    pub expires_at: Timestamp,
}

// Whoever made a link and no longer manages connections cannot let others do it either.
const COLUMNS: &str = "l.id, l.tenant_id, t.name AS tenant_name, l.name, l.created_by, u.name AS created_by_name,
        l.created_at, l.expires_at, l.opened_at, l.used_at, l.used_session, l.connection_id, l.finished_at,
        CASE WHEN m.role IN ('owner', 'admin') THEN l.revoked_at ELSE COALESCE(l.revoked_at, l.created_at) END AS revoked_at";
const FROM: &str = "FROM set_up_links l JOIN tenants t ON t.id = l.tenant_id JOIN users u ON u.id = l.created_by
        LEFT JOIN memberships m ON m.tenant_id = l.tenant_id AND m.user_id = l.created_by";

/// Adds a link.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, tenant: &TenantId, new: &NewSetUpLink<'_>, said: &Said<'_>, now: Timestamp) -> Result<()> {
    const SQL: &str = "INSERT INTO set_up_links (id, tenant_id, name, token_hash, created_by, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    in_transaction!(db, tx => {
        sqlx::query(SQL).bind(new.id).bind(tenant).bind(new.name).bind(new.token_hash).bind(new.created_by)
            .bind(now.as_millis()).bind(new.expires_at.as_millis()).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(())
    })
}

/// A link of the tenant.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, tenant: &TenantId, id: &SetUpLinkId) -> Result<Option<SetUpLink>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} {FROM} WHERE l.tenant_id = $1 AND l.id = $2"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// A link, and what has come of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedSetUpLink {
    /// The link.
    #[sqlx(flatten)]
    pub link: SetUpLink,
    /// How its connection stands.
    pub connection_status: Option<ConnectionStatus>,
    /// Its latest attempt, when that waits for a choice.
    pub choosing: Option<AttemptId>,
    /// How many assets of its connection are chosen.
    pub chosen: i64,
    /// How many of those are still being connected.
    pub pending: i64,
    /// How many of those have a problem.
    pub troubled: i64,
}

/// The tenant's links since `since`, newest first, at most 100.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId, since: Timestamp) -> Result<Vec<ListedSetUpLink>> {
    const COUNT: &str = "(SELECT COUNT(*) FROM assets a
        WHERE a.tenant_id = $1 AND a.connection_id = l.connection_id AND a.selected";
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS}, c.status AS connection_status, (SELECT CASE WHEN t.phase = 'choosing' THEN t.id END
                FROM connect_attempts t WHERE t.tenant_id = $1 AND t.set_up_link_id = l.id
                ORDER BY t.created_at DESC, t.id DESC LIMIT 1) AS choosing,
            {COUNT}) AS chosen, {COUNT} AND a.pending) AS pending, {COUNT} AND a.problem IS NOT NULL) AS troubled
        {FROM} LEFT JOIN connections c ON c.tenant_id = $1 AND c.id = l.connection_id
        WHERE l.tenant_id = $1 AND l.created_at >= $2 ORDER BY l.created_at DESC, l.id DESC LIMIT 100"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(since.as_millis()).fetch_all(pool).await)?)
}

/// The link with the secret of this hash. The secret is the authority, so no tenant is asked.
///
/// # Errors
/// When the database fails.
pub async fn find_by_token_across_tenants(db: &Db, token_hash: &str) -> Result<Option<SetUpLink>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} {FROM} WHERE l.token_hash = $1"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(token_hash).fetch_optional(pool).await)?)
}

/// The link of this identifier, as the session of a guest remembers it.
///
/// # Errors
/// When the database fails.
pub async fn find_across_tenants(db: &Db, id: &SetUpLinkId) -> Result<Option<SetUpLink>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} {FROM} WHERE l.id = $1"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(id).fetch_optional(pool).await)?)
}

/// Records that somebody looked at a link.
///
/// # Errors
/// When the database fails.
pub async fn mark_opened(db: &Db, tenant: &TenantId, id: &SetUpLinkId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE set_up_links SET opened_at = $3 WHERE tenant_id = $1 AND id = $2 AND opened_at IS NULL";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Uses a link up for this session. `false` when another session used it, or it was withdrawn or finished. That a grant comes
/// a little after the link ended is no harm: whoever brings it began in time.
///
/// # Errors
/// When the database fails.
pub async fn mark_used(
    db: &Db,
    tenant: &TenantId,
    id: &SetUpLinkId,
    session: &str,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE set_up_links SET used_at = COALESCE(used_at, $4), used_session = $3
        WHERE tenant_id = $1 AND id = $2 AND (used_session IS NULL OR used_session = $3) AND revoked_at IS NULL
            AND finished_at IS NULL";
    in_transaction!(db, tx => {
        let used = sqlx::query(SQL).bind(tenant).bind(id).bind(session).bind(now.as_millis()).execute(&mut *tx).await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Keeps the connection that came of a link.
///
/// # Errors
/// When the database fails.
pub async fn update_connection(db: &Db, tenant: &TenantId, id: &SetUpLinkId, connection: &ConnectionId) -> Result<()> {
    const SQL: &str = "UPDATE set_up_links SET connection_id = $3 WHERE tenant_id = $1 AND id = $2";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(connection).execute(pool).await.map(drop))?;
    Ok(())
}

/// Withdraws a link that is not finished. `false` when the tenant has no such link.
///
/// # Errors
/// When the database fails.
pub async fn mark_revoked(
    db: &Db,
    tenant: &TenantId,
    id: &SetUpLinkId,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE set_up_links SET revoked_at = $3
        WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL AND finished_at IS NULL";
    in_transaction!(db, tx => {
        let revoked = sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(&mut *tx).await?;
        if revoked.rows_affected() == 0 {
            return Ok(false);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Removes links that ended before `moment`, at most `limit`. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended_across_tenants(db: &Db, moment: Timestamp, limit: i64) -> Result<u64> {
    const SQL: &str = "DELETE FROM set_up_links
        WHERE id IN (SELECT id FROM set_up_links WHERE expires_at < $1 ORDER BY expires_at, id LIMIT $2)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment).bind(limit).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
