//! Grants that were given once more and are not in use yet: until somebody decides, the connection keeps what it has.

use super::{
    Db,
    audit::Said,
    connections::{ConnectionStatus, Grant, HOLD_STANDING, PUT_CREDENTIAL, STATUS, confirmed},
    credentials::{Credential, CredentialKind},
    jobs::NewJob,
};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{AssetId, AttemptId, ConnectionId, CredentialId, TenantId, UserId},
    vault::Sealed,
};

/// A grant that waits.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StagedGrant {
    /// The connection that it would renew.
    pub connection_id: ConnectionId,
    /// The person who pressed the button.
    pub connected_by: UserId,
    /// Who granted, as Meta names them.
    pub meta_user_name: String,
    /// What kind of token it is.
    pub token_kind: CredentialKind,
    /// JSON: the granted and the missing permissions.
    pub permissions: String,
    /// When the token ends, Unix milliseconds; never when `None`.
    pub expires_at: Option<i64>,
    /// When the right to read the person's data ends, Unix milliseconds; never when `None`.
    pub data_access_expires_at: Option<i64>,
    /// When Meta is to be asked for a new token, Unix milliseconds; never when `None`.
    pub renew_at: Option<i64>,
    /// JSON: what would lose access; `None` until that is known.
    pub losses: Option<String>,
}

const COLUMNS: &str = "connection_id, connected_by, meta_user_name, token_kind, permissions, expires_at,
    data_access_expires_at, renew_at, losses";

/// Forgets the grant that waits for a connection, with its tokens.
pub(super) const FORGET: [&str; 2] = [
    "DELETE FROM credentials
        WHERE tenant_id = $1 AND connection_id = $2 AND kind IN ('staged', 'staged_page')",
    "DELETE FROM staged_grants WHERE tenant_id = $1 AND connection_id = $2",
];

/// Holds the connection that an attempt's grant would renew. Every writer of grants that wait holds the connection first: they
/// follow each other, and none waits for another in a circle.
const HOLD: &str = "UPDATE connections SET status = status WHERE tenant_id = $1
    AND id = (SELECT connection_id FROM staged_grants WHERE tenant_id = $1 AND attempt_id = $2) RETURNING id";

/// Lets a grant wait beside what its connection has. One that waited before gives way, and its attempt ends for the reason
/// in `superseded` (JSON of an explanation). `false`, with nothing changed, when the connection does not stand.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    attempt: &AttemptId,
    grant: &Grant<'_>,
    superseded: &str,
    now: Timestamp,
) -> Result<bool> {
    const SUPERSEDE: &str = "UPDATE connect_attempts SET phase = 'failed', problem = $4
        WHERE tenant_id = $1 AND phase IN ('exchanging', 'discovering', 'choosing') AND id <> $3
            AND id IN (SELECT attempt_id FROM staged_grants WHERE tenant_id = $1 AND connection_id = $2)";
    const INSERT: &str =
        "INSERT INTO staged_grants (attempt_id, tenant_id, connection_id, connected_by, meta_user_name,
            token_kind, permissions, expires_at, data_access_expires_at, created_at, renew_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    in_transaction!(db, tx => {
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(grant.id).execute(&mut *tx).await?.rows_affected();
        if standing == 0 {
            return Ok(false);
        }
        sqlx::query(SUPERSEDE).bind(tenant).bind(grant.id).bind(attempt).bind(superseded).execute(&mut *tx).await?;
        for sql in FORGET {
            sqlx::query(sql).bind(tenant).bind(grant.id).execute(&mut *tx).await?;
        }
        sqlx::query(INSERT).bind(attempt).bind(tenant).bind(grant.id).bind(grant.connected_by)
            .bind(grant.meta_user_name).bind(grant.token.kind).bind(grant.token.permissions)
            .bind(grant.token.expires_at.map(Timestamp::as_millis))
            .bind(grant.token.data_access_expires_at.map(Timestamp::as_millis)).bind(now.as_millis())
            .bind(grant.token.renew_at.map(Timestamp::as_millis)).execute(&mut *tx).await?;
        sqlx::query(PUT_CREDENTIAL).bind(grant.credential).bind(tenant).bind(grant.id).bind(CredentialKind::Staged)
            .bind(grant.meta_user_id).bind(grant.sealed).bind(grant.sealed.key_id()).bind(now.as_millis())
            .execute(&mut *tx).await?;
        Ok::<_, Error>(true)
    })
}

