//! Keeping a grant: the connection with its tokens.

use super::{ConnectionStatus, HOLD_STANDING, STATUS};
use crate::{
    clock::Timestamp,
    db::{Db, audit::Said, credentials::CredentialKind},
    error::{Error, Result},
    event::Change,
    ids::{ConnectionId, CredentialId, TenantId, UserId},
    vault::Sealed,
};

/// What Meta says about a token.
#[derive(Debug)]
pub struct TokenState<'a> {
    /// What kind of token it is.
    pub kind: CredentialKind,
    /// JSON: the granted and the missing permissions.
    pub permissions: &'a str,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When the right to read data ends.
    pub data_access_expires_at: Option<Timestamp>,
    /// When Meta is to be asked for a new one; `None` for never.
    pub renew_at: Option<Timestamp>,
}

/// A new or renewed grant with its sealed token.
#[derive(Debug)]
pub struct Grant<'a> {
    /// The identifier of the connection.
    pub id: &'a ConnectionId,
    /// The person who pressed the button.
    pub connected_by: &'a UserId,
    /// The Meta app that the grant was given to.
    pub meta_app_id: &'a str,
    /// The app-scoped Meta id of the person or system user.
    pub meta_user_id: &'a str,
    /// Their name at Meta.
    pub meta_user_name: &'a str,
    /// What Meta says about the token.
    pub token: TokenState<'a>,
    /// The identifier of the credential, which the token is sealed for.
    pub credential: &'a CredentialId,
    /// The token.
    pub sealed: &'a Sealed,
}

/// What there is to tell when somebody confirmed with Meta for a connection that stood at `before`.
pub(in crate::db) fn confirmed(before: Option<ConnectionStatus>) -> Option<Change<'static>> {
    match before? {
        ConnectionStatus::Connected => Some(Change::Renewed { by_itself: false }),
        ConnectionStatus::Error => Some(Change::Connected { again: true }),
        ConnectionStatus::Pending | ConnectionStatus::Disconnected => None,
    }
}

pub(in crate::db) const PUT_CREDENTIAL: &str =
    "INSERT INTO credentials (id, tenant_id, connection_id, kind, subject, sealed, key_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (connection_id, kind, subject) DO UPDATE SET id = excluded.id, sealed = excluded.sealed,
        key_id = excluded.key_id, created_at = excluded.created_at";

/// Keeps a grant: the connection is added, or renewed when it exists, together with its token; both or neither. A new
/// connection is pending until assets are chosen; a renewed one keeps its assets and is connected again. `false`, with
/// nothing changed, when the person has another standing connection to this app in the tenant: that one is to be renewed.
///
/// # Errors
/// [`Error::NotFound`] when the identifier is another tenant's or was taken apart; when the database fails.
pub async fn upsert(db: &Db, tenant: &TenantId, grant: &Grant<'_>, said: &Said<'_>, now: Timestamp) -> Result<bool> {
    const UPSERT: &str =
        "INSERT INTO connections (id, tenant_id, connected_by, meta_app_id, meta_user_id, meta_user_name,
            token_kind, status, permissions, expires_at, data_access_expires_at, created_at, checked_at, renew_at,
            renewal_asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9, $10, $11, $11, $12, $11)
        ON CONFLICT (id) DO UPDATE SET connected_by = excluded.connected_by, meta_user_name = excluded.meta_user_name,
            token_kind = excluded.token_kind, permissions = excluded.permissions, expires_at = excluded.expires_at,
            data_access_expires_at = excluded.data_access_expires_at, checked_at = excluded.checked_at, problem = NULL,
            renew_at = excluded.renew_at, renewal_asked_at = excluded.renewal_asked_at, renewal_problem = NULL,
            status = CASE WHEN connections.status = 'error' THEN 'connected' ELSE connections.status END
        WHERE connections.tenant_id = excluded.tenant_id AND connections.status <> 'disconnected'";
    // A grant that changed kind (a person's token, now a system user's) leaves no second main token behind.
    const DROP_MAIN: &str = "DELETE FROM credentials
        WHERE tenant_id = $1 AND connection_id = $2 AND kind IN ('user', 'system_user', 'instagram')";
    in_transaction!(db, tx => {
        // Of one that is new or was never finished there is nothing to tell yet.
        let before: Option<ConnectionStatus> =
            sqlx::query_scalar(STATUS).bind(tenant).bind(grant.id).fetch_optional(&mut *tx).await?;
        let kept = sqlx::query(UPSERT).bind(grant.id).bind(tenant).bind(grant.connected_by).bind(grant.meta_app_id)
            .bind(grant.meta_user_id).bind(grant.meta_user_name).bind(grant.token.kind).bind(grant.token.permissions)
            .bind(grant.token.expires_at.map(Timestamp::as_millis))
            .bind(grant.token.data_access_expires_at.map(Timestamp::as_millis))
            .bind(now.as_millis()).bind(grant.token.renew_at.map(Timestamp::as_millis)).execute(&mut *tx).await;
        let kept = match kept {
            Ok(done) => done.rows_affected(),
            // Nothing was changed before this statement, so nothing is left of the transaction.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        if kept == 0 {
            return Err(Error::NotFound("connection"));
        }
        sqlx::query(DROP_MAIN).bind(tenant).bind(grant.id).execute(&mut *tx).await?;
        sqlx::query(PUT_CREDENTIAL).bind(grant.credential).bind(tenant).bind(grant.id).bind(grant.token.kind)
            .bind(grant.meta_user_id).bind(grant.sealed).bind(grant.sealed.key_id()).bind(now.as_millis())
            .execute(&mut *tx).await?;
        if let Some(change) = confirmed(before) {
            tell_change!(tx, tenant, grant.id, &change, now);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}

/// Keeps Page tokens of a connection, replacing older ones; all or none.
///
/// # Errors
/// [`Error::NotFound`] for a connection that is not the tenant's or was taken apart; when the database fails.
pub async fn upsert_page_tokens(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    tokens: &[(CredentialId, String, Sealed)],
    now: Timestamp,
) -> Result<()> {
    in_transaction!(db, tx => {
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        if standing.rows_affected() == 0 {
            return Err(Error::NotFound("connection"));
        }
        for (id, page_id, sealed) in tokens {
            sqlx::query(PUT_CREDENTIAL).bind(id).bind(tenant).bind(connection).bind(CredentialKind::Page).bind(page_id)
                .bind(sealed).bind(sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(())
    })
}
