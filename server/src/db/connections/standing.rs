//! Whether Meta still takes a connection's token.

use super::{HOLD_STANDING, TokenState};
use crate::{
    clock::Timestamp,
    db::Db,
    error::{Error, Result},
    event::Change,
    ids::{ConnectionId, CredentialId, TenantId},
};

/// Keeps what Meta says about the token now. A connection that stood in error stands again.
///
/// # Errors
/// When the database fails.
pub async fn update_token_state(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    credential: &CredentialId,
    token: &TokenState<'_>,
    now: Timestamp,
) -> Result<()> {
    const STAND: &str = "UPDATE connections SET status = 'connected', problem = NULL
        WHERE tenant_id = $1 AND id = $2 AND status = 'error'
            AND EXISTS (SELECT 1 FROM credentials k WHERE k.tenant_id = $1 AND k.connection_id = $2 AND k.id = $3)";
    const SQL: &str = "UPDATE connections SET permissions = $3, expires_at = $4, data_access_expires_at = $5,
            checked_at = $6, renew_at = $7, problem = NULL
        WHERE tenant_id = $1 AND id = $2 AND status <> 'disconnected'
            AND EXISTS (SELECT 1 FROM credentials k WHERE k.tenant_id = $1 AND k.connection_id = $2 AND k.id = $8)";
    in_transaction!(db, tx => {
        // Whoever keeps another token holds this row: which one it has does not change from here on.
        sqlx::query(HOLD_STANDING).bind(tenant).bind(id).execute(&mut *tx).await?;
        let again = sqlx::query(STAND).bind(tenant).bind(id).bind(credential).execute(&mut *tx).await?.rows_affected();
        sqlx::query(SQL).bind(tenant).bind(id).bind(token.permissions)
            .bind(token.expires_at.map(Timestamp::as_millis))
            .bind(token.data_access_expires_at.map(Timestamp::as_millis))
            .bind(now.as_millis()).bind(token.renew_at.map(Timestamp::as_millis)).bind(credential)
            .execute(&mut *tx).await?;
        if again > 0 {
            tell_change!(tx, tenant, id, &Change::Connected { again: true }, now);
        }
        Ok::<_, Error>(())
    })
}

/// Records that Meta refuses the token of `credential`, or that there was none to ask with (`None`), with the explanation as
/// JSON. `false`, with nothing changed, when the connection has another one by now, or does not stand.
///
/// # Errors
/// When the database fails.
pub async fn mark_refused(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    credential: Option<&CredentialId>,
    problem: &str,
    now: Timestamp,
) -> Result<bool> {
    const FALL: &str =
        "UPDATE connections SET status = 'error' WHERE tenant_id = $1 AND id = $2 AND status = 'connected'
            AND COALESCE($3, '') = COALESCE((SELECT MAX(k.id) FROM credentials k WHERE k.tenant_id = $1
                AND k.connection_id = $2 AND k.kind IN ('user', 'system_user', 'instagram')), '')";
    const SQL: &str = "UPDATE connections SET problem = $4, checked_at = $5
        WHERE tenant_id = $1 AND id = $2 AND status = 'error'
            AND COALESCE($3, '') = COALESCE((SELECT MAX(k.id) FROM credentials k WHERE k.tenant_id = $1
                AND k.connection_id = $2 AND k.kind IN ('user', 'system_user', 'instagram')), '')";
    in_transaction!(db, tx => {
        sqlx::query(HOLD_STANDING).bind(tenant).bind(id).execute(&mut *tx).await?;
        let news = sqlx::query(FALL).bind(tenant).bind(id).bind(credential).execute(&mut *tx).await?.rows_affected();
        let rows = sqlx::query(SQL).bind(tenant).bind(id).bind(credential).bind(problem).bind(now.as_millis())
            .execute(&mut *tx).await?.rows_affected();
        if news > 0 {
            tell_change!(tx, tenant, id, &Change::Refused { problem }, now);
        }
        Ok::<_, Error>(rows == 1)
    })
}
