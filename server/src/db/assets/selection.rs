//! Choosing assets: one transaction, one holder per asset.

use std::collections::{HashMap, HashSet};

use super::Db;
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{attempts::Phase, connections::HOLD_STANDING},
    error::{Error, Result},
    ids::{AssetId, AttemptId, ConnectionId, TenantId},
};

/// What became of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selected {
    /// It is saved; so many assets are chosen.
    Saved(usize),
    /// The attempt does not wait for a choice any more: it was saved before.
    NotChoosing,
    /// One is not an asset of this connection, or cannot be used.
    Unknown(AssetId),
    /// One is held by another tenant. Which one is not told.
    HeldElsewhere {
        /// The asset's name at Meta.
        name: String,
    },
}

#[derive(sqlx::FromRow)]
struct Row {
    id: AssetId,
    kind: AssetKind,
    meta_id: String,
    parent_meta_id: Option<String>,
    name: String,
    usable: bool,
    selected: bool,
}

/// Saves the choice of an attempt in one transaction: exactly `chosen` (with the account of each chosen number) are
/// selected, each is routed to this tenant, the tokens of Pages that were not chosen are dropped, the connection stands,
/// and the attempt goes on to apply it. Nothing is saved unless all of it is.
///
/// # Errors
/// When the database fails.
pub async fn select(
    db: &Db,
    tenant: &TenantId,
    attempt: &AttemptId,
    connection: &ConnectionId,
    chosen: &[AssetId],
    now: Timestamp,
) -> Result<Selected> {
    const BEGIN: &str = "UPDATE connect_attempts SET phase = $4, beat_at = $5
        WHERE tenant_id = $1 AND id = $2 AND connection_id = $3 AND phase = 'choosing' AND EXISTS (SELECT 1
            FROM connections c WHERE c.tenant_id = $1 AND c.id = $3 AND c.status <> 'disconnected')";
    const ROWS: &str =
        "SELECT id, kind, meta_id, parent_meta_id, name, unusable IS NULL AS usable, selected FROM assets
        WHERE tenant_id = $1 AND connection_id = $2 ORDER BY kind, meta_id";
    const ROUTE: &str =
        "INSERT INTO routes (kind, meta_id, tenant_id, asset_id, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (kind, meta_id) DO UPDATE SET asset_id = excluded.asset_id
        WHERE routes.tenant_id = excluded.tenant_id";
    const TAKE_OVER: &str = "UPDATE assets SET selected = FALSE, pending = FALSE
        WHERE tenant_id = $1 AND kind = $2 AND meta_id = $3 AND connection_id <> $4";
    const SELECT: &str = "UPDATE assets SET selected = TRUE, pending = TRUE WHERE tenant_id = $1 AND id = $2";
    const UNSELECT: &str = "UPDATE assets SET selected = FALSE, pending = FALSE, subscribed_at = NULL
        WHERE tenant_id = $1 AND id = $2";
    const UNROUTE: &str = "DELETE FROM routes WHERE tenant_id = $1 AND asset_id = $2";
    const DROP_TOKENS: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'page'
        AND subject NOT IN (SELECT meta_id FROM assets
            WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'facebook_page' AND selected)
        AND subject NOT IN (SELECT parent_meta_id FROM assets
            WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'instagram_account' AND selected)";
    const STAND: &str =
        "UPDATE connections SET status = 'connected' WHERE tenant_id = $1 AND id = $2 AND status = 'pending'";

    let outcome: Result<Selected> = in_transaction!(db, tx => {
        sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        let begun = sqlx::query(BEGIN).bind(tenant).bind(attempt).bind(connection).bind(Phase::Applying)
            .bind(now.as_millis()).execute(&mut *tx).await?.rows_affected();
        if begun == 0 {
            return Err(Refusal::into_error(Selected::NotChoosing));
        }
        let rows: Vec<Row> = sqlx::query_as(ROWS).bind(tenant).bind(connection).fetch_all(&mut *tx).await?;
        let wanted = match with_accounts(&rows, chosen) {
            Ok(wanted) => wanted,
            Err(refused) => return Err(Refusal::into_error(refused)),
        };
        for row in &rows {
            if wanted.contains(&row.id) {
                let routed = sqlx::query(ROUTE).bind(row.kind).bind(&row.meta_id).bind(tenant).bind(&row.id)
                    .bind(now.as_millis()).execute(&mut *tx).await?.rows_affected();
                if routed == 0 {
                    return Err(Refusal::into_error(Selected::HeldElsewhere { name: row.name.clone() }));
                }
                sqlx::query(TAKE_OVER).bind(tenant).bind(row.kind).bind(&row.meta_id).bind(connection)
                    .execute(&mut *tx).await?;
                sqlx::query(SELECT).bind(tenant).bind(&row.id).execute(&mut *tx).await?;
            } else if row.selected {
                sqlx::query(UNROUTE).bind(tenant).bind(&row.id).execute(&mut *tx).await?;
                sqlx::query(UNSELECT).bind(tenant).bind(&row.id).execute(&mut *tx).await?;
            }
        }
        sqlx::query(DROP_TOKENS).bind(tenant).bind(connection).execute(&mut *tx).await?;
        sqlx::query(STAND).bind(tenant).bind(connection).execute(&mut *tx).await?;
        Ok(Selected::Saved(wanted.len()))
    });
    // A refusal travels as an error so that the transaction is rolled back.
    match outcome {
        Err(Error::Internal(source)) => match source.downcast::<Refusal>() {
            Ok(refusal) => Ok(refusal.0),
            Err(source) => Err(Error::Internal(source)),
        },
        other => other,
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the choice was refused")]
struct Refusal(Selected);

impl Refusal {
    fn into_error(refused: Selected) -> Error {
        Error::internal(Self(refused))
    }
}

/// The chosen assets, and the WhatsApp account of each chosen number: a number lives and is subscribed by its account.
fn with_accounts<'a>(rows: &'a [Row], chosen: &'a [AssetId]) -> Result<HashSet<&'a AssetId>, Selected> {
    let by_id: HashMap<&AssetId, &Row> = rows.iter().map(|row| (&row.id, row)).collect();
    let accounts: HashMap<&str, &AssetId> = rows
        .iter()
        .filter(|row| row.kind == AssetKind::WhatsappAccount)
        .map(|row| (row.meta_id.as_str(), &row.id))
        .collect();
    let mut wanted = HashSet::new();
    for id in chosen {
        let row = by_id.get(id).filter(|row| row.usable && row.kind != AssetKind::Business);
        let Some(row) = row else { return Err(Selected::Unknown(id.clone())) };
        wanted.insert(&row.id);
        if row.kind == AssetKind::WhatsappNumber
            && let Some(account) = row.parent_meta_id.as_deref().and_then(|parent| accounts.get(parent))
        {
            wanted.insert(*account);
        }
    }
    Ok(wanted)
}
