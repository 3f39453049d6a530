//! Sample data of the pages about WhatsApp numbers.

use crate::assets::{climbed, heard, unregistered as without_registration, waiting};
use crate::{DAY, MINUTE, NOW};
use app::dto::health::{Health, Tone};
use app::dto::numbers::*;
use app::dto::reason::Reason;

fn row(n: usize, title: &str, detail: &str, health: Health, quality: Health, last: Option<i64>) -> NumberRow {
    // Meta rates a number, and lets it write to more people, once it sends.
    let limit = if quality.tone == Tone::Idle { "250 customers in 24 hours" } else { "2,000 customers in 24 hours" };
    NumberRow {
        id: format!("ast_{n}"),
        title: title.into(),
        detail: detail.into(),
        account: "Brasa Café".into(),
        quality,
        limit: limit.into(),
        last_event_at: last.map(|minutes| NOW - minutes * MINUTE),
        health,
    }
}

pub(crate) fn list() -> NumbersPage {
    let (active, high) = (Health::new(Tone::Ok, "Active"), Health::new(Tone::Ok, "High"));
    let (idle, unrated) = (Health::new(Tone::Warn, "Not registered"), Health::new(Tone::Idle, "Not rated yet"));
    let (wrong, low) = (Health::new(Tone::Bad, "Attention"), Health::new(Tone::Bad, "Low"));
    NumbersPage {
        rows: vec![
            row(1, "Counter, Centro", "+34 600 555 551 · Brasa Café", active, high, Some(4)),
            row(2, "+34 600 555 552", "Brasa Playa", idle, unrated, None),
            row(3, "+34 600 555 553", "مجموعة النور", wrong, low, Some(3 * 24 * 60)),
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

/// What is known of a number.
struct Known {
    status: (&'static str, Tone),
    quality: (&'static str, Option<Tone>),
    limit: &'static str,
    speed: &'static str,
    verification: (&'static str, Tone),
    pin: &'static str,
    registered: Fact,
    last: Option<i64>,
}

fn facts(of: Known) -> Vec<Fact> {
    let last = of.last.map(|minutes| NOW - minutes * MINUTE);
    vec![
        fact("Number", "+34 600 555 551", None, None),
        fact("Name that customers see", "Brasa Café", None, None),
        fact("Review of its name", "Approved", Some(Tone::Ok), None),
        fact("WhatsApp account", "Brasa Café", None, None),
        fact("Status at Meta", of.status.0, Some(of.status.1), None),
        fact("Quality", of.quality.0, of.quality.1, None),
        fact("Writes first to", of.limit, None, None),
        fact("Speed", of.speed, None, None),
        fact("Verification", of.verification.0, Some(of.verification.1), None),
        fact("Two-step PIN", of.pin, None, None),
        of.registered,
        fact("Last event", if last.is_some() { "" } else { "None yet" }, None, last),
    ]
}

fn working() -> Known {
    Known {
        status: ("Connected", Tone::Ok),
        quality: ("High", Some(Tone::Ok)),
        limit: "2,000 customers in 24 hours",
        speed: "80 messages a second",
        verification: ("Verified", Tone::Ok),
        pin: "Set",
        registered: fact("Registered", "Since", None, Some(NOW - 3 * DAY)),
        last: Some(4),
    }
}

/// Before it is registered it neither sends nor receives, and Meta rates nothing.
fn idle() -> Known {
    Known {
        status: ("Pending", Tone::Warn),
        quality: ("Not rated yet", None),
        limit: "250 customers in 24 hours",
        speed: "None while it is not registered",
        registered: fact("Registered", "Not registered", Some(Tone::Warn), None),
        last: None,
        ..working()
    }
}

/// Connected and registered three days ago, and in use since the day after.
pub(crate) fn one() -> NumberPage {
    const SINCE: i64 = 3 * 24 * 60;
    NumberPage {
        id: "ast_1".into(),
        number: "+34 600 555 551".into(),
        friendly_name: "Counter, Centro".into(),
        account: "Brasa Café".into(),
        health: Health::new(Tone::Ok, "Active"),
        standing: Standing::Registered,
        ladder: climbed(33, SINCE, SINCE - 24 * 60),
        reason: heard(SINCE - 24 * 60, 4),
        in_the_way: None,
        facts: facts(working()),
        read_at: Some(NOW - 33 * MINUTE),
        app_syncs: vec![],
        meta_id: "190638523274551".into(),
        has_pin: true,
        languages: vec![("en_US".into(), "English".into()), ("es_ES".into(), "Español".into())],
        may_manage: true,
        live: "1-1".into(),
    }
}

/// Its code is awaited: it is neither verified nor registered.
pub(crate) fn unverified() -> NumberPage {
    NumberPage {
        friendly_name: String::new(),
        health: Health::new(Tone::Warn, "Not verified"),
        standing: Standing::Unverified,
        ladder: waiting(),
        reason: String::new(),
        in_the_way: Some(InTheWay {
            tone: Tone::Warn,
            why: Reason {
                what: "This number is not verified.".into(),
                help: Some("/help/errors#number-registration".into()),
                ..Reason::default()
            },
        }),
        facts: facts(Known {
            status: ("Not verified", Tone::Warn),
            verification: ("Not verified", Tone::Warn),
            pin: "None",
            ..idle()
        }),
        has_pin: false,
        ..one()
    }
}

/// Meta registers it with its own PIN alone, which nobody has entered yet.
pub(crate) fn unregistered() -> NumberPage {
    NumberPage {
        health: Health::new(Tone::Warn, "Not registered"),
        standing: Standing::Unregistered,
        ladder: without_registration(),
        reason: String::new(),
        in_the_way: Some(InTheWay {
            tone: Tone::Bad,
            why: Reason {
                what: "This number needs its PIN.".into(),
                why: "It has a two-step PIN already, and Meta registers it with that one alone.".into(),
                todo: "Enter the number's six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first."
                    .into(),
                help: Some("/help/errors#number-registration".into()),
            },
        }),
        facts: facts(idle()),
        ..one()
    }
}

pub(crate) fn business_app() -> NumberPage {
    let declined = Reason {
        what: "The earlier chats are not shared.".into(),
        why: "Whoever connected the app chose there not to share them (Meta's 2593109).".into(),
        todo: "Nothing is missing from now on. To share them after all, disconnect in the WhatsApp Business app and set the number up again.".into(),
        help: Some("/help/errors#no-history".into()),
    };
    NumberPage {
        standing: Standing::BusinessApp,
        facts: facts(Known {
            speed: "20 messages a second",
            pin: "None",
            registered: fact("Registered", "By the WhatsApp Business app", None, None),
            ..working()
        }),
        has_pin: false,
        app_syncs: vec![
            AppSyncRow {
                name: "Contacts".into(),
                health: Health::new(Tone::Ok, "Asked for"),
                text: "They arrive by themselves. Asked for".into(),
                at: Some(NOW - 3 * DAY),
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
