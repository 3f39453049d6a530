//! The health of an asset in the page's words: what Meta says of it, how that changed, and the one button that helps.

use super::number_words::{
    LIMIT, NAME_REVIEW, QUALITY, SPEED, STATUS, VERIFICATION, limit, name_review, plain, quality, status, throughput,
    verification,
};
use crate::dto::UnixMs;
use crate::dto::health::{Health, Tone};
use crate::dto::status::{ActionKind, CardAction, Change, Fact};
use crate::words::listed;
use server::asset_kind::AssetKind;
use server::connect::status::AssetStatus;
use server::connect::{AssetHealth, CallbackLevel, HealthChange};

/// What Meta says of an asset, one line each.
pub fn facts(kind: AssetKind, state: &AssetHealth) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut say = |name: &str, value: String, tone: Tone| facts.push(Fact { name: name.into(), value, tone });
    match state.missing.as_slice() {
        [] => say("Permissions", "all that it needs".into(), Tone::Ok),
        missing => say("Permissions", format!("without {}", listed(missing)), Tone::Bad),
    }
    if state.chosen == Some(false) {
        say("Meta’s window", "not ticked when access was last confirmed".into(), Tone::Warn);
    }
    match (state.subscribed, state.fields_missing.as_slice()) {
        (Some(true), []) => say("Subscription", "as Meta reads it back, complete".into(), Tone::Ok),
        (Some(true), missing) => say("Subscription", format!("without {}", listed(missing)), Tone::Warn),
        (Some(false), _) => say("Subscription", "Meta does not list Attaché".into(), Tone::Bad),
        (None, _) => {}
    }
    if let Some(callback) = &state.callback {
        let on = match callback.level {
            CallbackLevel::WhatsappNumber => "set on the number",
            CallbackLevel::WhatsappAccount => "set on the account",
            CallbackLevel::App => "set on the Meta app",
        };
        match callback.ours {
            true => say("Messages go to", format!("this installation, {on}"), Tone::Ok),
            false => say("Messages go to", format!("{}, {on}", without_query(&callback.url)), Tone::Bad),
        }
    }
    if let Some(tasks) = &state.tasks {
        let tasks: Vec<String> = tasks.iter().map(|task| plain(task)).collect();
        say("Role on the Page", if tasks.is_empty() { "none".into() } else { listed(&tasks) }, Tone::Idle);
    }
    facts.extend(number(state));
    if kind == AssetKind::AdAccount
        && let Some(status) = state.account_status
    {
        let (words, tone) = account(status);
        facts.push(Fact { name: "Ad account".into(), value: words.into(), tone });
    }
    facts
}

/// What Meta says of a number, as its own page says it; nothing of what is no number.
fn number(state: &AssetHealth) -> Vec<Fact> {
    let verified = state.code_verification_status.as_deref().filter(|code| *code != "VERIFIED");
    let speed = state.throughput.as_deref().filter(|level| matches!(*level, "STANDARD" | "HIGH"));
    let told = [
        (STATUS, state.status.as_deref().map(|it| status(Some(it)))),
        (QUALITY, state.quality_rating.as_deref().map(|it| quality(Some(it)))),
        (NAME_REVIEW, state.name_status.as_deref().map(|it| name_review(Some(it)))),
        (VERIFICATION, verified.map(|it| verification(Some(it)))),
        (LIMIT, state.messaging_limit.as_deref().map(|it| Health::new(Tone::Idle, limit(Some(it))))),
        (SPEED, speed.map(|it| Health::new(Tone::Idle, throughput(Some(it))))),
    ];
    let known = told.into_iter().filter_map(|(name, health)| Some((name, health?)));
    known.map(|(name, health)| Fact { name: name.into(), value: health.word, tone: health.tone }).collect()
}

/// How the facts changed, the latest first: each with its former value. The first look is no change.
pub fn changes(kind: AssetKind, states: &[HealthChange]) -> Vec<Change> {
    let pairs = states.iter().zip(states.iter().skip(1));
    pairs
        .flat_map(|(new, old)| {
            let (before, at) = (facts(kind, &old.state), new.since.as_millis());
            let changed = facts(kind, &new.state).into_iter().filter_map(move |fact| {
                let former = before.iter().find(|former| former.name == fact.name);
                change(at, &fact, former)
            });
            changed.collect::<Vec<_>>()
        })
        .collect()
}

