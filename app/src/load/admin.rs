//! The operator's page.

use crate::caller::caller;
use crate::dto::admin::{AdminPage, HandshakeRow, Intake, KeyRow, RefusedRow, TenantRow, VersionState};
use crate::dto::health::{Health, Tone};
use crate::dto::reason::Reason;
use crate::error::AppError;
use crate::visit::Visit;
use server::db::tenants;
use server::ids::TenantId;
use server::ingest::{self, IntakeOverview};
use server::installation;
use server::setup::{self, Check, State};

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
        intake: intake(ingest::overview(services, actor).await?),
        version: env!("CARGO_PKG_VERSION").into(),
        graph_version: meta.as_ref().map_or_else(|| "–".into(), |meta| meta.app.graph_version.to_string()),
        graph_state: setup::version_check(services).await?.map(version_state),
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

fn version_state(check: Check) -> VersionState {
    let health = match check.state {
        State::Proven => Health::new(Tone::Ok, "Supported"),
        State::Wrong => Health::new(Tone::Bad, "Over"),
        State::Waiting | State::Yourself => Health::new(Tone::Warn, "Attention"),
    };
    VersionState { health, what: check.what, todo: check.todo }
}

fn size(rows: i64) -> usize {
    usize::try_from(rows).unwrap_or(0)
}

fn intake(overview: IntakeOverview) -> Intake {
    let refused = overview.refused.into_iter().map(|row| RefusedRow {
        why: row.reason.map(|reason| Reason::from(reason.explain())),
        app: row.meta_app_id,
        count: size(row.count),
        last_at: row.last_at.as_millis(),
    });
    let handshakes = overview.handshakes.into_iter().map(|asked| {
        let (ok, answer) = match asked.outcome.as_str() {
            "ok" => (true, "was told yes"),
            "wrong_token" => (false, "was told no: the verify token was another one"),
            _ => (false, "was told no: it was not Meta’s way of asking"),
        };
        let who = if ok { "Meta called" } else { "Somebody called" };
        HandshakeRow { at: asked.at.as_millis(), ok, sentence: format!("{who} from {} and {answer}.", asked.address) }
    });
    Intake {
        refused: refused.collect(),
        handshakes: handshakes.collect(),
        backlog: size(overview.backlog),
        quarantined: size(overview.quarantined),
        failed: size(overview.failed),
        unreadable: size(overview.unreadable),
    }
}
