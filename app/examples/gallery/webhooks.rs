//! Sample data of what arrives from Meta.

use crate::assets::{climbed, waiting};
use crate::{DAY, MINUTE, NOW};
use app::dto::admin::{HandshakeRow, Intake, RefusedRow};
use app::dto::deliveries::*;
use app::dto::health::{Health, Platform, Tone};
use app::dto::reason::Reason;
use app::dto::test_message::*;

pub(crate) fn test() -> TestPage {
    TestPage {
        id: "ast_1".into(),
        platform: Platform::Facebook,
        name: "Brasa Centro".into(),
        health: Health::new(Tone::Warn, "Waiting"),
        ladder: waiting(),
        place: Place::Meta { href: "https://m.me/102290129340551".into() },
        since: NOW - MINUTE / 2,
        arrived: None,
        overdue: false,
        may_manage: true,
        live: String::new(),
    }
}

pub(crate) fn test_overdue() -> TestPage {
    TestPage {
        id: "ast_2".into(),
        platform: Platform::Instagram,
        name: "@brasa.centro".into(),
        place: Place::Meta { href: "https://ig.me/m/brasa.centro".into() },
        since: NOW - 3 * MINUTE,
        overdue: true,
        ..test()
    }
}

pub(crate) fn test_arrived() -> TestPage {
    TestPage {
        id: "ast_4".into(),
        platform: Platform::Whatsapp,
        name: "+34 612 55 01 02".into(),
        health: Health::new(Tone::Ok, "Active"),
        ladder: climbed(33, 32, 0),
        place: Place::Meta { href: "https://wa.me/34612550102".into() },
        arrived: Some(Arrival { at: NOW, from: "Marta Ruiz".into(), said: "Hola, ¿tenéis mesa para dos?".into() }),
        ..test()
    }
}

pub(crate) fn test_simulator() -> TestPage {
    TestPage { place: Place::Simulator { href: "http://127.0.0.1:4000/_sim/phone".into() }, ..test() }
}

fn row(n: i64, minutes: i64, health: Health, holds: &str, platform: Platform, asset: &str) -> DeliveryRow {
    DeliveryRow {
        id: (1_099_511_627_776 + n).to_string(),
        key: format!("{n}-1"),
        at: NOW - minutes * MINUTE,
        health,
        holds: holds.into(),
        platform: Some(platform),
        asset: asset.into(),
        problem: None,
        replayed_at: None,
    }
}

fn applied() -> Health {
    Health::new(Tone::Ok, "Applied")
}

fn failed() -> DeliveryRow {
    DeliveryRow {
        problem: Some(Reason {
            what: "It could not be applied.".into(),
            why: "The database refused it.".into(),
            todo: "Replay it. When it fails again, tell the operator.".into(),
            help: None,
        }),
        ..row(
            14,
            61,
            Health::new(Tone::Bad, "Failed"),
            "1 message and 1 contact",
            Platform::Whatsapp,
            "+34 600 555 551",
        )
    }
}

pub(crate) fn deliveries() -> DeliveriesPage {
    DeliveriesPage {
        rows: vec![
            row(17, 4, applied(), TOLD, Platform::Facebook, "Brasa Centro"),
            row(16, 9, applied(), "3 statuses", Platform::Whatsapp, "+34 600 555 551"),
            DeliveryRow {
                replayed_at: Some(NOW - 2 * MINUTE),
                ..row(15, 40, applied(), "2 messages and 1 reaction", Platform::Instagram, "@brasa.centro")
            },
            failed(),
            row(12, 60 * 26, applied(), "1 event Attaché does not know yet", Platform::Facebook, "براسا بيروت"),
        ],
        outcome: String::new(),
        older: Some("1-1".into()),
        is_later: false,
        may_replay: true,
        of_all: false,
        live: String::new(),
    }
}

pub(crate) fn deliveries_empty() -> DeliveriesPage {
    DeliveriesPage { rows: vec![], older: None, ..deliveries() }
}

pub(crate) fn deliveries_none() -> DeliveriesPage {
    DeliveriesPage { outcome: "failed".into(), ..deliveries_empty() }
}

