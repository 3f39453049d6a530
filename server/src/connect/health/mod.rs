//! The health of a connection's assets: one round of questions, what is proven by the answers, and what changed.

mod ask;
mod judge;
mod repair;
mod state;

pub use repair::repair_asset;
pub use state::{AssetHealth, Callback, CallbackLevel, HealthChange, list_changes};

use super::{
    check::GoodToken,
    credentials,
    prove::{self, Finding},
};
use crate::{
    db::{
        asset_health,
        assets::{self, Asset},
        connections::{self, Connection},
        to_json,
    },
    error::Result,
    ids::TenantId,
    live::Hint,
    observe::{self, Note},
    services::Services,
    words::failures::log,
};

/// Who wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// A person pressed a button: everything that is found out is written into the log.
    Asked,
    /// The daily turn: only what changed is.
    Turn,
}

/// What a round found out.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Checked {
    /// How many assets were asked about.
    pub(super) asked: usize,
    /// How many of them are proven to work.
    pub(super) proven: usize,
    /// Whether something is to be asked again soon: Meta could not tell just now.
    pub(super) again: bool,
}

/// Asks about every chosen asset of a connection, in as few requests as there can be, and writes down what Meta says.
///
/// # Errors
/// [`crate::error::Error::Meta`] when Meta cannot be asked: then nothing that was known changes.
pub(super) async fn check_assets(
    services: &Services,
    tenant: &TenantId,
    connection: &Connection,
    token: &GoodToken,
    occasion: Occasion,
) -> Result<Checked> {
    let (db, now) = (services.db(), services.clock().now());
    let all = assets::list_by_connection(db, tenant, &connection.id).await?;
    // About what is still being connected the job that does it speaks.
    let meant = |asset: &Asset| asset.selected && (occasion == Occasion::Asked || !asset.pending);
    let selected: Vec<Asset> = all.into_iter().filter(meant).collect();
    let tokens = credentials::open_all(services, tenant, connection).await?;
    let app = services.app_of_connection(connection)?;
    let answers = ask::ask(&app.graph, &tokens, &selected).await?;
    if let Some(error) = answers.refusal() {
        let explanation = error.explain();
        let said = to_json(&explanation)?;
        if connections::mark_refused(db, tenant, &connection.id, Some(&tokens.credential), &said, now).await? {
            let note = Note::problem("refused", log::refused(explanation));
            observe::log(services, tenant, &connection.id, vec![note]).await?;
        }
        return Ok(Checked { asked: selected.len(), ..Checked::default() });
    }
    let judge = judge::Judge {
        answers: &answers,
        facts: &token.facts,
        callback: super::subscribe_app::callback_url(services, &app),
    };
    let mut checked = Checked { asked: selected.len(), again: answers.again(), ..Checked::default() };
    let (mut notes, mut states) = (Vec::new(), Vec::new());
    for asset in &selected {
        let (finding, state) = judge.asset(asset, &tokens);
        checked.proven += usize::from(matches!(finding, Finding::Verified | Finding::Subscribed));
        let news = is_news(asset, &finding);
        let note = prove::write_down(services, tenant, asset, finding).await?;
        notes.extend((news || occasion == Occasion::Asked).then_some(note));
        if let Some(state) = state {
            states.push((asset.id.clone(), to_json(&state)?));
        }
    }
    let changed = asset_health::record(db, tenant, &states, now).await?;
    if changed > 0 {
        services.live().tenant_changed(tenant, Hint::Asset);
    }
    observe::log(services, tenant, &connection.id, notes).await?;
    Ok(checked)
}

/// Whether a finding says something else than what is known of the asset.
fn is_news(asset: &Asset, finding: &Finding) -> bool {
    match finding {
        Finding::Verified | Finding::Subscribed => {
            matches!(asset.problem_step.as_deref(), Some("verified" | "subscribed"))
        }
        Finding::Problem(_, why) => {
            let known = asset.problem.as_deref().and_then(|json| crate::db::from_json(json).ok());
            known.is_none_or(|known: crate::explanation::Explanation| known.code != why.code)
        }
        Finding::Unknown(_) => false,
    }
}
