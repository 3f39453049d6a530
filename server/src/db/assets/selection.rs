//! Choosing assets: one transaction, one holder per asset.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
};

use super::{Db, leaving::DROP_PAGE_TOKENS};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{attempts::Phase, audit::Said, connections::HOLD_STANDING, jobs::NewJob},
    error::Result,
    event::Change,
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

/// A choice to be saved.
#[derive(Debug)]
pub struct Choice<'a> {
    /// The attempt that it ends.
    pub attempt: &'a AttemptId,
    /// The connection whose assets are chosen.
    pub connection: &'a ConnectionId,
    /// The assets.
    pub chosen: &'a [AssetId],
    /// Kept with the choice, its target being how many assets were chosen.
    pub said: &'a Said<'a>,
    /// The job that applies it at Meta.
    pub job: &'a NewJob<'a>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: AssetId,
    kind: AssetKind,
    meta_id: String,
    parent_meta_id: Option<String>,
    usable: bool,
    selected: bool,
    /// Whether it is chosen and everything that follows a choice is done and proven.
    settled: bool,
}

/// How many identifiers one statement names.
const IDS: usize = 500;

/// Saves the choice of an attempt in one transaction: exactly `chosen` (with the account of each chosen number) are
/// selected, each is routed to this tenant, what is new or not proven is pending until it is subscribed at Meta, what is no
/// longer selected until it is unsubscribed, the tokens of Pages that neither needs are dropped, the connection stands, the
/// attempt goes on to apply it, and the job that does is asked for. Nothing is saved unless all of it is.
///
/// # Errors
/// When the database fails.
pub async fn select(db: &Db, tenant: &TenantId, choice: &Choice<'_>, now: Timestamp) -> Result<Selected> {
    // Choices of one tenant follow each other: two connections could take assets over from each other.
    const TURN: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const BEGIN: &str = "UPDATE connect_attempts SET phase = $4, beat_at = $5
        WHERE tenant_id = $1 AND id = $2 AND connection_id = $3 AND phase = 'choosing' AND EXISTS (SELECT 1
            FROM connections c WHERE c.tenant_id = $1 AND c.id = $3 AND c.status <> 'disconnected')";
    // An ad account has nothing to subscribe.
    const ROWS: &str = "SELECT id, kind, meta_id, parent_meta_id, unusable IS NULL AS usable, selected,
            selected AND NOT pending AND problem_step IS NULL AND verified_at IS NOT NULL
                AND (subscribed_at IS NOT NULL OR kind = 'ad_account') AS settled
        FROM assets WHERE tenant_id = $1 AND connection_id = $2";
    const LEAVE: &str = "UPDATE assets SET selected = FALSE, pending = TRUE WHERE tenant_id = ";
    const SELECT: &str = "UPDATE assets SET selected = TRUE, pending = TRUE WHERE tenant_id = ";
    const LEFT: &str = "UPDATE assets SET subscribed_at = NULL
        WHERE tenant_id = $1 AND connection_id = $2 AND pending AND NOT selected";
    const UNROUTE: &str = "DELETE FROM routes WHERE tenant_id = $1
        AND asset_id IN (SELECT id FROM assets WHERE tenant_id = $1 AND connection_id = $2 AND NOT selected)";
    const ROUTE: &str = "INSERT INTO routes (kind, meta_id, meta_app_id, tenant_id, asset_id, created_at)
        SELECT a.kind, a.meta_id, c.meta_app_id, a.tenant_id, a.id, $3
        FROM assets a JOIN connections c ON c.id = a.connection_id
        WHERE a.tenant_id = $1 AND a.connection_id = $2 AND a.selected ORDER BY a.kind, a.meta_id
        ON CONFLICT (kind, meta_id) DO UPDATE SET asset_id = excluded.asset_id, meta_app_id = excluded.meta_app_id
        WHERE routes.tenant_id = excluded.tenant_id";
    const HELD: &str = "SELECT a.name FROM assets a JOIN routes r ON r.kind = a.kind AND r.meta_id = a.meta_id
        WHERE a.tenant_id = $1 AND a.connection_id = $2 AND a.selected AND r.tenant_id <> $1
        ORDER BY a.kind, a.meta_id LIMIT 1";
    // What received through another app is left to be unsubscribed from that one; the same app goes on with it.
    const TAKE_OVER: &str = "UPDATE assets SET selected = FALSE,
            pending = ((SELECT c.meta_app_id FROM connections c WHERE c.id = assets.connection_id)
                <> (SELECT c.meta_app_id FROM connections c WHERE c.id = $2))
        WHERE tenant_id = $1 AND connection_id <> $2 AND (selected OR pending) AND EXISTS (SELECT 1 FROM assets own
            WHERE own.tenant_id = $1 AND own.connection_id = $2 AND own.selected
                AND own.kind = assets.kind AND own.meta_id = assets.meta_id)";
    const STAND: &str =
        "UPDATE connections SET status = 'connected' WHERE tenant_id = $1 AND id = $2 AND status = 'pending'";
    // Nothing more can be done by the set-up link that the attempt was begun by.
    const FINISH: &str = "UPDATE set_up_links SET finished_at = $3 WHERE tenant_id = $1 AND finished_at IS NULL
        AND id = (SELECT set_up_link_id FROM connect_attempts WHERE tenant_id = $1 AND id = $2)";

    let Choice { attempt, connection, chosen, said, job } = *choice;
    in_revocable_transaction!(db, tx => {
        sqlx::query(TURN).bind(tenant).execute(&mut *tx).await?;
        sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        let begun = sqlx::query(BEGIN).bind(tenant).bind(attempt).bind(connection).bind(Phase::Applying)
            .bind(now.as_millis()).execute(&mut *tx).await?.rows_affected();
        if begun == 0 {
            return Ok(ControlFlow::Break(Selected::NotChoosing));
        }
        let rows: Vec<Row> = sqlx::query_as(ROWS).bind(tenant).bind(connection).fetch_all(&mut *tx).await?;
        let wanted = match with_accounts(&rows, chosen) {
            Ok(wanted) => wanted,
            Err(refused) => return Ok(ControlFlow::Break(refused)),
        };
        let leaves = |row: &&Row| row.selected && !wanted.contains(&row.id);
        let comes = |row: &&Row| wanted.contains(&row.id) && !row.settled;
        let leaving: Vec<&AssetId> = rows.iter().filter(leaves).map(|row| &row.id).collect();
        let coming: Vec<&AssetId> = rows.iter().filter(comes).map(|row| &row.id).collect();
        for (sql, all) in [(LEAVE, leaving), (SELECT, coming)] {
            for ids in all.chunks(IDS) {
                let mut change = sqlx::QueryBuilder::new(sql);
                change.push_bind(tenant).push(" AND connection_id = ").push_bind(connection).push(" AND id IN (");
                let mut list = change.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                change.push(")").build().execute(&mut *tx).await?;
            }
        }
        for sql in [LEFT, UNROUTE] {
            sqlx::query(sql).bind(tenant).bind(connection).execute(&mut *tx).await?;
        }
        let routed = sqlx::query(ROUTE).bind(tenant).bind(connection).bind(now.as_millis()).execute(&mut *tx).await?;
        if routed.rows_affected() < wanted.len() as u64 {
            let name: Option<String> =
                sqlx::query_scalar(HELD).bind(tenant).bind(connection).fetch_optional(&mut *tx).await?;
            return Ok(ControlFlow::Break(Selected::HeldElsewhere { name: name.unwrap_or_default() }));
        }
        for sql in [TAKE_OVER, DROP_PAGE_TOKENS] {
            sqlx::query(sql).bind(tenant).bind(connection).execute(&mut *tx).await?;
        }
        if sqlx::query(STAND).bind(tenant).bind(connection).execute(&mut *tx).await?.rows_affected() > 0 {
            tell_change!(tx, tenant, connection, &Change::Connected { again: false }, now);
        }
        sqlx::query(FINISH).bind(tenant).bind(attempt).bind(now.as_millis()).execute(&mut *tx).await?;
        ask_job!(&mut *tx, job, now)?;
        let count = if wanted.len() == 1 { "1 asset".to_owned() } else { format!("{} assets", wanted.len()) };
        append_audit!(tx, tenant, &said.about(&count), now);
        Ok(ControlFlow::Continue(Selected::Saved(wanted.len())))
    })
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
