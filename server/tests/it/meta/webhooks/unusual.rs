//! Bodies that are unusual as a whole: deep, broken, escaped, large.

use serde_json::json;
use server::{
    asset_kind::AssetKind,
    meta::webhook::{Content, Event, Happening, Unreadable, read},
    words::Language,
};

use super::RECEIVED;

fn text_body(text_as_json: &str) -> String {
    format!(
        r#"{{"object":"page","entry":[{{"id":"1353269864728879","time":1763632800123,"messaging":[
        {{"sender":{{"id":"72110"}},"recipient":{{"id":"1353269864728879"}},"timestamp":1763632799123,
        "message":{{"mid":"m_1","text":{text_as_json}}}}}]}}]}}"#
    )
}

fn only_message(body: &[u8]) -> Content {
    let events = read(body, RECEIVED).unwrap();
    match <[Event; 1]>::try_from(events).unwrap().map(|event| event.what) {
        [Happening::Message(content)] => content,
        [other] => panic!("{other:?}"),
    }
}

#[test]
fn what_is_too_deep_says_so_and_does_not_overflow() {
    for depth in [200, 1_000_000] {
        let body = text_body(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        assert_eq!(read(body.as_bytes(), RECEIVED), Err(Unreadable::TooDeep));
    }
    let shallow = text_body(&format!("{}{}", "[".repeat(100), "]".repeat(100)));
    assert!(matches!(read(shallow.as_bytes(), RECEIVED).unwrap()[0].what, Happening::Unknown { .. }));
}

#[test]
fn what_is_no_webhook_says_so() {
    for (body, expected) in [
        ("", Unreadable::NotJson { line: 1, column: 0 }),
        ("entry=1", Unreadable::NotJson { line: 1, column: 1 }),
        ("{\"object\":\"page\",", Unreadable::NotJson { line: 1, column: 17 }),
        ("null", Unreadable::NoEntry),
        ("[]", Unreadable::NoEntry),
        ("{\"object\":\"page\",\"entry\":[]}", Unreadable::NoEntry),
    ] {
        assert_eq!(read(body.as_bytes(), RECEIVED), Err(expected), "{body}");
    }
    let told = Unreadable::TooDeep.explanation().told(Language::En);
    assert!(told.code == "webhook.too_deep" && told.why.contains("127"), "{told:?}");
}

#[test]
fn a_broken_character_costs_only_itself() {
    assert_eq!(only_message(text_body(r#""cut \ud83d""#).as_bytes()).text.unwrap(), "cut \u{fffd}");
    let mut raw = text_body("\"cut ?\"").into_bytes();
    let at = raw.iter().position(|byte| *byte == b'?').unwrap();
    raw[at] = 0xf0;
    assert_eq!(only_message(&raw).text.unwrap(), "cut \u{fffd}");
}

#[test]
fn escapes_are_only_another_spelling() {
    let escaped = only_message(text_body(r#""\u00e9\u003C\/\ud83d\ude00""#).as_bytes());
    let plain = only_message(text_body("\"é</😀\"").as_bytes());
    assert_eq!(escaped, plain);
    // PostgreSQL takes no NUL in a text.
    assert_eq!(only_message(text_body(r#""a\u0000b""#).as_bytes()).text.unwrap(), "a\u{fffd}b");
}

#[test]
fn of_duplicate_keys_the_last_counts() {
    let body = text_body("\"first\"").replace(r#""text":"first""#, r#""text":"first","text":"last""#);
    assert_eq!(only_message(body.as_bytes()).text.unwrap(), "last");
}

#[test]
fn an_opt_in_without_an_id_gets_the_same_id_each_time_and_another_one_another() {
    let optin = |at: i64| {
        let body = json!({"object": "page", "entry": [{"id": "13", "time": at, "messaging": [
            {"sender": {"id": "72"}, "recipient": {"id": "13"}, "timestamp": at, "optin": {"ref": "x"}}]}]});
        only_message(body.to_string().as_bytes()).id
    };
    assert_eq!(optin(1_763_632_800_123), optin(1_763_632_800_123));
    assert_ne!(optin(1_763_632_800_123), optin(1_763_632_800_124));
}

#[test]
fn a_thousand_updates_for_many_assets_keep_their_own_asset() {
    let entries: Vec<_> = (0..1000)
        .map(|n| {
            json!({"id": format!("1000{n}"), "time": 1_763_632_800_123_i64, "messaging": [{"sender": {"id": "72"},
                "recipient": {"id": format!("1000{n}")}, "message": {"mid": format!("m_{n}"), "text": "hello"}}]})
        })
        .collect();
    let events = read(json!({"object": "page", "entry": entries}).to_string().as_bytes(), RECEIVED).unwrap();
    assert_eq!(events.len(), 1000);
    for (n, event) in events.iter().enumerate() {
        assert_eq!(event.about, [(AssetKind::FacebookPage, format!("1000{n}"))]);
        let Happening::Message(content) = &event.what else { panic!("{event:?}") };
        assert_eq!(content.id, format!("m_{n}"));
    }
}

#[test]
fn times_are_seconds_milliseconds_or_iso_and_never_nonsense() {
    let at = |time: serde_json::Value| {
        let body = json!({"object": "page", "entry": [{"id": "13", "changes": [{"field": "leadgen",
            "value": {"created_time": time}}]}]});
        read(body.to_string().as_bytes(), RECEIVED).unwrap()[0].at.as_millis()
    };
    assert_eq!(at(json!(1_763_632_799)), 1_763_632_799_000);
    assert_eq!(at(json!("1763632799")), 1_763_632_799_000);
    assert_eq!(at(json!(1_763_632_799_123_i64)), 1_763_632_799_123);
    assert_eq!(at(json!(1_763_632_799.5)), 1_763_632_799_500);
    assert_eq!(at(json!("2025-11-20T09:59:59+0000")), 1_763_632_799_000);
    for nonsense in [json!(0), json!(-5), json!(i64::MAX), json!("soon"), json!([1]), json!(1e300), json!(null)] {
        assert_eq!(at(nonsense.clone()), RECEIVED.as_millis(), "{nonsense}");
    }
}

/// A body with one entry of a Page.
fn page(entry: &str) -> String {
    format!(r#"{{"object":"page","entry":[{{"id":"13","time":1763632800123,{entry}}}]}}"#)
}

#[test]
fn what_holds_more_than_meta_sends_says_so_before_it_takes_memory() {
    const LONGEST: usize = 3 * 1024 * 1024;
    let times = |piece: &str, count: usize| vec![piece; count].join(",");
    // Entries, items and nodes that are nothing; each of these would be hundreds of bytes of memory.
    let entries = |count| format!(r#"{{"object":"page","entry":[{}]}}"#, times("{}", count));
    let messages = |count| page(&format!(r#""messaging":[{}]"#, times("1", count)));
    let nodes = page(&format!(r#""messaging":[{{"x":[{}]}}]"#, times(r#"{"":0}"#, LONGEST / 7)));
    for body in [entries(LONGEST / 3), entries(30_000), messages(LONGEST / 2), messages(30_000), nodes] {
        assert_eq!(read(body.as_bytes(), RECEIVED), Err(Unreadable::TooMany), "{}", &body[..60]);
    }
    // As many small ones as a history has in one body are read.
    assert_eq!(read(messages(16_000).as_bytes(), RECEIVED).unwrap().len(), 16_000);
    // A long name that many events share.
    let shared = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"9","changes":[{{"field":"messages","value":{{
        "messaging_product":"whatsapp","metadata":{{"phone_number_id":"{}"}},"statuses":[{}]}}}}]}}]}}"#,
        "1".repeat(LONGEST / 3),
        times("{}", 5_000)
    );
    assert_eq!(read(shared.as_bytes(), RECEIVED), Err(Unreadable::TooMany));
    // Different assets: each could be one that somebody connects one day.
    let assets = |count: usize| {
        let entries: Vec<_> = (0..count).map(|n| json!({"id": n.to_string(), "changes": [{"field": "x"}]})).collect();
        json!({"object": "page", "entry": entries}).to_string()
    };
    assert_eq!(read(assets(5_002).as_bytes(), RECEIVED), Err(Unreadable::TooMany));
    assert_eq!(read(assets(5_000).as_bytes(), RECEIVED).unwrap().len(), 5_000);
    let told = Unreadable::TooMany.explanation().told(Language::En);
    assert!(told.code == "webhook.too_many" && told.todo.contains("1,000"), "{told:?}");
}

#[test]
fn events_of_one_piece_share_it() {
    let mids: Vec<String> = (0..1_000).map(|n| format!("m_{n}_{}", "x".repeat(100))).collect();
    let delivery = json!({"mids": mids, "watermark": 1_763_632_800_123_i64});
    let body = json!({"object": "page", "entry": [{"id": "13", "time": 1_763_632_800_123_i64, "messaging": [
        {"sender": {"id": "72"}, "recipient": {"id": "13"}, "delivery": delivery}]}]});
    // Copied for each of them, it would be a hundred megabytes.
    let events = read(body.to_string().as_bytes(), RECEIVED).unwrap();
    assert_eq!(events.len(), 1_001);
    assert!(events.iter().all(|event| event.raw == events[0].raw));
}

#[test]
fn many_contacts_beside_many_messages_are_found_at_once() {
    let contact = |n: i32| json!({"wa_id": n.to_string(), "profile": {"name": format!("N{n}")}});
    let message = |n: i32| {
        let from = (19_999 - n).to_string();
        json!({"from": from, "id": format!("wamid.{n}"), "type": "text", "text": {"body": "x"}})
    };
    let value = json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": "100"},
        "contacts": (0..20_000).map(contact).collect::<Vec<_>>(),
        "messages": (0..8_000).map(message).collect::<Vec<_>>()});
    let body = json!({"object": "whatsapp_business_account",
        "entry": [{"id": "9", "changes": [{"field": "messages", "value": value}]}]});
    let events = read(body.to_string().as_bytes(), RECEIVED).unwrap();
    assert_eq!(events.len(), 8_000);
    for (n, event) in events.iter().enumerate() {
        let Happening::Message(content) = &event.what else { panic!("{event:?}") };
        assert_eq!(content.with.name, Some(format!("N{}", 19_999 - n)));
    }
}
