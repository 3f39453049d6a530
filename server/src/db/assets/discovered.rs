//! Keeping what a discovery found.

use std::collections::HashSet;

use super::Db;
use crate::{
    asset_kind::AssetKind,
    db::connections::HOLD_STANDING,
    error::{Error, Result},
    ids::{AssetId, ConnectionId, TenantId},
};

/// An asset as a discovery found it.
#[derive(Debug)]
pub struct NewAsset {
    /// Its identifier, should it be new to us.
    pub id: AssetId,
    /// What it is.
    pub kind: AssetKind,
    /// Its id at Meta.
    pub meta_id: String,
    /// The Page of an Instagram account, the WhatsApp account of a number.
    pub parent_meta_id: Option<String>,
    /// The business portfolio that it belongs to.
    pub business_meta_id: Option<String>,
    /// Its name at Meta.
    pub name: String,
    /// JSON, by kind.
    pub detail: String,
    /// JSON of an explanation, when it cannot be used.
    pub unusable: Option<String>,
}

/// How many rows one statement carries: under SQLite's limit of variables, and few round trips.
const ROWS: usize = 100;

/// Makes the connection's assets what the discovery found: known ones are updated and keep their identifier, selection
/// and evidence; new ones are added; ones that were not found again and not selected are removed. All or nothing.
///
/// # Errors
/// [`Error::NotFound`] for a connection that is not the tenant's or was taken apart; when the database fails.
pub async fn replace_discovered(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    found: &[NewAsset],
) -> Result<()> {
    const INSERT: &str = "INSERT INTO assets (id, tenant_id, connection_id, kind, meta_id, parent_meta_id,
        business_meta_id, name, detail, unusable, selected, pending) ";
    const MERGE: &str = " ON CONFLICT (connection_id, kind, meta_id) DO UPDATE SET
        parent_meta_id = excluded.parent_meta_id, business_meta_id = excluded.business_meta_id, name = excluded.name,
        detail = excluded.detail, unusable = excluded.unusable";
    const KNOWN: &str = "SELECT id, kind, meta_id FROM assets
        WHERE tenant_id = $1 AND connection_id = $2 AND NOT selected";
    const GONE: &str = "DELETE FROM assets WHERE tenant_id = $1 AND id = $2 AND NOT selected";
    let present: HashSet<(AssetKind, &str)> = found.iter().map(|asset| (asset.kind, asset.meta_id.as_str())).collect();
    in_transaction!(db, tx => {
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?.rows_affected();
        if standing == 0 {
            return Err(Error::NotFound("connection"));
        }
        for rows in found.chunks(ROWS) {
            let mut insert = sqlx::QueryBuilder::new(INSERT);
            insert.push_values(rows, |mut row, asset| {
                row.push_bind(&asset.id).push_bind(tenant).push_bind(connection).push_bind(asset.kind)
                    .push_bind(&asset.meta_id).push_bind(&asset.parent_meta_id).push_bind(&asset.business_meta_id)
                    .push_bind(&asset.name).push_bind(&asset.detail).push_bind(&asset.unusable)
                    .push_bind(false).push_bind(false);
            });
            insert.push(MERGE).build().execute(&mut *tx).await?;
        }
        let known: Vec<(AssetId, AssetKind, String)> =
            sqlx::query_as(KNOWN).bind(tenant).bind(connection).fetch_all(&mut *tx).await?;
        for (id, ..) in known.iter().filter(|(_, kind, meta_id)| !present.contains(&(*kind, meta_id.as_str()))) {
            sqlx::query(GONE).bind(tenant).bind(id).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(())
    })
}
