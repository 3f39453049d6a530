//! The operator's page.

use crate::caller::caller;
use crate::dto::admin::{AdminPage, KeyRow, TenantRow};
use crate::dto::health::{Health, Tone};
use crate::error::AppError;
use crate::visit::Visit;
use server::db::tenants;
use server::ids::TenantId;
use server::installation;

/// Loads it, from the tenant after the one that the address names.
///
/// # Errors
/// When nobody is signed in, or who is is no operator.
pub async fn page(visit: Visit) -> Result<AdminPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let meta = services.meta().ok();
    let after = visit.query_value("after").and_then(|id| id.parse::<TenantId>().ok());
    let after = match after {
        Some(id) => tenants::get(services.db(), &id).await?,
        None => None,
    };
    let begin = after.as_ref().map_or(("", ""), |last| (last.name.as_str(), last.id.as_str()));
    let (rows, more) = installation::list_tenants(services, actor, begin).await?;
    let older = rows.last().filter(|_| more).map(|last| last.id.to_string());
    let total = size(tenants::count_across_tenants(services.db()).await?);
    let keys = installation::list_keys(services, actor).await?;
    let keys = keys
        .into_iter()
        .map(|key| KeyRow {
            id: key.id,
            active: key.active,
            rows: usize::try_from(key.values).unwrap_or(0),
            known: key.present,
        })
        .collect();
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
        total,
        is_later: after.is_some(),
        older,
        keys,
    })
}

fn size(rows: i64) -> usize {
    usize::try_from(rows).unwrap_or(0)
}
