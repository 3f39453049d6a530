//! Taking some assets of a connection out of it, while the rest stays connected.

use std::ops::ControlFlow;

use super::{Db, leaving::DROP_PAGE_TOKENS};
use crate::{
    clock::Timestamp,
    db::{audit::Said, connections::HOLD_STANDING, jobs::NewJob},
    error::Result,
    ids::{AssetId, ConnectionId, TenantId},
};

/// What became of taking assets out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deselected {
    /// They are out.
    Done,
    /// One of them is not connected by it (any more). Nothing changed.
    Gone,
    /// Nothing else would be left of the connection: that is disconnected as a whole. Nothing changed.
    Last,
}

/// What is to be taken out.
#[derive(Debug)]
pub struct Deselection<'a> {
    /// The connection whose assets they are.
    pub connection: &'a ConnectionId,
    /// The assets.
    pub assets: &'a [AssetId],
    /// Kept with it.
    pub said: &'a Said<'a>,
    /// The job that unsubscribes them at Meta.
    pub job: &'a NewJob<'a>,
}

/// Takes assets out of a connection in one transaction: nothing is routed to the tenant through them from now on, they are left
/// pending until they are unsubscribed at Meta, and the tokens of Pages that nothing needs any more go.
///
/// # Errors
/// When the database fails.
pub async fn deselect(db: &Db, tenant: &TenantId, of: &Deselection<'_>, now: Timestamp) -> Result<Deselected> {
    // As a choice, which it is: what is connected by two connections changes in one order.
    const TURN: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const LEAVE: &str = "UPDATE assets SET selected = FALSE, pending = TRUE, subscribed_at = NULL
        WHERE tenant_id = $1 AND connection_id = $2 AND id = $3 AND selected";
    const LEFT: &str = "SELECT COUNT(*) FROM assets WHERE tenant_id = $1 AND connection_id = $2 AND selected";
    const UNROUTE: &str = "DELETE FROM routes WHERE tenant_id = $1
        AND asset_id IN (SELECT id FROM assets WHERE tenant_id = $1 AND connection_id = $2 AND NOT selected)";
    let Deselection { connection, assets, said, job } = *of;
    in_revocable_transaction!(db, tx => {
        sqlx::query(TURN).bind(tenant).execute(&mut *tx).await?;
        sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        for id in assets {
            let left = sqlx::query(LEAVE).bind(tenant).bind(connection).bind(id).execute(&mut *tx).await?;
            if left.rows_affected() == 0 {
                return Ok(ControlFlow::Break(Deselected::Gone));
            }
        }
        let others: i64 = sqlx::query_scalar(LEFT).bind(tenant).bind(connection).fetch_one(&mut *tx).await?;
        if others == 0 {
            return Ok(ControlFlow::Break(Deselected::Last));
        }
        for sql in [UNROUTE, DROP_PAGE_TOKENS] {
            sqlx::query(sql).bind(tenant).bind(connection).execute(&mut *tx).await?;
        }
        ask_job!(&mut *tx, job, now)?;
        append_audit!(tx, tenant, said, now);
        Ok(ControlFlow::Continue(Deselected::Done))
    })
}
