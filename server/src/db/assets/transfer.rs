//! Moving assets from the tenants that hold them to one that proved control: one transaction, one holder per asset.

use super::{Db, leaving::DROP_PAGE_TOKENS};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{audit::Said, connections::HOLD_STANDING},
    error::{Error, Result},
    event::Change,
    ids::{AssetId, ConnectionId, TenantId},
};

/// An asset that left the tenant that held it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Moved {
    /// Whose it was.
    pub tenant_id: TenantId,
    /// By which connection.
    pub connection_id: ConnectionId,
    /// What it is.
    pub kind: AssetKind,
    /// Its name there.
    pub name: String,
}

/// Takes these assets of a connection over from whoever holds them: their routes lead here from one moment to the next, they are
/// chosen here and pending until they are subscribed, and no longer chosen there, for the reason in `why` (JSON of an
/// explanation). Both sides' audit logs say so: `said` here; there, for each asset, `said_there` about its name. What nobody
/// else holds is left as it is. Answers what moved: nothing when another was faster.
///
/// # Errors
/// [`Error::NotFound`] when the connection does not stand, or another was faster at the last moment; when the database fails.
/// Then nothing moves.
pub async fn transfer(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    assets: &[AssetId],
    (said, said_there, why): (&Said<'_>, &Said<'_>, &str),
    now: Timestamp,
) -> Result<Vec<Moved>> {
    const HOLDERS: &str = "SELECT DISTINCT r.tenant_id FROM routes r
        JOIN assets a ON a.kind = r.kind AND a.meta_id = r.meta_id
        WHERE a.tenant_id = $1 AND a.connection_id = $2 AND r.tenant_id <> $1 ORDER BY r.tenant_id";
    // Choices follow each other in each tenant; the first rows of both sides are taken in one order everywhere.
    const TURN: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const HELD: &str = "SELECT old.tenant_id, old.connection_id, old.kind, old.name FROM routes r
        JOIN assets a ON a.kind = r.kind AND a.meta_id = r.meta_id
        JOIN assets old ON old.id = r.asset_id
        WHERE a.tenant_id = $1 AND a.connection_id = $2 AND a.id = $3 AND a.unusable IS NULL AND r.tenant_id <> $1";
    // Whoever holds it may be disconnecting at this moment, which takes the route away: then it is made anew.
    const ROUTE: &str = "INSERT INTO routes (kind, meta_id, meta_app_id, tenant_id, asset_id, created_at)
        SELECT a.kind, a.meta_id, c.meta_app_id, a.tenant_id, a.id, $3
        FROM assets a JOIN connections c ON c.id = a.connection_id WHERE a.tenant_id = $1 AND a.id = $2
        ON CONFLICT (kind, meta_id) DO UPDATE SET tenant_id = excluded.tenant_id, asset_id = excluded.asset_id,
            meta_app_id = excluded.meta_app_id, created_at = excluded.created_at
        WHERE routes.tenant_id = $4";
    // What received through another app is left to be unsubscribed from that one; the same app goes on with it.
    const LEAVE: &str = "UPDATE assets SET selected = FALSE, subscribed_at = NULL, verified_at = NULL,
            pending = ((SELECT meta_app_id FROM connections WHERE id = $4) <> (SELECT c.meta_app_id
                FROM connections c JOIN assets a ON a.connection_id = c.id WHERE a.id = $2)),
            unusable = $3, problem = NULL, problem_step = NULL, problem_since = NULL
        WHERE tenant_id = $1 AND connection_id = $4 AND kind = $5 AND selected
            AND meta_id = (SELECT meta_id FROM assets WHERE id = $2)";
    const SELECT: &str = "UPDATE assets SET selected = TRUE, pending = TRUE WHERE tenant_id = $1 AND id = $2";
    const STAND: &str =
        "UPDATE connections SET status = 'connected' WHERE tenant_id = $1 AND id = $2 AND status = 'pending'";
    in_transaction!(db, tx => {
        let mut turns: Vec<TenantId> =
            sqlx::query_scalar(HOLDERS).bind(tenant).bind(connection).fetch_all(&mut *tx).await?;
        turns.push(tenant.clone());
        turns.sort_unstable();
        for one in &turns {
            sqlx::query(TURN).bind(one).execute(&mut *tx).await?;
        }
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        if standing.rows_affected() == 0 {
            return Err(Error::NotFound("connection"));
        }
        let mut moved: Vec<Moved> = Vec::new();
        for asset in assets {
            let held: Option<Moved> =
                sqlx::query_as(HELD).bind(tenant).bind(connection).bind(asset).fetch_optional(&mut *tx).await?;
            // Whoever took it between the two looks has not had their turn: it stays with them.
            let Some(held) = held.filter(|held| turns.contains(&held.tenant_id)) else { continue };
            // First the route, as disconnecting does: neither waits for the other in a circle.
            let routed = sqlx::query(ROUTE).bind(tenant).bind(asset).bind(now.as_millis()).bind(&held.tenant_id)
                .execute(&mut *tx).await?;
            if routed.rows_affected() == 0 {
                return Err(Error::NotFound("asset"));
            }
            sqlx::query(LEAVE).bind(&held.tenant_id).bind(asset).bind(why).bind(&held.connection_id).bind(held.kind)
                .execute(&mut *tx).await?;
            sqlx::query(SELECT).bind(tenant).bind(asset).execute(&mut *tx).await?;
            moved.push(held);
        }
        if moved.is_empty() {
            return Ok(moved);
        }
        for held in &moved {
            sqlx::query(DROP_PAGE_TOKENS).bind(&held.tenant_id).bind(&held.connection_id).execute(&mut *tx).await?;
        }
        if sqlx::query(STAND).bind(tenant).bind(connection).execute(&mut *tx).await?.rows_affected() > 0 {
            tell_change!(tx, tenant, connection, &Change::Connected { again: false }, now);
        }
        for held in &moved {
            append_audit!(tx, &held.tenant_id, &said_there.about(&held.name), now);
        }
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(moved)
    })
}
