//! Evidence in the page's words: ladders, states, clocks, permissions, names of kinds.

use crate::dto::health::{Health, Ladder, Platform, StepState, Tone};
use crate::dto::status::{Clock, Permission};
use server::asset_kind::AssetKind;
use server::connect::status::{self, Rung, RungState, TokenClock};
use server::meta;

/// The platform of a kind of asset.
pub fn platform(kind: AssetKind) -> Platform {
    match kind {
        AssetKind::FacebookPage => Platform::Facebook,
        AssetKind::InstagramAccount => Platform::Instagram,
        AssetKind::WhatsappAccount | AssetKind::WhatsappNumber => Platform::Whatsapp,
        AssetKind::AdAccount => Platform::Ads,
        AssetKind::Business => Platform::Business,
    }
}

/// A ladder's steps with their times.
pub fn ladder(of: &status::Ladder) -> Ladder {
    let steps = of.rungs().iter().map(|(_, state)| match state {
        RungState::Done(at) => StepState::Done { at: at.as_millis() },
        RungState::Now => StepState::Now { since: None },
        RungState::Failed(_, since) => StepState::Failed { at: since.map(|at| at.as_millis()) },
        RungState::NotYet => StepState::NotYet,
    });
    Ladder(steps.collect())
}

/// The state of a ladder in a word: a failure first, else the step that is reached.
pub fn health(of: &status::Ladder) -> Health {
    if let Some((rung, _)) = of.problem() {
        let word = if rung == Rung::Subscribed { "Not subscribed" } else { "Attention" };
        return Health::new(Tone::Bad, word);
    }
    let done = of.rungs().iter().rev().find(|(_, state)| matches!(state, RungState::Done(_))).map(|(rung, _)| *rung);
    match done {
        Some(Rung::Active) => Health::new(Tone::Ok, "Active"),
        Some(Rung::Verified) if of.rungs().len() == 1 => Health::new(Tone::Ok, "Verified"),
        Some(Rung::Subscribed | Rung::Waiting) => Health::new(Tone::Warn, "Waiting"),
        _ => Health::new(Tone::Warn, "Connecting"),
    }
}

/// Why a ladder stands where it stands, and what comes next: the bold beginning and the rest.
pub fn reason(of: &status::Ladder, platform: Platform) -> (String, String) {
    if let Some((_, why)) = of.problem() {
        return (why.what.to_string(), join(&[&why.why, &why.todo]));
    }
    let next = match health(of).word.as_str() {
        "Active" => "Messages arrive.",
        "Verified" => "Meta lets Attaché read it. There is nothing to subscribe.",
        "Waiting" => match platform {
            Platform::Whatsapp => {
                "Subscribed, nothing has arrived yet. Write to the number from a phone to prove the way."
            }
            Platform::Instagram => "Subscribed, nothing has arrived yet. Send the account a message to prove the way.",
            _ => "Subscribed, nothing has arrived yet. Send the Page a message to prove the way.",
        },
        _ => "Being connected. This takes a few seconds.",
    };
    (String::new(), next.into())
}

/// The clock of a token.
pub fn clock(of: TokenClock) -> Clock {
    match of {
        TokenClock::Never => Clock::NeverEnds,
        TokenClock::Ends(at) | TokenClock::Ended(at) => Clock::Ends { at: at.as_millis() },
        TokenClock::DataAccessEnds(at) => Clock::DataAccessUntil { at: at.as_millis() },
    }
}

fn purpose(name: &str) -> Option<&'static str> {
    name.parse::<meta::Permission>().ok()?.entry().map(|entry| entry.purpose)
}

/// A granted permission and what it is for.
pub fn granted(name: &str) -> Permission {
    let plain = purpose(name).map_or_else(|| "Attaché has no use for it.".into(), capital);
    Permission { name: name.into(), plain }
}

/// A missing permission and what does not work without it.
pub fn missing(name: &str) -> Permission {
    let plain = purpose(name)
        .map_or_else(|| "Asked for by this installation.".into(), |purpose| format!("Attaché cannot {purpose}."));
    Permission { name: name.into(), plain }
}

/// The same sentence with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The sentences that are not empty, one after the other.
pub fn join(sentences: &[&str]) -> String {
    sentences.iter().filter(|sentence| !sentence.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
