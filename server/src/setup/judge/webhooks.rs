//! Whether Meta's events reach us: what Meta lists, the handshake, the signatures (Meta reference §6.2, §7.1, §7.2).

use super::Known;
use crate::{
    meta::{APP_OBJECTS, AppSubscription},
    setup::{Action, Answer, Check, Group},
    words::{Language, failures::webhooks as failures},
};

const SUBSCRIPTIONS: &str = "webhooks.subscriptions";
const HANDSHAKE: &str = "webhooks.handshake";
const SIGNATURES: &str = "webhooks.signatures";
const ALLOWANCE: &str = "webhooks.allowance";

pub(super) fn checks(known: &Known<'_>) -> Vec<Check> {
    let mut checks = vec![public_url(known), subscriptions(known), handshake(known), signatures(known)];
    checks.extend(allowance(known));
    checks
}

/// There is something to say only where a business's own app was over what it may have stored.
fn allowance(known: &Known<'_>) -> Option<Check> {
    let (count, last) = known.over_allowance?;
    let why = failures::over_allowance().told(Language::En).why;
    let check = Check::wrong(ALLOWANCE, Group::Webhooks, "This app’s webhooks are more than may be stored")
        .why(format!("{} in the last 24 hours a webhook was put off. {why}", times(count)))
        .todo("Send fewer fields, or ask whoever runs this installation to raise ATTACHE_OWN_APP_WEBHOOKS_MB.");
    Some(check.at(Some(last)))
}

fn times(count: i64) -> String {
    if count == 1 { "1 time".to_owned() } else { format!("{count} times") }
}

fn public_url(known: &Known<'_>) -> Check {
    const NAME: &str = "webhooks.public_url";
    let url = known.public_url;
    if !known.reachable_scheme() {
        return Check::wrong(NAME, Group::Webhooks, "The public address is not https")
            .why(format!("It is {url}. Meta calls https addresses alone, and its login refuses other pages."))
            .todo("Put Attaché behind https with a certificate that browsers trust, and set ATTACHE_PUBLIC_URL to that address.");
    }
    let seen = known.seen.handshake_at.max(known.seen.delivery_at);
    match seen {
        Some(at) => Check::proven(NAME, Group::Webhooks, "Meta reaches the public address")
            .why(format!("It called {url} and was answered."))
            .at(Some(at)),
        None => Check::waiting(NAME, Group::Webhooks, "Meta has not called the public address yet")
            .why(format!("Whether {url} can be reached from outside is proven when Meta calls it for the first time."))
            .todo("Subscribe to the webhooks: Meta calls the address at once.")
            .action(Action::Subscribe),
    }
}

/// What is missing of one object; `None` when nothing is.
fn missing(listed: &[AppSubscription], object: &str, fields: &[&str], callback: &str) -> Option<String> {
    let Some(found) = listed.iter().find(|one| one.object == object) else {
        return Some(format!("{object} is not subscribed"));
    };
    if found.callback_url != callback {
        return Some(format!("{object} goes to {}", found.callback_url));
    }
    if !found.active {
        return Some(format!("{object} is switched off by Meta"));
    }
    let has = |field: &str| found.fields.iter().any(|one| one.name == field);
    let lacking: Vec<&str> = fields.iter().copied().filter(|field| !has(field)).collect();
    (!lacking.is_empty()).then(|| format!("{object} lacks the fields {}", lacking.join(", ")))
}