fn change(at: UnixMs, fact: &Fact, former: Option<&Fact>) -> Option<Change> {
    let text = match former {
        Some(former) if former.value == fact.value => return None,
        Some(former) => format!("{}: {}, before {}", fact.name, fact.value, former.value),
        None => format!("{}: {}", fact.name, fact.value),
    };
    Some(Change { at, text })
}

/// The one button that helps an asset with a problem; none where a form asks for it, or the operator has to act.
pub fn fix(status: &AssetStatus) -> Option<CardAction> {
    let (_, why) = status.ladder.problem()?;
    let connection = &status.asset.connection_id;
    let link =
        |label: &str, href: String| CardAction { label: label.into(), does: ActionKind::Link { href }, primary: true };
    let repair = |label: &str| CardAction {
        label: label.into(),
        does: ActionKind::Repair { asset: status.asset.id.to_string() },
        primary: true,
    };
    Some(match why.code.as_ref() {
        "number.needs_pin" | "meta.instagram_gone" => return None,
        "asset.callback_elsewhere" => repair("Send messages here again"),
        "asset.not_subscribed" => repair("Subscribe again"),
        "asset.permission_missing" | "asset.permission_lost" => {
            link("Ask again", format!("/connect?connection={connection}&rerequest=1"))
        }
        "asset.not_visible" | "asset.no_page_token" | "number.migrated" | "number.deleted" | "meta.app_gone" => {
            link("Reconnect", format!("/connect?connection={connection}"))
        }
        code if code.starts_with("meta.token.") || code.starts_with("connection.") => {
            link("Reconnect", format!("/connect?connection={connection}"))
        }
        _ => CardAction {
            label: "Test connection".into(),
            does: ActionKind::Test { connection: Some(connection.to_string()) },
            primary: true,
        },
    })
}

/// Meta's `account_status` (Meta reference §5.5).
fn account(status: i64) -> (&'static str, Tone) {
    match status {
        1 => ("active", Tone::Ok),
        2 => ("disabled by Meta", Tone::Bad),
        3 | 8 | 9 => ("a payment is due", Tone::Warn),
        7 => ("in review", Tone::Warn),
        100 => ("being closed", Tone::Bad),
        101 => ("closed", Tone::Bad),
        _ => ("in a state that Attaché does not know", Tone::Warn),
    }
}

/// An address without what may be secret in it.
fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;
    use server::clock::Timestamp;

    fn number(quality: &str) -> AssetHealth {
        AssetHealth {
            status: Some("CONNECTED".into()),
            quality_rating: Some(quality.into()),
            messaging_limit: Some("TIER_1K".into()),
            ..AssetHealth::default()
        }
    }

    #[test]
    fn metas_words_become_plain_ones() {
        let said = facts(AssetKind::WhatsappNumber, &number("YELLOW"));
        let said: Vec<_> = said.iter().map(|fact| (fact.name.as_str(), fact.value.as_str(), fact.tone)).collect();
        assert_eq!(
            said,
            [
                ("Permissions", "all that it needs", Tone::Ok),
                ("Status at Meta", "Connected", Tone::Ok),
                ("Quality", "Medium", Tone::Warn),
                ("Writes first to", "1,000 customers in 24 hours", Tone::Idle),
            ]
        );
    }

    #[test]
    fn only_what_changed_is_a_change() {
        let change = |at, quality| HealthChange {
            since: Timestamp::from_millis(at),
            seen: Timestamp::from_millis(at),
            state: number(quality),
        };
        let told = changes(AssetKind::WhatsappNumber, &[change(3, "RED"), change(2, "YELLOW"), change(1, "GREEN")]);
        let expected = [
            Change { at: 3, text: "Quality: Low, before Medium".into() },
            Change { at: 2, text: "Quality: Medium, before High".into() },
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        assert_eq!(without_query("https://other.example/hook?token=x"), "https://other.example/hook");
    }
}
