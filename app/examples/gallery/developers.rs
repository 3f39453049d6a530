//! Sample data of endpoints, what was sent to them, and API keys.

use crate::{DAY, MINUTE, NOW};
use app::dto::developers::*;
use app::dto::health::{Health, Tone};
use app::dto::reason::Reason;
use app::words::{count, iso};

const URL: &str = "https://erp.brasa.example/hooks/attache";

/// How many events are on their way, and how many were given up.
fn stands(waiting: usize, failed: usize) -> String {
    let events = |n| count(n, "event", "events");
    match (waiting, failed) {
        (0, 0) => String::new(),
        (0, failed) => format!("{} failed", events(failed)),
        (waiting, 0) => format!("{} on the way", events(waiting)),
        (waiting, failed) => format!("{} on the way, {failed} failed", events(waiting)),
    }
}

fn row(id: &str, url: &str, tone: Tone, word: &str, waiting: usize, failed: usize) -> EndpointRow {
    EndpointRow {
        id: id.into(),
        url: url.into(),
        description: if id == "whe_1" { "Warehouse and tills".into() } else { String::new() },
        health: Health::new(tone, word),
        takes: if id == "whe_2" { "2 types of events".into() } else { "Every event".into() },
        stands: stands(waiting, failed),
        failed,
    }
}

fn kinds() -> Vec<KindRow> {
    let row = |kind: server::event::EventType| KindRow {
        name: kind.as_str().into(),
        tells: kind.tells().into(),
        chosen: false,
    };
    server::event::EventType::ALL.into_iter().map(row).collect()
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
            row("whe_1", URL, Tone::Ok, "Delivering", 2, 1),
            row("whe_2", long, Tone::Warn, "Failing", 3, 2),
            row("whe_3", "https://old.brasa.example/in", Tone::Bad, "Disabled", 0, 14),
        ],
        kinds: kinds(),
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
    let mut page = page();
    page.endpoints.push(row("whe_4", "https://till.brasa.example/events", Tone::Idle, "Nothing sent yet", 0, 0));
    DevelopersPage { fresh_endpoint: Some(FreshEndpoint { id: "whe_4".into(), secret }), ..page }
}

pub(crate) fn new_key() -> DevelopersPage {
    let mut page = page();
    page.keys.insert(0, KeyRow { created_at: NOW, ..key("key_4", "Website", None, None) });
    DevelopersPage { fresh_key: Some("att_c2FtcGxlLWtleS1vZi10aGUtZ2FsbGVyeS0wMDAwMDE".into()), ..page }
}

fn reason(what: &str, why: &str, todo: &str) -> Reason {
    Reason { what: what.into(), why: why.into(), todo: todo.into(), help: None }
}

/// An event of so many minutes ago, taken at once.
fn sent(minutes: i64, kind: &str, took: i64) -> SentRow {
    let at = NOW - minutes * MINUTE;
    let body = serde_json::json!({ "type": kind, "timestamp": iso(at), "data": {} });
    SentRow {
        event: format!("oev_{minutes:032}"),
        kind: kind.into(),
        at,
        health: Health::new(Tone::Ok, "Delivered"),
        last: format!("Answered 200 in {took} ms"),
        tried_at: Some(at),
        next_at: None,
        tries: 1,
        problem: None,
        answer: None,
        body: format!("{body:#}"),
    }
}

/// Nobody has tried it yet.
fn waiting(of: SentRow) -> SentRow {
    let health = Health::new(Tone::Idle, "Waiting");
    SentRow { health, last: String::new(), tries: 0, tried_at: None, next_at: Some(of.at), ..of }
}

/// So many tries were answered with 503, the last one so many minutes ago; the next one is so many minutes away.
fn trying_again(of: SentRow, tries: usize, last: i64, next: i64) -> SentRow {
    SentRow {
        health: Health::new(Tone::Warn, "Trying again"),
        last: "Answered 503 in 112 ms".into(),
        tries,
        tried_at: Some(NOW - last * MINUTE),
        next_at: Some(NOW + next * MINUTE),
        problem: Some(reason(
            "The endpoint did not take the event.",
            "It answered with the status 503; only 200 to 299 count.",
            "Look at the log of the system that receives it, then replay the event.",
        )),
        answer: Some("upstream is being restarted".into()),
        ..of
    }
}

