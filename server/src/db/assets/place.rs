//! Where an asset stands among those that its tenant chose.

use super::Db;
use crate::{
    asset_kind::AssetKind,
    error::Result,
    ids::{AssetId, TenantId},
};

/// A place in the order of [`list_selected`](super::list_selected).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Place {
    /// The asset's kind.
    pub kind: AssetKind,
    /// How many chosen assets of that kind stand up to it, itself among them while it is chosen.
    pub up_to: i64,
}

/// The place of an asset, which need not be chosen any more: a page of the list that begins after it begins where it would have.
/// None when the tenant has no such asset (any more).
///
/// # Errors
/// When the database fails.
pub async fn find_place(db: &Db, tenant: &TenantId, id: &AssetId) -> Result<Option<Place>> {
    // The database compares names as it orders them, each in its own way.
    const SQL: &str =
        "SELECT x.kind, COUNT(a.id) AS up_to FROM assets x LEFT JOIN assets a ON a.tenant_id = x.tenant_id
            AND a.selected AND a.kind = x.kind AND (a.name, a.id) <= (x.name, x.id)
        WHERE x.tenant_id = $1 AND x.id = $2 GROUP BY x.kind";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(pool).await)?)
}
