//! What connections can reach at Meta: discovered first, then selected.

mod deselection;
mod discovered;
mod evidence;
mod heard;
mod leaving;
mod number;
mod place;
mod selection;
mod silence;
mod transfer;

pub use deselection::{Deselected, Deselection, deselect};
pub use discovered::{NewAsset, replace_discovered};
pub(crate) use evidence::mark_seen_across_tenants;
pub use evidence::{
    Pending, count_applied, is_pending, list_pending_across_tenants, mark_applied, mark_problem, mark_registered,
    mark_subscribed, mark_verified,
};
pub use heard::{Heard, find_last_heard};
pub use leaving::mark_left;
pub use number::{ReadNumber, mark_deregistered, update_number};
pub use place::{Place, find_place};
pub use selection::{Choice, Selected, select};
pub use silence::{Quiet, list_quiet_across_tenants, mark_silent};
pub use transfer::{Moved, transfer};

use std::collections::HashSet;

use super::Db;
use crate::{
    asset_kind::AssetKind,
    error::Result,
    ids::{AssetId, ConnectionId, LocationId, TenantId},
};

/// An asset.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Asset {
    /// Its identifier.
    pub id: AssetId,
    /// The connection that reaches it.
    pub connection_id: ConnectionId,
    /// What it is.
    pub kind: AssetKind,
    /// Its id at Meta.
    pub meta_id: String,
    /// The Page of an Instagram account, the WhatsApp account of a number.
    pub parent_meta_id: Option<String>,
    /// The business portfolio that it belongs to, when one is known.
    pub business_meta_id: Option<String>,
    /// Its name at Meta.
    pub name: String,
    /// JSON, by kind.
    pub detail: String,
    /// JSON of an explanation, when it cannot be used.
    pub unusable: Option<String>,
    /// Whether the tenant chose it.
    pub selected: bool,
    /// The place that it belongs to.
    pub location_id: Option<LocationId>,
    /// When Meta last let us read it, Unix milliseconds.
    pub verified_at: Option<i64>,
    /// Since when Meta confirms that our app receives its events, Unix milliseconds.
    pub subscribed_at: Option<i64>,
    /// When its first real event arrived, Unix milliseconds.
    pub active_at: Option<i64>,
    /// When its last real event arrived, Unix milliseconds.
    pub last_event_at: Option<i64>,
    /// Whether the steps after selection are still to be done; of an asset that is not selected, whether it is still to be
    /// unsubscribed at Meta.
    pub pending: bool,
    /// Since when a number is registered by us, Unix milliseconds.
    pub registered_at: Option<i64>,
    /// The step that failed: `verified`, `subscribed` or `registered`.
    pub problem_step: Option<String>,
    /// JSON of an explanation of that failure.
    pub problem: Option<String>,
    /// Since when, Unix milliseconds.
    pub problem_since: Option<i64>,
    /// When it was noticed that its events had stopped, Unix milliseconds. Over when a later event came.
    pub silence_at: Option<i64>,
    /// The longest pause between its messages before that, in milliseconds.
    pub longest_pause: Option<i64>,
}

const COLUMNS: &str =
    "SELECT id, connection_id, kind, meta_id, parent_meta_id, business_meta_id, name, detail, unusable,
    selected, location_id, verified_at, subscribed_at, active_at, last_event_at, pending, registered_at, problem_step,
    problem, problem_since, silence_at, longest_pause FROM assets";

/// An asset of the tenant.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, tenant: &TenantId, id: &AssetId) -> Result<Option<Asset>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE tenant_id = $1 AND id = $2"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// Every asset that a connection reaches, by kind, name and id.
///
/// # Errors
/// When the database fails.
pub async fn list_by_connection(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<Vec<Asset>> {
    let sql =
        sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE tenant_id = $1 AND connection_id = $2 ORDER BY kind, name, id"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).bind(connection).fetch_all(pool).await)?)
}

/// The assets that a tenant chose, by kind, name and id.
///
/// # Errors
/// When the database fails.
pub async fn list_selected(db: &Db, tenant: &TenantId) -> Result<Vec<Asset>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE tenant_id = $1 AND selected ORDER BY kind, name, id"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).fetch_all(pool).await)?)
}

