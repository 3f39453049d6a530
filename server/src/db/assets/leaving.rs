//! Assets that were taken out of the choice: pending, not selected, until they are unsubscribed at Meta.

use super::Db;
use crate::{
    error::{Error, Result},
    ids::{ConnectionId, TenantId},
};

/// Drops the tokens of Pages that nothing is selected or unsubscribed through.
pub(super) const DROP_PAGE_TOKENS: &str =
    "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'page'
    AND subject NOT IN (SELECT meta_id FROM assets WHERE tenant_id = $1 AND connection_id = $2
        AND kind = 'facebook_page' AND (selected OR pending))
    AND subject NOT IN (SELECT parent_meta_id FROM assets WHERE tenant_id = $1 AND connection_id = $2
        AND kind = 'instagram_account' AND (selected OR pending) AND parent_meta_id IS NOT NULL)";

/// Records that what was taken out of a connection's choice is unsubscribed, as far as Meta let it be: its tokens go.
///
/// # Errors
/// When the database fails.
pub async fn mark_left(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<()> {
    const SQL: &str = "UPDATE assets SET pending = FALSE
        WHERE tenant_id = $1 AND connection_id = $2 AND pending AND NOT selected";
    // Tokens that were read for a choice that is still to be made wait for it.
    const CHOOSING: &str = "SELECT COUNT(*) FROM connect_attempts
        WHERE tenant_id = $1 AND connection_id = $2 AND phase IN ('discovering', 'choosing')";
    in_transaction!(db, tx => {
        sqlx::query(SQL).bind(tenant).bind(connection).execute(&mut *tx).await?;
        let choosing: i64 = sqlx::query_scalar(CHOOSING).bind(tenant).bind(connection).fetch_one(&mut *tx).await?;
        if choosing == 0 {
            sqlx::query(DROP_PAGE_TOKENS).bind(tenant).bind(connection).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(())
    })
}
