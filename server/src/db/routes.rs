//! Who receives what Meta sends about an asset.

use super::{
    chunks::{ManyRows, Marks, padded},
    transaction::Tx,
};
use crate::{
    asset_kind::AssetKind,
    error::Result,
    ids::{AssetId, LocationId, TenantId},
};

/// A way from Meta to a tenant.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Route {
    /// What kind of asset.
    pub(crate) kind: AssetKind,
    /// Its id at Meta.
    pub(crate) meta_id: String,
    /// The only app whose word counts.
    pub(crate) meta_app_id: String,
    /// Whose it is.
    pub(crate) tenant_id: TenantId,
    /// The asset.
    pub(crate) asset_id: AssetId,
    /// The place that the asset belongs to.
    pub(crate) location_id: Option<LocationId>,
}

/// The routes of these assets; of those that nobody holds, none. A business's own app leads to that business alone: whoever
/// has its secret can sign anything.
pub(crate) async fn list_across_tenants(tx: &mut Tx, assets: &[(AssetKind, &str)]) -> Result<Vec<Route>> {
    // CROSS JOIN: SQLite then looks up each wanted row by key.
    static SQL: ManyRows = ManyRows::new(
        "WITH wanted (kind, meta_id) AS (VALUES ",
        2,
        ") SELECT r.kind, r.meta_id, r.meta_app_id, r.tenant_id, r.asset_id, a.location_id
            FROM wanted w CROSS JOIN routes r CROSS JOIN assets a
            WHERE r.kind = w.kind AND r.meta_id = w.meta_id AND a.id = r.asset_id
            AND NOT EXISTS (SELECT 1 FROM meta_apps m WHERE m.app_id = r.meta_app_id AND m.tenant_id <> r.tenant_id)",
    );
    let mut routes = Vec::with_capacity(assets.len());
    for chunk in padded(assets) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        let found: Vec<Route> = on_tx!(tx, connection => {
            let mut query = sqlx::query_as(text);
            for (kind, meta_id) in chunk {
                query = query.bind(kind).bind(meta_id);
            }
            query.fetch_all(connection).await
        })?;
        routes.extend(found);
    }
    Ok(routes)
}