/// The grant that an attempt brought and that waits.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, tenant: &TenantId, attempt: &AttemptId) -> Result<Option<StagedGrant>> {
    let sql =
        sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM staged_grants WHERE tenant_id = $1 AND attempt_id = $2"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(attempt).fetch_optional(pool).await)?)
}

/// The token of the grant that an attempt brought and that waits.
///
/// # Errors
/// When the database fails.
pub async fn find_token(db: &Db, tenant: &TenantId, attempt: &AttemptId) -> Result<Option<Credential>> {
    const SQL: &str = "SELECT c.id, c.tenant_id, c.kind, c.subject, c.sealed, c.created_at
        FROM staged_grants s JOIN credentials c ON c.connection_id = s.connection_id AND c.kind = 'staged'
        WHERE s.tenant_id = $1 AND c.tenant_id = $1 AND s.attempt_id = $2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(attempt).fetch_optional(pool).await)?)
}

/// Keeps what became known of a grant that waits: the tokens of its Pages, and what would lose access (JSON).
///
/// # Errors
/// [`Error::NotFound`] when it does not wait any more; when the database fails.
pub async fn update_found(
    db: &Db,
    tenant: &TenantId,
    attempt: &AttemptId,
    (tokens, losses): (&[(CredentialId, String, Sealed)], &str),
    now: Timestamp,
) -> Result<()> {
    const LOSSES: &str = "UPDATE staged_grants SET losses = $3 WHERE tenant_id = $1 AND attempt_id = $2";
    const DROP_PAGES: &str = "DELETE FROM credentials
        WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'staged_page'";
    in_transaction!(db, tx => {
        let connection: Option<ConnectionId> =
            sqlx::query_scalar(HOLD).bind(tenant).bind(attempt).fetch_optional(&mut *tx).await?;
        let connection = connection.ok_or(Error::NotFound("grant"))?;
        let waits = sqlx::query(LOSSES).bind(tenant).bind(attempt).bind(losses).execute(&mut *tx).await?;
        if waits.rows_affected() == 0 {
            return Err(Error::NotFound("grant"));
        }
        sqlx::query(DROP_PAGES).bind(tenant).bind(&connection).execute(&mut *tx).await?;
        for (id, page_id, sealed) in tokens {
            sqlx::query(PUT_CREDENTIAL).bind(id).bind(tenant).bind(&connection).bind(CredentialKind::StagedPage)
                .bind(page_id).bind(sealed).bind(sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(())
    })
}

/// What is given up when a grant takes the place of the one before it.
#[derive(Debug, Default)]
pub struct GivenUp<'a> {
    /// The assets that it does not cover.
    pub assets: &'a [AssetId],
    /// JSON of an explanation: why they cannot be used.
    pub why: &'a str,
}

/// Puts a grant that waits in the place of the one before it, in one transaction: its tokens become the connection's, which
/// stands again; what `given_up` names is no longer chosen nor routed, and pending until it is unsubscribed at Meta. Tokens of
/// Pages that the grant does not cover stay until then. What Meta refused for a token is pending once more: a Page's own can die
/// alone, and the grant brought another one. `job` is asked for, which does what is pending. `false`, with nothing changed, when
/// the grant does not wait any more.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn promote(
    db: &Db,
    tenant: &TenantId,
    attempt: &AttemptId,
    given_up: &GivenUp<'_>,
    said: &Said<'_>,
    job: &NewJob<'_>,
    now: Timestamp,
) -> Result<bool> {
    // Choices of one tenant follow each other: this is one.
    const TURN: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const DROP_MAIN: &str = "DELETE FROM credentials
        WHERE tenant_id = $1 AND connection_id = $2 AND kind IN ('user', 'system_user', 'instagram')";
    const MAIN: &str =
        "UPDATE credentials SET kind = $3 WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'staged'";
    const DROP_PAGES: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'page'
        AND subject IN (SELECT s.subject FROM credentials s WHERE s.connection_id = $2 AND s.kind = 'staged_page')";
    const PAGES: &str =
        "UPDATE credentials SET kind = 'page' WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'staged_page'";
    const CONNECTION: &str = "UPDATE connections SET connected_by = $3, meta_user_name = $4, token_kind = $5,
            permissions = $6, expires_at = $7, data_access_expires_at = $8, checked_at = $9, problem = NULL,
            renew_at = $10, renewal_asked_at = $9, renewal_problem = NULL,
            status = CASE WHEN status = 'error' THEN 'connected' ELSE status END
        WHERE tenant_id = $1 AND id = $2";
    const LEAVE: &str = "UPDATE assets SET selected = FALSE, pending = TRUE, subscribed_at = NULL, unusable = $4
        WHERE tenant_id = $1 AND connection_id = $2 AND id = $3 AND selected";
    const UNROUTE: &str = "DELETE FROM routes WHERE tenant_id = $1 AND asset_id = $2";
    const AGAIN: &str = r#"UPDATE assets SET pending = TRUE WHERE tenant_id = $1 AND connection_id = $2 AND selected
            AND (problem LIKE '{"code":"meta.token.%' OR problem LIKE '{"code":"asset.no_page_token"%')"#;
    let take = sqlx::AssertSqlSafe(format!(
        "DELETE FROM staged_grants WHERE tenant_id = $1 AND attempt_id = $2 RETURNING {COLUMNS}"
    ));
    in_transaction!(db, tx => {
        sqlx::query(TURN).bind(tenant).execute(&mut *tx).await?;
        sqlx::query(HOLD).bind(tenant).bind(attempt).execute(&mut *tx).await?;
        let staged: Option<StagedGrant> =
            sqlx::query_as(take).bind(tenant).bind(attempt).fetch_optional(&mut *tx).await?;
        let Some(staged) = staged else { return Ok(false) };
        let id = &staged.connection_id;
        let before: Option<ConnectionStatus> =
            sqlx::query_scalar(STATUS).bind(tenant).bind(id).fetch_optional(&mut *tx).await?;
        sqlx::query(DROP_MAIN).bind(tenant).bind(id).execute(&mut *tx).await?;
        sqlx::query(MAIN).bind(tenant).bind(id).bind(staged.token_kind).execute(&mut *tx).await?;
        for sql in [DROP_PAGES, PAGES] {
            sqlx::query(sql).bind(tenant).bind(id).execute(&mut *tx).await?;
        }
        sqlx::query(CONNECTION).bind(tenant).bind(id).bind(&staged.connected_by).bind(&staged.meta_user_name)
            .bind(staged.token_kind).bind(&staged.permissions).bind(staged.expires_at)
            .bind(staged.data_access_expires_at).bind(now.as_millis()).bind(staged.renew_at).execute(&mut *tx).await?;
        if let Some(change) = confirmed(before) {
            tell_change!(tx, tenant, id, &change, now);
        }
        for asset in given_up.assets {
            sqlx::query(LEAVE).bind(tenant).bind(id).bind(asset).bind(given_up.why).execute(&mut *tx).await?;
            sqlx::query(UNROUTE).bind(tenant).bind(asset).execute(&mut *tx).await?;
        }
        sqlx::query(AGAIN).bind(tenant).bind(id).execute(&mut *tx).await?;
        ask_job!(&mut *tx, job, now)?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Forgets the grant that an attempt brought: the connection keeps what it has.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &Db, tenant: &TenantId, attempt: &AttemptId) -> Result<()> {
    const TAKE: &str = "DELETE FROM staged_grants WHERE tenant_id = $1 AND attempt_id = $2 RETURNING connection_id";
    in_transaction!(db, tx => {
        sqlx::query(HOLD).bind(tenant).bind(attempt).execute(&mut *tx).await?;
        let connection: Option<ConnectionId> =
            sqlx::query_scalar(TAKE).bind(tenant).bind(attempt).fetch_optional(&mut *tx).await?;
        if let Some(connection) = connection {
            sqlx::query(FORGET[0]).bind(tenant).bind(&connection).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(())
    })
}

/// Forgets grants that nobody decided about since `moment`, at most 500 at a time. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_abandoned_across_tenants(db: &Db, moment: Timestamp) -> Result<usize> {
    const SQL: &str =
        "SELECT tenant_id, attempt_id FROM staged_grants WHERE created_at < $1 ORDER BY attempt_id LIMIT 500";
    let abandoned: Vec<(TenantId, AttemptId)> =
        on_read!(db, pool => sqlx::query_as(SQL).bind(moment.as_millis()).fetch_all(pool).await)?;
    for (tenant, attempt) in &abandoned {
        delete(db, tenant, attempt).await?;
    }
    Ok(abandoned.len())
}
