//! One attempt to connect.

use super::evidence::{all_missing, capital, missing, platform};
use super::status::takes_messages;
use super::wizard::wizard;
use crate::caller::{caller, id};
use crate::dto::attempt::{
    ApplyState, ApplyStep, Applying, AttemptPage, AttemptState, Cause, Losing, Lost, Outcome, Progress,
};
use crate::dto::kind::Kind;
use crate::dto::status::Permission;
use crate::error::AppError;
use crate::visit::language;
use server::asset_kind::AssetKind;
use server::connect::status::problem_of;
use server::connect::{AttemptView, Permissions, view_attempt};
use server::db::assets::Asset;
use server::db::attempts::{Flow, Phase, Purpose};
use server::db::connections::{Connection, ConnectionStatus};
use server::explanation::Explanation;
use server::words::failures::Effect;

/// Loads it.
///
/// # Errors
/// When nobody is signed in, or it is not theirs.
pub async fn page(attempt: String) -> Result<AttemptPage, AppError> {
    let caller = caller()?;
    let known = id(&attempt)?;
    let guest = caller.guest_of(&known).await?;
    let view = view_attempt(&caller.services, caller.chooser(guest.as_ref())?, &known).await?;
    let stands = |connection: &&Connection| connection.status != ConnectionStatus::Disconnected;
    let connection = view.connection.as_ref().filter(stands).map(|connection| connection.id.to_string());
    let broken = view.connection.as_ref().and_then(|connection| problem_of(&caller.services, connection).transpose());
    let state = state(&view, broken.transpose()?, guest.is_some());
    Ok(AttemptPage { id: attempt, connection, guest: guest.map(|guest| guest.tenant_name), state })
}

/// `broken` is why nothing works through the connection, when that is so.
fn state(view: &AttemptView, broken: Option<Explanation>, guest: bool) -> AttemptState {
    match view.phase {
        Phase::Waiting => AttemptState::Open,
        Phase::Exchanging | Phase::Discovering => AttemptState::Discovering(progress(view)),
        Phase::Choosing if view.losses.is_some() => AttemptState::Losing(losing(view)),
        Phase::Choosing => {
            let lacking = lacking(view);
            if view.assets.iter().all(|row| row.asset.kind == AssetKind::Business) && view.unread.is_empty() {
                AttemptState::Empty { causes: causes(&lacking), missing: lacking }
            } else {
                AttemptState::Choosing(wizard(view, lacking, guest))
            }
        }
        Phase::Applying => AttemptState::Applying(applying(view)),
        Phase::Done => AttemptState::Done(outcome(view, broken.as_ref())),
        Phase::Cancelled => match &view.problem {
            Some(problem) if view.purpose == Purpose::Whatsapp => {
                let told = problem.told(language());
                AttemptState::NoNumber { what: told.what, why: told.why, todo: told.todo, help: told.help }
            }
            Some(_) => AttemptState::Cancelled { popup: view.flow == Flow::Popup },
            // Neither the person nor Meta said so.
            None => AttemptState::Dropped { confirmed: view.connection.is_some() },
        },
        Phase::Failed => {
            let problem = view.problem.as_ref();
            let told = problem.map(|problem| problem.told(language())).unwrap_or_default();
            // An attempt that failed made nothing; only the end of the token ends the connection that it renews.
            let ends = problem.is_some_and(|problem| problem.effect() == Effect::Ended);
            let effect = if ends { Effect::Ended } else { Effect::NotMade }.told(language());
            AttemptState::Failed { what: told.what, why: told.why, todo: told.todo, effect, help: told.help }
        }
    }
}

fn progress(view: &AttemptView) -> Progress {
    let found = view.counts;
    Progress {
        businesses: found.businesses,
        pages: found.pages,
        instagram: found.instagram,
        whatsapp_accounts: found.wabas,
        whatsapp_numbers: found.numbers,
        ad_accounts: found.ad_accounts,
    }
}

