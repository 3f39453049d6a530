//! The operator's page.

use crate::caller::caller;
use crate::dto::admin::{AdminPage, KeyRow, TenantRow};
use crate::dto::health::{Health, Tone};
use crate::error::AppError;
use server::db::{credentials, tenants};

/// How many tenants the page lists.
const MOST: i64 = 500;

/// Loads it.
///
/// # Errors
/// When nobody is signed in, or who is is no operator.
pub async fn page() -> Result<AdminPage, AppError> {
    let caller = caller()?;
    caller.actor()?.operator()?;
    let (db, vault, meta) = (caller.services.db(), caller.services.vault(), caller.services.meta().ok());
    let rows = tenants::list_summaries_across_tenants(db, ("", ""), MOST).await?;
    let counts = credentials::count_by_key_across_tenants(db).await?;
    let count_of = |key: &str| counts.iter().find(|(id, _)| id == key).map_or(0, |(_, rows)| size(*rows));
    let mut keys: Vec<KeyRow> = vault
        .key_ids()
        .map(|key| KeyRow {
            active: key == vault.active_key_id(),
            rows: count_of(key),
            id: key.to_owned(),
            known: true,
        })
        .collect();
    let lost = counts.iter().filter(|(id, _)| keys.iter().all(|key| key.id != *id)).collect::<Vec<_>>();
    let lost: Vec<KeyRow> = lost
        .into_iter()
        .map(|(id, rows)| KeyRow { id: id.clone(), active: false, rows: size(*rows), known: false })
        .collect();
    keys.extend(lost);
    Ok(AdminPage {
        version: env!("CARGO_PKG_VERSION").into(),
        graph_version: meta.map_or_else(|| "–".into(), |meta| meta.app.graph_version.to_string()),
        meta_app: if meta.is_some() { Health::new(Tone::Ok, "Set up") } else { Health::new(Tone::Bad, "Missing") },
        tenants: rows
            .into_iter()
            .map(|row| TenantRow {
                id: row.id.to_string(),
                health: match (row.connections, row.problems) {
                    (0, _) => Health::new(Tone::Idle, "Not connected"),
                    (_, 0) => Health::new(Tone::Ok, "Connected"),
                    _ => Health::new(Tone::Bad, "Attention"),
                },
                name: row.name,
                members: size(row.members),
                connections: size(row.connections),
                assets: size(row.assets),
                created_at: row.created_at,
            })
            .collect(),
        keys,
    })
}

fn size(rows: i64) -> usize {
    usize::try_from(rows).unwrap_or(0)
}