/// It was given up about 28 hours after it happened.
fn given_up(of: SentRow) -> SentRow {
    SentRow {
        health: Health::new(Tone::Bad, "Failed"),
        last: "No answer".into(),
        tries: 8,
        tried_at: Some(of.at + 28 * 60 * MINUTE),
        problem: Some(reason(
            "The endpoint did not answer in time.",
            "It may take 15 seconds.",
            "Answer at once, and do the work afterwards.",
        )),
        ..of
    }
}

fn page_of(endpoint: EndpointRow, sent: Vec<SentRow>) -> EndpointPage {
    EndpointPage {
        endpoint,
        created_by: "Ada Brasa".into(),
        created_at: NOW - 20 * DAY,
        kinds: kinds(),
        disabled: None,
        failing_since: None,
        fresh_secret: None,
        older: sent.last().map(|row| row.event.clone()),
        sent,
        shown: String::new(),
        is_later: false,
        live: String::new(),
    }
}

/// What came after a failure was taken.
pub(crate) fn endpoint() -> EndpointPage {
    let sent = vec![
        waiting(sent(0, "endpoint.test", 0)),
        sent(10, "connection.connected", 41),
        trying_again(sent(20, "connection.expiring", 0), 3, 15, 15),
        given_up(sent(60 * 40, "asset.health_changed", 0)),
    ];
    page_of(row("whe_1", URL, Tone::Ok, "Delivering", 2, 1), sent)
}

/// Nothing was taken for a day.
pub(crate) fn failing() -> EndpointPage {
    let sent = vec![
        waiting(sent(0, "endpoint.test", 0)),
        trying_again(sent(20, "connection.expiring", 0), 3, 15, 15),
        trying_again(sent(60 * 24, "connection.connected", 0), 7, 385, 215),
        sent(60 * 25, "connection.connected", 41),
        given_up(sent(60 * 40, "asset.health_changed", 0)),
    ];
    let page = page_of(row("whe_1", URL, Tone::Warn, "Failing", 3, 1), sent);
    EndpointPage { failing_since: Some(NOW - DAY), ..page }
}

/// It said so a day ago. What is older stands as it stood then.
pub(crate) fn gone() -> EndpointPage {
    let why = || {
        reason(
            "The endpoint says that it is gone.",
            "It answered with the status 410, which ends the sending for good.",
            "Delete the endpoint, or enable it again once it takes events.",
        )
    };
    let last = SentRow {
        health: Health::new(Tone::Bad, "Failed"),
        last: "Answered 410 in 38 ms".into(),
        problem: Some(why()),
        ..sent(60 * 24, "connection.expiring", 0)
    };
    let sent =
        vec![last, sent(60 * 25, "connection.connected", 41), given_up(sent(60 * 70, "asset.health_changed", 0))];
    let page = page_of(row("whe_1", URL, Tone::Bad, "Disabled", 0, 2), sent);
    EndpointPage { disabled: Some(DisabledBecause { at: NOW - DAY, by: "Attaché".into(), why: Some(why()) }), ..page }
}

/// Somebody disabled it half an hour ago: nothing came to it since, and what was on its way waits.
pub(crate) fn paused() -> EndpointPage {
    let sent = vec![
        trying_again(sent(33, "connection.expiring", 0), 2, 33, -28),
        sent(50, "connection.connected", 41),
        given_up(sent(60 * 40, "asset.health_changed", 0)),
    ];
    let page = page_of(row("whe_1", URL, Tone::Idle, "Disabled", 1, 1), sent);
    let disabled = DisabledBecause { at: NOW - 30 * MINUTE, by: "Leo Costa".into(), why: None };
    EndpointPage { disabled: Some(disabled), ..page }
}

/// It was added a moment ago.
pub(crate) fn nothing_sent() -> EndpointPage {
    let page = page_of(row("whe_1", URL, Tone::Idle, "Nothing sent yet", 0, 0), vec![]);
    EndpointPage { created_at: NOW - MINUTE, ..page }
}

pub(crate) fn new_secret() -> EndpointPage {
    let secret = "whsec_c2FtcGxlLXNlY3JldC1vZi10aGUtZ2FsbGVyeS0wMDI=".into();
    EndpointPage { fresh_secret: Some(FreshSecret { secret, former_until: NOW + DAY }), ..endpoint() }
}
