//! Sample data of endpoints, what was sent to them, and API keys.

use crate::{DAY, MINUTE, NOW};
use app::dto::developers::*;
use app::dto::health::{Health, Tone};
use app::dto::reason::Reason;

const URL: &str = "https://erp.brasa.example/hooks/attache";

fn row(id: &str, url: &str, tone: Tone, word: &str, stands: &str) -> EndpointRow {
    EndpointRow {
        id: id.into(),
        url: url.into(),
        description: if id == "whe_1" { "Warehouse and tills".into() } else { String::new() },
        health: Health::new(tone, word),
        takes: if id == "whe_2" { "2 types of events".into() } else { "Every event".into() },
        stands: stands.into(),
        failed: if stands.contains("failed") { 2 } else { 0 },
    }
}

fn kinds(chosen: &[&str]) -> Vec<KindRow> {
    server::event::EventType::ALL
        .into_iter()
        .map(|kind| KindRow {
            name: kind.as_str().into(),
            tells: kind.tells().into(),
            chosen: chosen.contains(&kind.as_str()),
        })
        .collect()
}

fn key(id: &str, name: &str, used: Option<i64>, revoked: Option<i64>) -> KeyRow {
    KeyRow {
        id: id.into(),
        name: name.into(),
        created_at: NOW - 40 * DAY,
        last_used_at: used.map(|ago| NOW - ago),
        revoked_at: revoked.map(|ago| NOW - ago),
    }
}

pub(crate) fn page() -> DevelopersPage {
    let long = "https://automation.example.com/webhooks/2f1c9b7e4d3a/a-very-long-path-that-some-services-give-to-each-of-their-customers";
    DevelopersPage {
        endpoints: vec![
            row("whe_1", URL, Tone::Ok, "Delivering", ""),
            row("whe_2", long, Tone::Warn, "Failing", "3 events on the way, 2 failed"),
            row("whe_3", "https://old.brasa.example/in", Tone::Bad, "Disabled", "14 events failed"),
        ],
        kinds: kinds(&[]),
        keys: vec![
            key("key_1", "Till in the Centro shop", Some(3 * MINUTE), None),
            key("key_2", "Report of the month", None, None),
            key("key_3", "An earlier till", Some(12 * DAY), Some(9 * DAY)),
        ],
        may_make_keys: true,
        fresh_endpoint: None,
        fresh_key: None,
        live: String::new(),
    }
}

pub(crate) fn empty() -> DevelopersPage {
    DevelopersPage { endpoints: vec![], keys: vec![], ..page() }
}

pub(crate) fn of_admin() -> DevelopersPage {
    DevelopersPage { may_make_keys: false, ..page() }
}

pub(crate) fn new_endpoint() -> DevelopersPage {
    let secret = "whsec_c2FtcGxlLXNlY3JldC1vZi10aGUtZ2FsbGVyeS0wMDE=".into();
    DevelopersPage { fresh_endpoint: Some(FreshEndpoint { id: "whe_1".into(), secret }), ..page() }
}

pub(crate) fn new_key() -> DevelopersPage {
    DevelopersPage { fresh_key: Some("att_c2FtcGxlLWtleS1vZi10aGUtZ2FsbGVyeS0wMDAwMDE".into()), ..page() }
}

fn reason(what: &str, why: &str, todo: &str) -> Reason {
    Reason { what: what.into(), why: why.into(), todo: todo.into(), help: None }
}

fn sent(number: i64, kind: &str, health: Health, last: &str) -> SentRow {
    SentRow {
        event: format!("oev_{number:032}"),
        kind: kind.into(),
        at: NOW - number * 50 * MINUTE,
        health,
        last: last.into(),
        tried_at: Some(NOW - number * 50 * MINUTE),
        next_at: None,
        tries: 1,
        problem: None,
        answer: None,
        body: format!("{{\n  \"type\": \"{kind}\",\n  \"timestamp\": \"2026-11-20T09:00:00Z\",\n  \"data\": {{}}\n}}"),
    }
}

pub(crate) fn endpoint() -> EndpointPage {
    EndpointPage {
        endpoint: row("whe_1", URL, Tone::Ok, "Delivering", "1 event on the way, 1 failed"),
        created_by: "Ada Brasa".into(),
        created_at: NOW - 20 * DAY,
        kinds: kinds(&["connection.expiring", "connection.refused"]),
        disabled: None,
        failing_since: None,
        fresh_secret: None,
        sent: vec![
            SentRow { tries: 0, tried_at: None, ..sent(0, "endpoint.test", Health::new(Tone::Idle, "Waiting"), "") },
            SentRow {
                next_at: Some(NOW + 25 * MINUTE),
                tries: 3,
                problem: Some(reason(
                    "The endpoint did not take the event.",
                    "It answered with the status 503; only 200 to 299 count.",
                    "Look at the log of the system that receives it, then replay the event.",
                )),
                answer: Some("upstream is being restarted".into()),
                ..sent(1, "connection.expiring", Health::new(Tone::Warn, "Trying again"), "Answered 503 in 112 ms")
            },
            sent(2, "connection.connected", Health::new(Tone::Ok, "Delivered"), "Answered 200 in 41 ms"),
            SentRow {
                tries: 8,
                problem: Some(reason(
                    "The endpoint did not answer in time.",
                    "It may take 15 seconds.",
                    "Answer at once, and do the work afterwards.",
                )),
                ..sent(40, "asset.health_changed", Health::new(Tone::Bad, "Failed"), "No answer")
            },
        ],
        shown: String::new(),
        older: Some("oev_00000000000000000000000000000040".into()),
        is_later: false,
        live: String::new(),
    }
}

pub(crate) fn failing() -> EndpointPage {
    let mut page = endpoint();
    page.endpoint.health = Health::new(Tone::Warn, "Failing");
    EndpointPage { failing_since: Some(NOW - DAY), ..page }
}

pub(crate) fn gone() -> EndpointPage {
    let mut page = endpoint();
    page.endpoint.health = Health::new(Tone::Bad, "Disabled");
    let why = reason(
        "The endpoint says that it is gone.",
        "It answered with the status 410, which ends the sending for good.",
        "Delete the endpoint, or enable it again once it takes events.",
    );
    EndpointPage { disabled: Some(DisabledBecause { at: NOW - DAY, by: "Attaché".into(), why: Some(why) }), ..page }
}

pub(crate) fn paused() -> EndpointPage {
    let mut page = endpoint();
    page.endpoint.health = Health::new(Tone::Idle, "Disabled");
    EndpointPage {
        disabled: Some(DisabledBecause { at: NOW - 30 * MINUTE, by: "Leo Costa".into(), why: None }),
        ..page
    }
}

pub(crate) fn nothing_sent() -> EndpointPage {
    let mut page = endpoint();
    page.endpoint.health = Health::new(Tone::Idle, "Nothing sent yet");
    EndpointPage { sent: vec![], older: None, ..page }
}

pub(crate) fn new_secret() -> EndpointPage {
    let secret = "whsec_c2FtcGxlLXNlY3JldC1vZi10aGUtZ2FsbGVyeS0wMDI=".into();
    EndpointPage { fresh_secret: Some(FreshSecret { secret, former_until: NOW + DAY }), ..endpoint() }
}