fn subscriptions(known: &Known<'_>) -> Check {
    let listed = match known.answers.and_then(|answers| answers.listed.as_ref()) {
        Some(Answer::Told(listed)) => listed,
        Some(Answer::Refused(why) | Answer::Unasked(why)) => {
            let why = why.told(Language::En);
            return Check::waiting(SUBSCRIPTIONS, Group::Webhooks, "Meta did not list the app’s webhooks")
                .why(format!("{} {}", why.what, why.why))
                .at(known.asked_at())
                .action(Action::CheckAgain);
        }
        None => {
            return Check::waiting(SUBSCRIPTIONS, Group::Webhooks, "Meta has not been asked which webhooks it sends")
                .why("It lists them to whoever has the App Secret.");
        }
    };
    let callback = known.callback.as_str();
    let missing: Vec<String> =
        APP_OBJECTS.iter().filter_map(|(object, fields)| missing(listed, object, fields, callback)).collect();
    if missing.is_empty() {
        let what = format!("Meta sends its webhooks here, {} objects", APP_OBJECTS.len());
        let names: Vec<&str> = APP_OBJECTS.iter().map(|(object, _)| *object).collect();
        return Check::proven(SUBSCRIPTIONS, Group::Webhooks, what)
            .why(format!("{}, each with every field that Attaché uses.", names.join(", ")))
            .at(known.asked_at());
    }
    let other = listed
        .iter()
        .find(|one| one.callback_url != callback && APP_OBJECTS.iter().any(|(object, _)| *object == one.object));
    let check = match other {
        Some(other) => Check::wrong(SUBSCRIPTIONS, Group::Webhooks, "Another tool receives this app’s webhooks")
            .why(format!(
                "Meta sends an app’s events to one address per object, and it lists {} in the place of {callback}: {}.",
                other.callback_url,
                missing.join("; ")
            ))
            .todo("Press Subscribe to have them sent here. The other tool then receives none of them any more."),
        None if listed.is_empty() => Check::waiting(SUBSCRIPTIONS, Group::Webhooks, "Meta does not send webhooks yet")
            .why("Nothing is subscribed. Attaché does it by itself with the first connection.")
            .todo("Press Subscribe to do it now: Meta calls the callback URL at once, so that it is proven early."),
        None => Check::wrong(SUBSCRIPTIONS, Group::Webhooks, "Meta does not send every webhook")
            .why(format!("{}.", missing.join("; ")))
            .todo("Press Subscribe."),
    };
    let check = match known.unsubscribed {
        Some(why) => {
            let before = check.why.clone();
            check.why(format!("{before} The last try failed: {}", why.told(Language::En).why))
        }
        None => check,
    };
    check.at(known.asked_at()).action(Action::Subscribe)
}

fn handshake(known: &Known<'_>) -> Check {
    let seen = known.seen;
    match (seen.handshake_at, seen.wrong_token_at) {
        (right, Some(wrong)) if right.is_none_or(|right| wrong > right) => {
            // Anybody can ask, so this is no proof of a mistake.
            Check::waiting(HANDSHAKE, Group::Webhooks, "Somebody asked with another verify token")
                .why("The callback was asked whether it is ours, and the verify token of the question is not the one below. Anybody can ask; Meta does when somebody presses Verify and save.")
                .todo("Copy the verify token below into Webhooks → Edit subscription, and press Verify and save.")
                .at(Some(wrong))
        }
        (Some(right), _) => Check::proven(HANDSHAKE, Group::Webhooks, "Meta called the webhook")
            .why("It asked whether the callback is ours, with the right verify token, and was answered.")
            .at(Some(right)),
        _ => Check::waiting(HANDSHAKE, Group::Webhooks, "Meta has not asked whether the callback is ours")
            .why("It does when the webhooks are subscribed, here or in its dashboard."),
    }
}

fn signatures(known: &Known<'_>) -> Check {
    match (known.wrong_signatures, known.seen.delivery_at) {
        (Some((count, last)), delivered) if delivered.is_none_or(|delivered| last > delivered) => {
            let times = times(count);
            // Anybody can send, so this is no proof of a mistake.
            Check::waiting(SIGNATURES, Group::Webhooks, "Something with a wrong signature was turned away")
                .why(format!(
                    "{times} in the last 24 hours something came that the App Secret did not sign. Either it is not Meta’s, \
                     or the secret was reset in Meta’s dashboard, or another app sends here, or a proxy changes the body."
                ))
                .todo("If the secret was reset, enter the new one. Let the proxy pass bodies and X-Hub-Signature-256 unchanged.")
                .at(Some(last))
        }
        (_, Some(delivered)) => Check::proven(SIGNATURES, Group::Webhooks, "Signed webhooks arrive")
            .why("The last one was signed with this app’s secret.")
            .at(Some(delivered)),
        _ => Check::waiting(SIGNATURES, Group::Webhooks, "No webhook has arrived yet")
            .why("The first event of a connected asset proves the way and the signature."),
    }
}
