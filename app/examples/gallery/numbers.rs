//! Sample data of the pages about WhatsApp numbers.

use crate::desk::{active, broken, waiting};
use crate::{DAY, MINUTE, NOW};
use app::dto::health::{Health, Tone};
use app::dto::numbers::*;
use app::dto::reason::Reason;

fn row(n: usize, title: &str, detail: &str, health: Health, quality: Health) -> NumberRow {
    NumberRow {
        id: format!("ast_{n}"),
        title: title.into(),
        detail: detail.into(),
        account: "Brasa Café".into(),
        quality,
        limit: "2,000 customers in 24 hours".into(),
        last_event_at: (health.tone == Tone::Ok).then_some(NOW - 4 * MINUTE),
        health,
    }
}

pub(crate) fn list() -> NumbersPage {
    let high = || Health::new(Tone::Ok, "High");
    NumbersPage {
        rows: vec![
            row(1, "Counter, Centro", "+34 600 555 551 · Brasa Café", Health::new(Tone::Ok, "Active"), high()),
            row(2, "+34 600 555 552", "Brasa Playa", Health::new(Tone::Warn, "Not registered"), high()),
            row(
                3,
                "+34 600 555 553",
                "مجموعة النور",
                Health::new(Tone::Bad, "Attention"),
                Health::new(Tone::Bad, "Low"),
            ),
        ],
        may_manage: true,
        live: "1-1".into(),
    }
}

pub(crate) fn empty() -> NumbersPage {
    NumbersPage { rows: vec![], ..list() }
}

fn fact(name: &str, value: &str, tone: Option<Tone>, at: Option<i64>) -> Fact {
    Fact { name: name.into(), value: value.into(), tone, at }
}

pub(crate) fn one() -> NumberPage {
    NumberPage {
        id: "ast_1".into(),
        number: "+34 600 555 551".into(),
        friendly_name: "Counter, Centro".into(),
        account: "Brasa Café".into(),
        health: Health::new(Tone::Ok, "Active"),
        standing: Standing::Registered,
        ladder: active(),
        reason: "First message 09:13. Last event 4 min ago.".into(),
        in_the_way: None,
        facts: vec![
            fact("Number", "+34 600 555 551", None, None),
            fact("Name that customers see", "Brasa Café", None, None),
            fact("Review of its name", "Approved", Some(Tone::Ok), None),
            fact("WhatsApp account", "Brasa Café", None, None),
            fact("Status at Meta", "Connected", Some(Tone::Ok), None),
            fact("Quality", "High", Some(Tone::Ok), None),
            fact("Writes first to", "2,000 customers in 24 hours", None, None),
            fact("Speed", "80 messages a second", None, None),
            fact("Verification", "Verified", Some(Tone::Ok), None),
            fact("Two-step PIN", "Set", None, None),
            fact("Registered", "Since", None, Some(NOW - 3 * DAY)),
            fact("Last event", "", None, Some(NOW - 4 * MINUTE)),
        ],
        read_at: Some(NOW - 33 * MINUTE),
        app_syncs: vec![],
        meta_id: "190638523274551".into(),
        has_pin: true,
        languages: vec![("en_US".into(), "English".into()), ("es_ES".into(), "Español".into())],
        may_manage: true,
        live: "1-1".into(),
    }
}

pub(crate) fn unverified() -> NumberPage {
    NumberPage {
        friendly_name: String::new(),
        health: Health::new(Tone::Warn, "Not verified"),
        standing: Standing::Unverified,
        ladder: waiting(),
        in_the_way: Some(InTheWay {
            tone: Tone::Warn,
            why: Reason { what: "This number is not verified.".into(), ..Reason::default() },
        }),
        has_pin: false,
        ..one()
    }
}

pub(crate) fn unregistered() -> NumberPage {
    NumberPage {
        health: Health::new(Tone::Warn, "Not registered"),
        standing: Standing::Unregistered,
        ladder: broken(),
        reason: String::new(),
        in_the_way: Some(InTheWay {
            tone: Tone::Bad,
            why: Reason {
                what: "This number needs its PIN.".into(),
                why: "It has a two-step PIN already, and Meta registers it with that one alone.".into(),
                todo: "Enter the number's six-digit PIN.".into(),
                help: Some("/help/errors#number-registration".into()),
            },
        }),
        ..one()
    }
}

pub(crate) fn business_app() -> NumberPage {
    let declined = Reason {
        what: "The earlier chats are not shared.".into(),
        why: "Whoever connected the app chose there not to share them.".into(),
        ..Reason::default()
    };
    NumberPage {
        standing: Standing::BusinessApp,
        app_syncs: vec![
            AppSyncRow {
                name: "Contacts".into(),
                health: Health::new(Tone::Ok, "Asked for"),
                text: "They arrive by themselves. Asked for".into(),
                at: Some(NOW),
                why: None,
            },
            AppSyncRow {
                name: "Chats of the last 180 days".into(),
                health: Health::new(Tone::Bad, "Not taken over"),
                text: String::new(),
                at: None,
                why: Some(declined),
            },
        ],
        ..one()
    }
}

pub(crate) fn add() -> app::dto::signup::AddNumberPage {
    app::dto::signup::AddNumberPage { offered: true, popup_on_http: false, for_operator: false }
}