pub(crate) fn deliveries_of_all() -> DeliveriesPage {
    DeliveriesPage { of_all: true, ..deliveries() }
}

pub(crate) fn deliveries_of_all_none() -> DeliveriesPage {
    DeliveriesPage { of_all: true, ..deliveries_none() }
}

pub(crate) fn deliveries_agent() -> DeliveriesPage {
    DeliveriesPage { may_replay: false, ..deliveries() }
}

/// What was in the delivery that is looked at.
const TOLD: &str = "1 message and 1 reaction";

const BODY: &str = r#"{"object":"page","entry":[{"id":"102290129340551","time":1795167660000,"messaging":[{"sender":{"id":"7265210390154331"},"recipient":{"id":"102290129340551"},"timestamp":1795167659000,"message":{"mid":"m_example","text":"Do you have a table for two?"}},{"sender":{"id":"7265210390154331"},"recipient":{"id":"102290129340551"},"timestamp":1795167659500,"reaction":{"mid":"m_earlier","action":"react","reaction":"love","emoji":"\u2764"}}]}]}"#;

const MESSAGE: &str = r#"{
  "sender": { "id": "7265210390154331" },
  "recipient": { "id": "102290129340551" },
  "timestamp": 1795167659000,
  "message": {
    "mid": "m_example",
    "text": "Do you have a table for two?"
  }
}"#;

const REACTION: &str = r#"{
  "sender": { "id": "7265210390154331" },
  "recipient": { "id": "102290129340551" },
  "timestamp": 1795167659500,
  "reaction": {
    "mid": "m_earlier",
    "action": "react",
    "reaction": "love",
    "emoji": "\u2764"
  }
}"#;

pub(crate) fn delivery() -> DeliveryPage {
    let event = |sentence: &str, raw: &str| EventRow {
        at: NOW - 4 * MINUTE,
        sentence: sentence.into(),
        problem: None,
        raw: Some(raw.into()),
    };
    DeliveryPage {
        id: "1099511627793".into(),
        at: NOW - 4 * MINUTE,
        meta_app_id: "1029384756102938".into(),
        parts: vec![row(17, 4, applied(), TOLD, Platform::Facebook, "Brasa Centro")],
        events: vec![event("A message from a customer: text.", MESSAGE), event("A reaction to a message.", REACTION)],
        body: Some(BODY.into()),
        expired: false,
        may_replay: true,
        live: String::new(),
    }
}

/// So long ago that its content is not kept any more.
pub(crate) fn delivery_failed() -> DeliveryPage {
    let at = NOW - 40 * DAY;
    DeliveryPage {
        id: "1099511627790".into(),
        at,
        parts: vec![DeliveryRow { at, ..failed() }],
        events: vec![],
        body: None,
        expired: true,
        ..delivery()
    }
}

pub(crate) fn intake() -> Intake {
    Intake {
        refused: vec![
            RefusedRow {
                why: Some(Reason {
                    what: "The webhook’s signature does not hold.".into(),
                    why: "It was made with another secret, or something changed the body on its way.".into(),
                    todo: "Compare META_APP_SECRET with Settings → Basic; after a change keep the old one in META_APP_SECRET_PREVIOUS for some days.".into(),
                    help: Some("/help/errors#signature".into()),
                }),
                app: "1029384756102938".into(),
                count: 1240,
                last_at: NOW - 2 * MINUTE,
            },
            RefusedRow {
                why: Some(Reason {
                    what: "There is no such Meta app here.".into(),
                    why: "The address names an App ID that nobody entered.".into(),
                    todo: "Correct the callback’s address.".into(),
                    help: None,
                }),
                app: String::new(),
                count: 1,
                last_at: NOW - 600 * MINUTE,
            },
        ],
        handshakes: vec![
            HandshakeRow { at: NOW - 33 * MINUTE, ok: true, sentence: "Meta called from 173.252.88.0/24 and was told yes.".into() },
            HandshakeRow {
                at: NOW - 36 * MINUTE,
                ok: false,
                sentence: "Somebody called from 203.0.113.0/24 and was told no: the verify token was another one.".into(),
            },
        ],
        backlog: 12,
        quarantined: 3,
        failed: 1,
        unreadable: 0,
    }
}
