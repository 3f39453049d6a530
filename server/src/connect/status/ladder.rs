//! The evidence ladder: verified, subscribed, waiting, active. A rung is reached by proof alone.

use super::super::silence::Silence;
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    connect::register::STEP,
    db::{assets::Asset, from_json},
    error::Result,
    explanation::Explanation,
};

/// A rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// Meta lets us read the asset.
    Verified,
    /// Meta lists our app as subscribed to it.
    Subscribed,
    /// Everything is set; the first real event is awaited.
    Waiting,
    /// A real event arrived.
    Active,
}

/// How a rung stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RungState {
    /// Proven, since then.
    Done(Timestamp),
    /// Proven, since then, and unusually silent now.
    Silent(Timestamp, Silence),
    /// Being worked on, or awaited, now.
    Now,
    /// Failed, for this reason, since then.
    Failed(Explanation, Option<Timestamp>),
    /// Not yet.
    NotYet,
}

/// What is proven about an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder(Vec<(Rung, RungState)>);

impl Ladder {
    /// The ladder of an asset. `refused` is why nothing works through its connection, when that is so: then nothing about the
    /// asset is proven any more.
    ///
    /// # Errors
    /// When the stored explanation cannot be read.
    pub(super) fn of(asset: &Asset, refused: Option<&Explanation>) -> Result<Self> {
        let own_problem: Option<Explanation> = asset.problem.as_deref().map(from_json).transpose()?;
        let since = asset.problem_since.map(Timestamp::from_millis);
        let failed = |step: &str| {
            own_problem
                .clone()
                .filter(|_| asset.problem_step.as_deref() == Some(step))
                .map(|problem| RungState::Failed(problem, since))
        };
        let proven = |at: Option<i64>| at.map(|at| RungState::Done(Timestamp::from_millis(at)));
        let working = if asset.pending { RungState::Now } else { RungState::NotYet };

        let verified = refused
            .map(|problem| RungState::Failed(problem.clone(), None))
            .or_else(|| failed("verified"))
            .or_else(|| proven(asset.verified_at))
            .unwrap_or_else(|| working.clone());
        if asset.kind == AssetKind::AdAccount {
            return Ok(Self(vec![(Rung::Verified, verified)]));
        }
        let stands = matches!(verified, RungState::Done(_));
        let subscribed = if stands || failed("subscribed").is_some() && refused.is_none() {
            failed("subscribed").or_else(|| proven(asset.subscribed_at)).unwrap_or(working)
        } else {
            RungState::NotYet
        };
        let (waiting, active) = match (&subscribed, asset.active_at) {
            // A number that is not registered receives nothing, though its account is subscribed.
            (RungState::Done(_), None) if failed(STEP).is_some() => {
                (failed(STEP).unwrap_or(RungState::Now), RungState::NotYet)
            }
            (RungState::Done(_), Some(at)) => {
                let at = Timestamp::from_millis(at);
                let active = Silence::of(asset).map_or(RungState::Done(at), |silence| RungState::Silent(at, silence));
                (subscribed.clone(), active)
            }
            (RungState::Done(_), None) => (RungState::Now, RungState::NotYet),
            _ => (RungState::NotYet, RungState::NotYet),
        };
        Ok(Self(vec![
            (Rung::Verified, verified),
            (Rung::Subscribed, subscribed),
            (Rung::Waiting, waiting),
            (Rung::Active, active),
        ]))
    }

    /// The rungs, from the lowest.
    pub fn rungs(&self) -> &[(Rung, RungState)] {
        &self.0
    }

    /// The rung that failed, and why.
    pub fn problem(&self) -> Option<(Rung, &Explanation)> {
        self.0.iter().find_map(|(rung, state)| match state {
            RungState::Failed(why, _) => Some((*rung, why)),
            _ => None,
        })
    }

    /// The silence of an asset that was active.
    pub fn silence(&self) -> Option<Silence> {
        self.0.iter().find_map(|(_, state)| match state {
            RungState::Silent(_, silence) => Some(*silence),
            _ => None,
        })
    }

    /// How far the asset got, for finding the one that is worst off: a failure counts below every proof.
    pub(super) fn height(&self) -> usize {
        match self.problem() {
            Some((rung, _)) => rung as usize,
            None => 4 + self.0.iter().filter(|(_, state)| matches!(state, RungState::Done(_))).count(),
        }
    }
}