/// Which of a connection's assets another tenant holds, as their ids. Whose they are is not told.
///
/// # Errors
/// When the database fails.
pub async fn list_held_elsewhere(db: &Db, tenant: &TenantId, connection: &ConnectionId) -> Result<Vec<AssetId>> {
    const SQL: &str = "SELECT a.id FROM assets a JOIN routes r ON r.kind = a.kind AND r.meta_id = a.meta_id
        WHERE a.tenant_id = $1 AND a.connection_id = $2 AND r.tenant_id <> $1";
    Ok(on_read!(db, pool => sqlx::query_scalar(SQL).bind(tenant).bind(connection).fetch_all(pool).await)?)
}

/// Whether assets of other connections to the same app, of any tenant, receive through the Page or WhatsApp account `carrier`:
/// each app has a subscription of its own (Meta reference §6.1).
///
/// # Errors
/// When the database fails.
pub async fn is_carrying_others_across_tenants(db: &Db, connection: &ConnectionId, carrier: &str) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM assets a JOIN connections c ON c.id = a.connection_id
        WHERE a.selected AND a.connection_id <> $1 AND (a.meta_id = $2 OR a.parent_meta_id = $2)
            AND c.meta_app_id = (SELECT meta_app_id FROM connections WHERE id = $1)";
    let others: i64 =
        on_read!(db, pool => sqlx::query_scalar(SQL).bind(connection).bind(carrier).fetch_one(pool).await)?;
    Ok(others > 0)
}

/// Ids at Meta of this connection's assets, and of what they receive through, through which assets of other connections to the
/// same app receive.
///
/// # Errors
/// When the database fails.
pub async fn list_carrying_others_across_tenants(db: &Db, connection: &ConnectionId) -> Result<HashSet<String>> {
    const SQL: &str = "SELECT own.meta_id FROM assets own
            JOIN assets o ON o.meta_id = own.meta_id OR o.parent_meta_id = own.meta_id
            JOIN connections c ON c.id = o.connection_id
        WHERE own.connection_id = $1 AND o.selected AND o.connection_id <> $1
            AND c.meta_app_id = (SELECT meta_app_id FROM connections WHERE id = $1)
        UNION SELECT own.parent_meta_id FROM assets own
            JOIN assets o ON o.meta_id = own.parent_meta_id OR o.parent_meta_id = own.parent_meta_id
            JOIN connections c ON c.id = o.connection_id
        WHERE own.connection_id = $1 AND o.selected AND o.connection_id <> $1
            AND c.meta_app_id = (SELECT meta_app_id FROM connections WHERE id = $1)";
    let carriers: Vec<String> = on_read!(db, pool => sqlx::query_scalar(SQL).bind(connection).fetch_all(pool).await)?;
    Ok(carriers.into_iter().collect())
}

/// An asset that receives through a Page or WhatsApp account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Carried {
    /// Whose it is.
    pub tenant_id: TenantId,
    /// The asset.
    pub asset_id: AssetId,
}

/// One asset of each other connection to the same app, of any tenant, that receives through the Page or WhatsApp account
/// `carrier`.
///
/// # Errors
/// When the database fails.
pub async fn list_carried_by_others_across_tenants(
    db: &Db,
    connection: &ConnectionId,
    carrier: &str,
) -> Result<Vec<Carried>> {
    const SQL: &str =
        "SELECT a.tenant_id, MIN(a.id) AS asset_id FROM assets a JOIN connections c ON c.id = a.connection_id
        WHERE a.selected AND a.connection_id <> $1 AND (a.meta_id = $2 OR a.parent_meta_id = $2)
            AND c.meta_app_id = (SELECT meta_app_id FROM connections WHERE id = $1)
        GROUP BY a.tenant_id, a.connection_id ORDER BY 2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(connection).bind(carrier).fetch_all(pool).await)?)
}

/// Whether any connection, of any tenant, has chosen this asset.
///
/// # Errors
/// When the database fails.
pub async fn is_selected_across_tenants(db: &Db, kind: AssetKind, meta_id: &str) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM assets WHERE kind = $1 AND meta_id = $2 AND selected";
    let chosen: i64 = on_read!(db, pool => sqlx::query_scalar(SQL).bind(kind).bind(meta_id).fetch_one(pool).await)?;
    Ok(chosen > 0)
}

/// Gives an asset a place, or none. `false` when the tenant has no such asset or no such place.
///
/// # Errors
/// When the database fails.
pub async fn update_location(db: &Db, tenant: &TenantId, id: &AssetId, location: Option<&LocationId>) -> Result<bool> {
    const SQL: &str = "UPDATE assets SET location_id = $3 WHERE tenant_id = $1 AND id = $2
        AND ($3 IS NULL OR EXISTS (SELECT 1 FROM locations l WHERE l.tenant_id = $1 AND l.id = $3))";
    let rows = on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(location)
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}
