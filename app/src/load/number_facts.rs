//! What is known of a number, one line each.

use super::number_words::{
    LIMIT, NAME_REVIEW, QUALITY, SPEED, STATUS, VERIFICATION, limit, name_review, quality, status, throughput,
    verification,
};
use crate::dto::health::{Health, Tone};
use crate::dto::numbers::Fact;
use server::connect::numbers::{NumberView, Registration};

/// Everything that is known, in the order of the page.
pub fn facts(view: &NumberView) -> Vec<Fact> {
    let detail = &view.detail;
    let plain = |name: &str, value: String| Fact { name: name.into(), value, tone: None, at: None };
    let told = |name: &str, health: Health| Fact {
        name: name.into(),
        value: health.word,
        tone: (health.tone != Tone::Idle).then_some(health.tone),
        at: None,
    };
    let seen = detail.verified_name.clone().unwrap_or_else(|| "None yet".into());
    let badge = if detail.official { format!("{seen}, official business account") } else { seen };
    let mut facts = vec![
        plain("Number", view.status.asset.name.clone()),
        plain("Name that customers see", badge),
        told(NAME_REVIEW, name_review(detail.name_status.as_deref())),
        plain("WhatsApp account", view.account.clone().unwrap_or_else(|| "Unknown".into())),
        told(STATUS, status(detail.status.as_deref())),
        told(QUALITY, quality(detail.quality_rating.as_deref())),
        plain(LIMIT, limit(detail.messaging_limit.as_deref())),
        plain(SPEED, speed(view).into()),
        told(VERIFICATION, verification(detail.code_verification_status.as_deref())),
        plain("Two-step PIN", if detail.pin_enabled { "Set".into() } else { "None".into() }),
    ];
    facts.push(registered(view));
    let last = view.status.asset.last_event_at;
    facts.push(Fact {
        name: "Last event".into(),
        value: if last.is_some() { String::new() } else { "None yet".into() },
        tone: None,
        at: last,
    });
    facts
}

fn registered(view: &NumberView) -> Fact {
    let (value, tone, at) = match view.registration {
        Registration::Registered(Some(at)) => ("Since", None, Some(at.as_millis())),
        Registration::Registered(None) => ("Yes, before it was connected here", None, None),
        Registration::Unregistered | Registration::Unverified => ("Not registered", Some(Tone::Warn), None),
        Registration::BusinessApp => ("By the WhatsApp Business app", None, None),
    };
    Fact { name: "Registered".into(), value: value.into(), tone, at }
}

fn speed(view: &NumberView) -> &'static str {
    // Fixed for numbers of the app (Meta reference §2.9).
    if view.registration == Registration::BusinessApp {
        return "20 messages a second";
    }
    throughput(view.detail.throughput.as_deref())
}
