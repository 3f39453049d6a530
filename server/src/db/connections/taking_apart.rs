//! What the end of a connection takes with it, and the end of a grant that never came to a choice.

use super::{ConnectionStatus, HOLD_STANDING};
use crate::{
    clock::Timestamp,
    db::{Db, audit::Said, staged_grants::FORGET},
    error::{Error, Result},
    ids::{ConnectionId, CredentialId, TenantId},
};

/// Whether a connection that stood at `before` was ever told of: then its end is, too.
pub(in crate::db) fn was_told(before: Option<ConnectionStatus>) -> bool {
    matches!(before, Some(ConnectionStatus::Connected | ConnectionStatus::Error))
}

/// What taking a connection apart ends beside its tokens.
pub(in crate::db) const END_CONNECTION: &str =
    "UPDATE connections SET status = 'disconnected', problem = NULL, disconnected_at = $3
    WHERE tenant_id = $1 AND id = $2 AND status <> 'disconnected'";
/// Its routes.
pub(in crate::db) const UNROUTE: &str = "DELETE FROM routes WHERE tenant_id = $1
    AND asset_id IN (SELECT id FROM assets WHERE tenant_id = $1 AND connection_id = $2)";
/// Its choice, and what was proven.
pub(in crate::db) const LET_GO: &str =
    "UPDATE assets SET selected = FALSE, pending = FALSE, subscribed_at = NULL, verified_at = NULL
    WHERE tenant_id = $1 AND connection_id = $2";
/// Attempts that still read, choose or apply.
pub(in crate::db) const END_ATTEMPTS: &str = "UPDATE connect_attempts SET phase = 'cancelled'
    WHERE tenant_id = $1 AND connection_id = $2 AND phase IN ('discovering', 'choosing', 'applying')";

/// Which grant is meant that never came to a choice.
#[derive(Debug, Clone, Copy)]
pub enum Unfinished<'a> {
    /// One that nobody went on with since this moment.
    Since(Timestamp),
    /// The one whose token this is: Meta refuses it.
    Of(&'a CredentialId),
}

/// Ends a grant that never came to a choice: its tokens go, attempts that still read or choose are over, the rest stays as
/// history. `false`, with nothing changed, when assets were chosen or the grant was given anew meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn mark_abandoned(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    which: Unfinished<'_>,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    // Either a moment or a token is given; the other is NULL, which nothing compares with.
    const END: &str = "UPDATE connections SET status = 'disconnected', disconnected_at = $3
        WHERE tenant_id = $1 AND id = $2 AND status = 'pending' AND (checked_at < $4
            OR EXISTS (SELECT 1 FROM credentials k WHERE k.tenant_id = $1 AND k.connection_id = $2 AND k.id = $5))";
    const TOKENS: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2";
    let (moment, token) = match which {
        Unfinished::Since(moment) => (Some(moment.as_millis()), None),
        Unfinished::Of(credential) => (None, Some(credential)),
    };
    in_transaction!(db, tx => {
        // Whoever keeps another token or saves a choice holds this row: it is as it is seen from here on.
        sqlx::query(HOLD_STANDING).bind(tenant).bind(id).execute(&mut *tx).await?;
        let ended = sqlx::query(END).bind(tenant).bind(id).bind(now.as_millis()).bind(moment).bind(token)
            .execute(&mut *tx).await?.rows_affected();
        if ended == 0 {
            return Ok(false);
        }
        for sql in [TOKENS, FORGET[1], END_ATTEMPTS] {
            sqlx::query(sql).bind(tenant).bind(id).execute(&mut *tx).await?;
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(true)
    })
}