fn losing(view: &AttemptView) -> Losing {
    let losses = view.losses.clone().unwrap_or_default();
    let connected = view.assets.iter().filter(|row| row.asset.selected).count();
    let assets: Vec<Lost> = losses
        .assets
        .into_iter()
        .map(|lost| {
            let (kind, kinds) = Kind::from(lost.kind).words();
            let why = lost.why.told(language());
            Lost {
                platform: platform(lost.kind),
                kind: kind.into(),
                kinds: kinds.into(),
                name: lost.name,
                why: if why.why.is_empty() { why.what } else { why.why },
            }
        })
        .collect();
    Losing {
        by: view.connection.as_ref().map(|connection| connection.meta_user_name.clone()).unwrap_or_default(),
        kept: connected.saturating_sub(assets.len()),
        works: view.connection.as_ref().is_some_and(|connection| connection.status == ConnectionStatus::Connected),
        permissions: losses.permissions.iter().map(|name| missing(name)).collect(),
        assets,
    }
}

fn lacking(view: &AttemptView) -> Vec<Permission> {
    let permissions = view.connection.as_ref().and_then(|c| serde_json::from_str::<Permissions>(&c.permissions).ok());
    permissions.as_ref().map(all_missing).unwrap_or_default()
}

/// Why Meta may show nothing (Meta reference §5.1): what is known first.
fn causes(lacking: &[Permission]) -> Vec<Cause> {
    let cause = |what: &str, todo: &str| Cause { what: what.into(), todo: todo.into() };
    let mut causes = Vec::new();
    if lacking.iter().any(|p| matches!(p.name.as_str(), "pages_show_list" | "business_management")) {
        causes.push(cause(
            "Permissions were declined",
            "Connect again and leave them switched on: without them Meta does not even list what you manage.",
        ));
    }
    causes.extend([
        cause(
            "Nothing was ticked in Meta’s window",
            "Connect again, press Edit settings in Meta’s window, and tick the Pages, accounts and numbers.",
        ),
        cause(
            "You were signed in at Facebook as somebody else",
            "Sign out at Facebook, then connect with the profile that manages the business.",
        ),
        cause(
            "You have no role on the business’s Pages",
            "Ask an administrator of the business for a role with messages, then connect again.",
        ),
    ]);
    causes
}

/// The chosen assets, by kind and name.
fn chosen(view: &AttemptView) -> impl Iterator<Item = &Asset> {
    view.assets.iter().map(|row| &row.asset).filter(|asset| asset.selected)
}

fn applying(view: &AttemptView) -> Applying {
    let steps: Vec<ApplyStep> = chosen(view).map(|asset| step(asset, asset.pending, None)).collect();
    Applying { done: steps.iter().filter(|step| step.state != ApplyState::Waiting).count(), total: steps.len(), steps }
}

/// What came of the choice, whatever is tried again since.
fn outcome(view: &AttemptView, broken: Option<&Explanation>) -> Outcome {
    let unheard = chosen(view).find(|asset| {
        let waits =
            broken.is_none() && asset.problem.is_none() && asset.subscribed_at.is_some() && asset.active_at.is_none();
        waits && takes_messages(asset.kind)
    });
    Outcome {
        assets: chosen(view).map(|asset| step(asset, asset.pending && asset.problem.is_none(), broken)).collect(),
        unheard: unheard.map(|asset| (asset.id.to_string(), asset.name.clone())),
    }
}

/// `waits` is whether it is still to be connected; `broken` is why that cannot be, whatever is known of the asset itself.
fn step(asset: &Asset, waits: bool, broken: Option<&Explanation>) -> ApplyStep {
    let own = || asset.problem.as_deref().and_then(|json| serde_json::from_str::<Explanation>(json).ok());
    let (state, reason) = match (broken, waits) {
        (Some(why), _) => (ApplyState::Failed, own().or_else(|| Some(why.clone()))),
        (None, true) => (ApplyState::Waiting, None),
        (None, false) if asset.problem.is_some() => (ApplyState::Failed, own()),
        (None, false) => (ApplyState::Done, None),
    };
    ApplyStep {
        name: asset.name.clone(),
        kind: capital(Kind::from(asset.kind).words().0),
        state,
        reason: reason.map(|why| why.told(language()).what).unwrap_or_default(),
    }
}
