//! The steps after a choice, in the page's words.

use crate::dto::health::StepState;
use crate::dto::reason::Reason;
use crate::dto::status::Step;
use server::asset_kind::AssetKind;
use server::connect::status::{self, AssetStatus, RungState, StepKind};

/// The steps of an asset.
pub fn steps(status: &AssetStatus) -> Vec<Step> {
    let needs_pin = status.needs_pin();
    let of_page = status.asset.parent_meta_id.is_some();
    status.steps.iter().map(|it| step(it, (status.asset.kind, of_page), needs_pin)).collect()
}

/// `of_page`: whether the asset hears through a Page or an account.
fn step(of: &status::Step, (kind, of_page): (AssetKind, bool), needs_pin: bool) -> Step {
    let why = of.problem();
    Step {
        name: name(of.what, kind, of_page).into(),
        state: match &of.state {
            RungState::Done(at) | RungState::Silent(at, _) => StepState::Done { at: at.as_millis() },
            RungState::Now => StepState::Now { since: None },
            RungState::Failed(_, since) => StepState::Failed { at: since.map(|at| at.as_millis()) },
            RungState::NotYet => StepState::NotYet,
        },
        why: why.map(Reason::from),
        // A PIN has a form of its own, and asking Meta while it allows no further attempts makes the wait longer.
        // An address that another tool set has to be taken back first: that is a button of its own.
        try_again: why.is_some_and(|why| !why.code.starts_with("meta.limit") && why.code != "asset.callback_elsewhere")
            && !is_pin(of.what, needs_pin),
    }
}

fn is_pin(what: StepKind, needs_pin: bool) -> bool {
    needs_pin && what == StepKind::NumberRegistered
}

/// What a step is about (Meta reference §6).
fn name(what: StepKind, kind: AssetKind, of_page: bool) -> &'static str {
    match (what, kind) {
        (StepKind::AppSubscribed, _) => "Meta sends the app’s events to this installation",
        (StepKind::AssetSubscribed, AssetKind::FacebookPage) => "Meta sends the Page’s events to the app",
        (StepKind::AssetSubscribed, AssetKind::InstagramAccount) if of_page => {
            "Meta sends the account’s events, with its Page’s"
        }
        (StepKind::AssetSubscribed, AssetKind::WhatsappNumber) => "Meta sends the number’s events, with its account’s",
        (StepKind::AssetSubscribed, _) => "Meta sends the account’s events to the app",
        (StepKind::NumberRegistered, _) => "The number is registered for the Cloud API",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;
    use server::clock::Timestamp;

    /// A failure as earlier versions kept it, with its sentences.
    fn failed(code: &str) -> status::Step {
        let kept = serde_json::json!({"code": code, "what": "It failed.", "why": "Because.", "todo": "Do this."});
        let why = serde_json::from_value(kept).unwrap();
        status::Step {
            what: StepKind::NumberRegistered,
            state: RungState::Failed(why, Some(Timestamp::from_millis(7))),
        }
    }

    #[test]
    fn a_failed_step_says_why_and_offers_what_helps() {
        let kind = AssetKind::WhatsappNumber;
        let told = step(&failed("made.up"), (kind, true), false);
        let why = told.why.unwrap();
        assert_eq!((why.what.as_str(), why.rest().as_str()), ("It failed.", "Because. Do this."));
        assert!(told.try_again);
        assert_eq!(told.state, StepState::Failed { at: Some(7) });
        assert!(!step(&failed("number.needs_pin"), (kind, true), true).try_again, "the PIN has its own form");
        assert!(
            !step(&failed("meta.limit.registration"), (kind, true), false).try_again,
            "Meta allows no more for now"
        );
    }

    #[test]
    fn a_step_that_is_done_or_to_come_asks_for_nothing() {
        for (state, drawn) in [
            (RungState::Done(Timestamp::from_millis(5)), StepState::Done { at: 5 }),
            (RungState::Now, StepState::Now { since: None }),
            (RungState::NotYet, StepState::NotYet),
        ] {
            let told =
                step(&status::Step { what: StepKind::AppSubscribed, state }, (AssetKind::FacebookPage, false), false);
            assert_eq!((told.state, told.why, told.try_again), (drawn, None, false));
        }
    }
}
