//! The steps after a choice, each with its proof: the app's subscription, the asset's own, a number's registration.

use super::{Ladder, Rung, RungState};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    connect::register::{self, STEP},
    db::{app_subscriptions::AppSubscription, assets::Asset, from_json},
    error::Result,
    explanation::Explanation,
};

/// What is done after a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Meta sends the app's events to this installation (Meta reference §6.2).
    AppSubscribed,
    /// Meta sends the asset's events to the app (Meta reference §6.1, §6.3).
    AssetSubscribed,
    /// The number is registered for the Cloud API (Meta reference §6.3).
    NumberRegistered,
}

/// A step and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub what: StepKind,
    /// How it stands.
    pub state: RungState,
}

impl Step {
    /// Why it failed, when it did.
    pub fn problem(&self) -> Option<&Explanation> {
        match &self.state {
            RungState::Failed(why, _) => Some(why),
            _ => None,
        }
    }
}

/// The steps of an asset, in order; none for what is only read.
pub(super) fn steps(asset: &Asset, ladder: &Ladder, app: Option<&AppSubscription>) -> Result<Vec<Step>> {
    let Some((_, subscribed)) = ladder.rungs().iter().find(|(rung, _)| *rung == Rung::Subscribed) else {
        return Ok(Vec::new());
    };
    let mut steps = vec![
        Step { what: StepKind::AppSubscribed, state: app_state(asset, app)? },
        Step { what: StepKind::AssetSubscribed, state: subscribed.clone() },
    ];
    if asset.kind == AssetKind::WhatsappNumber {
        steps.push(Step { what: StepKind::NumberRegistered, state: number_state(asset)? });
    }
    Ok(steps)
}

/// How the app's subscription stands, seen from an asset.
fn app_state(asset: &Asset, app: Option<&AppSubscription>) -> Result<RungState> {
    Ok(match app {
        Some(AppSubscription { problem: Some(problem), .. }) => RungState::Failed(from_json(problem)?, None),
        Some(AppSubscription { subscribed_at: Some(at), .. }) => RungState::Done(Timestamp::from_millis(*at)),
        _ if asset.pending => RungState::Now,
        _ => RungState::NotYet,
    })
}

fn number_state(asset: &Asset) -> Result<RungState> {
    if let (Some(STEP), Some(problem)) = (asset.problem_step.as_deref(), &asset.problem) {
        return Ok(RungState::Failed(from_json(problem)?, asset.problem_since.map(Timestamp::from_millis)));
    }
    if register::is_due(asset)? {
        return Ok(RungState::Now);
    }
    // What Meta reads back as registered needs no registration of ours.
    let since = asset.registered_at.or(asset.verified_at).map(Timestamp::from_millis);
    Ok(since.map_or(RungState::NotYet, RungState::Done))
}
