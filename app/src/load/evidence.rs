//! Evidence in the page's words: ladders, states, clocks, permissions, names of kinds.

use crate::dto::UnixMs;
use crate::dto::health::{Health, Ladder, Platform, StepState, Tone};
use crate::dto::status::{Clock, Permission};
use crate::visit::Visit;
use crate::words;
use server::asset_kind::AssetKind;
use server::connect::status::{self, Rung, RungState, TokenClock};
use server::connect::{Permissions, Ungranted};
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
    // What is awaited is awaited since the step before it.
    let mut before = None;
    let steps = of.rungs().iter().map(|(_, state)| match state {
        RungState::Done(at) => {
            before = Some(at.as_millis());
            StepState::Done { at: at.as_millis() }
        }
        RungState::Silent(_, silence) => StepState::Silent { since: silence.since.as_millis() },
        RungState::Now => StepState::Now { since: before },
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
    if of.silence().is_some() {
        return Health::new(Tone::Warn, "Silent");
    }
    let done = of.rungs().iter().rev().find(|(_, state)| matches!(state, RungState::Done(_))).map(|(rung, _)| *rung);
    match done {
        Some(Rung::Active) => Health::new(Tone::Ok, "Active"),
        Some(Rung::Verified) if of.rungs().len() == 1 => Health::new(Tone::Ok, "Verified"),
        Some(Rung::Subscribed | Rung::Waiting) => Health::new(Tone::Warn, "Waiting"),
        _ => Health::new(Tone::Warn, "Connecting"),
    }
}

/// From so long after the subscription on, having heard nothing is worth a word, in milliseconds.
const LONG_QUIET: i64 = 24 * 3_600_000;

/// Why a ladder stands where it stands, and what comes next: the bold beginning and the rest. `last_event` is when the last
/// event came, with the words for where, which may be empty.
pub fn reason(
    of: &status::Ladder,
    platform: Platform,
    last_event: Option<(UnixMs, &str)>,
    visit: &Visit,
) -> (String, String) {
    let (zone, now) = (&visit.zone, visit.now);
    if let Some((_, why)) = of.problem() {
        let told = why.told(visit.language);
        return (told.what, join(&[&told.why, &told.todo]));
    }
    if let Some(silence) = of.silence() {
        let (since, pause) = (silence.since.as_millis(), i64::try_from(silence.longest_pause.as_millis()).unwrap_or(0));
        let what = format!(
            "Nothing has arrived since {}; in the weeks before, the longest pause was {}.",
            words::clock(zone, now, since),
            words::span(pause)
        );
        let todo = "Send a test message. If it does not arrive, see whether the Meta app is live and whether another tool took over its callback.";
        return ("Needs attention: silence.".into(), join(&[&what, todo]));
    }
    let proven = |wanted: Rung| {
        of.rungs().iter().find_map(|(rung, state)| match state {
            RungState::Done(at) if *rung == wanted => Some(at.as_millis()),
            _ => None,
        })
    };
    let next = match (proven(Rung::Active), proven(Rung::Subscribed)) {
        (Some(first), _) => {
            let first = format!("First message {}.", words::clock(zone, now, first));
            let last = last_event.map(|(at, place)| format!("Last event {}{place}.", words::ago(zone, now, at)));
            join(&[&first, &last.unwrap_or_default()])
        }
        (None, Some(since)) if now - since > LONG_QUIET => format!(
            "Subscribed since {}, and nothing has arrived yet. A quiet account is no fault; a test message tells.",
            words::clock(zone, now, since)
        ),
        (None, Some(_)) => match platform {
            Platform::Whatsapp => {
                "Subscribed, nothing has arrived yet. Write to the number from a phone to prove the way."
            }
            Platform::Instagram => "Subscribed, nothing has arrived yet. Send the account a message to prove the way.",
            _ => "Subscribed, nothing has arrived yet. Send the Page a message to prove the way.",
        }
        .into(),
        (None, None) if of.rungs().len() == 1 && proven(Rung::Verified).is_some() => {
            "Meta lets Attaché read it.".into()
        }
        (None, None) => "Being connected. This takes a few seconds.".into(),
    };
    (String::new(), next)
}

/// The clock of a token.
pub fn clock(of: TokenClock) -> Clock {
    match of {
        TokenClock::Never => Clock::NeverEnds,
        TokenClock::Ends(at) | TokenClock::Ended(at) => Clock::Ends { at: at.as_millis() },
        TokenClock::DataAccessEnds(at) => Clock::DataAccessUntil { at: at.as_millis() },
    }
}

fn permission(name: &str, plain: impl FnOnce(Option<&str>) -> String) -> Permission {
    let known = name.parse::<meta::Permission>().ok();
    let entry = known.as_ref().and_then(meta::Permission::entry);
    let plain = plain(entry.map(|entry| entry.purpose));
    Permission { name: name.into(), plain, reviewed: entry.is_some_and(|entry| entry.app_review) }
}

/// A granted permission and what it is for.
pub fn granted(name: &str) -> Permission {
    permission(name, |purpose| purpose.map_or_else(|| "Attaché has no use for it.".into(), capital))
}

/// A missing permission and what does not work without it.
pub fn missing(name: &str) -> Permission {
    permission(name, |purpose| match purpose {
        Some(purpose) => format!("Attaché cannot {purpose}."),
        None => "Asked for by this installation.".into(),
    })
}

/// The missing permissions of a connection: what does not work without each, and what became of it in Meta's window.
pub fn all_missing(of: &Permissions) -> Vec<Permission> {
    let told = |name: &String| {
        let permission = missing(name);
        let became = match of.became.get(name) {
            Some(Ungranted::Declined) => "It was declined in Meta’s window.",
            Some(Ungranted::Expired) => "It was granted before and has expired.",
            Some(Ungranted::NotAsked) => "Meta did not ask for it.",
            None => "",
        };
        Permission { plain: join(&[&permission.plain, became]), ..permission }
    };
    of.missing.iter().map(told).collect()
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
