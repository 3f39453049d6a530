//! Streams of webhooks of every kind, as Meta writes them. What is told of one message is always the same message's, and
//! people are called by a phone number, by a user id or by both.

use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

use crate::support::desk::whatsapp;

pub(super) const NUMBERS: [&str; 2] = ["100", "200"];
pub(super) const PAGE: &str = "10";
pub(super) const INSTAGRAM: &str = "20";

/// Each message id is of one customer, who is always called the same way with it.
fn customer(message: u8) -> (Option<String>, Option<String>) {
    let (who, how) = (message % 3, message / 3 % 3);
    let (phone, user_id) = (format!("1650555123{who}"), format!("US.{who}"));
    match how {
        0 => (Some(phone), None),
        1 => (None, Some(user_id)),
        _ => (Some(phone), Some(user_id)),
    }
}

fn from_customer(message: u8, mut one: Value) -> Value {
    let (phone, user_id) = customer(message);
    if let Some(phone) = phone {
        one["from"] = json!(phone);
    }
    if let Some(user_id) = user_id {
        one["from_user_id"] = json!(user_id);
    }
    one
}

fn number() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(NUMBERS[0]), Just(NUMBERS[1]), Just("404")]
}

/// What a customer of WhatsApp sends, about the message `message`.
fn inbound() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![4 => Just("text"), 2 => Just("image"), 2 => Just("reaction"), 1 => Just("unreaction"),
        2 => Just("edit"), 2 => Just("revoke"), 1 => Just("system"), 1 => Just("poll")];
    (number(), 0..9_u8, kind, 0..6_i64, "[a-c]").prop_map(|(number, message, kind, at, name)| {
        let id = format!("wamid.in{message}");
        let time = |extra: i64| (1_780_000_000 + i64::from(message) * 10 + extra).to_string();
        let one = match kind {
            "image" => json!({"id": format!("wamid.image{message}"), "timestamp": time(0), "type": "image",
                "image": {"id": format!("media{message}"), "mime_type": "image/jpeg", "sha256": "c2hh", "caption": "look"}}),
            "reaction" => json!({"id": format!("wamid.r{message}{at}"), "timestamp": time(at), "type": "reaction",
                "reaction": {"message_id": id, "emoji": format!("{name}")}}),
            "unreaction" => json!({"id": format!("wamid.u{message}{at}"), "timestamp": time(at), "type": "reaction",
                "reaction": {"message_id": id}}),
            "edit" => json!({"id": format!("wamid.e{message}{at}"), "timestamp": time(at), "type": "edit",
                "edit": {"original_message_id": id, "message": {"type": "text", "text": {"body": format!("edit {at}")}}}}),
            "revoke" => json!({"id": format!("wamid.d{message}{at}"), "timestamp": time(at), "type": "revoke",
                "revoke": {"original_message_id": id}}),
            "system" => json!({"id": format!("wamid.s{message}"), "timestamp": time(0), "type": "system",
                "system": {"body": "changed", "wa_id": format!("1650555999{}", message % 3),
                    "user_id": format!("US.9{}", message % 3), "type": "user_changed_number"}}),
            "poll" => json!({"id": format!("wamid.p{message}"), "timestamp": time(0), "type": "unsupported",
                "errors": [{"code": 131_051, "title": "Unsupported"}], "unsupported": {"type": "poll"}}),
            _ => json!({"id": id, "timestamp": time(0), "type": "text", "text": {"body": format!("text {message}")}}),
        };
        let (phone, user_id) = customer(message);
        let mut contact = json!({"profile": {"name": name}});
        if let Some(phone) = phone {
            contact["wa_id"] = json!(phone);
        }
        if let Some(user_id) = user_id {
            contact["user_id"] = json!(user_id);
        }
        whatsapp("900", number, json!({"contacts": [contact], "messages": [from_customer(message, one)]}))
    })
}

fn status() -> impl Strategy<Value = Value> {
    let status = prop_oneof![Just("sent"), Just("delivered"), Just("read"), Just("failed"), Just("played")];
    (number(), 0..9_u8, status, 0..6_i64).prop_map(|(number, message, status, at)| {
        let mut one = json!({"id": format!("wamid.out{message}"), "status": status,
            "timestamp": (1_780_000_000 + at).to_string()});
        let (phone, user_id) = customer(message);
        if let Some(phone) = phone {
            one["recipient_id"] = json!(phone);
        }
        if let Some(user_id) = user_id {
            one["recipient_user_id"] = json!(user_id);
        }
        if status == "failed" {
            one["errors"] = json!([{"code": 131_049, "title": format!("error {at}")}]);
        }
        whatsapp("900", number, json!({"statuses": [one]}))
    })
}

fn account() -> impl Strategy<Value = Value> {
    (0..3_i64, prop_oneof![Just("ACCOUNT_DELETED"), Just("SOMETHING_NEW")]).prop_map(|(at, event)| {
        json!({"object": "whatsapp_business_account", "entry": [{"id": "900", "time": 1_780_000_000 + at,
            "changes": [{"field": "account_update", "value": {"event": event}}]}]})
    })
}

/// Messenger and Instagram, either way.
fn messaging() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![4 => Just("text"), 2 => Just("echo"), 1 => Just("attachment"), 1 => Just("delivery"), 1 => Just("read"),
        1 => Just("react"), 1 => Just("unreact"), 1 => Just("edit"), 1 => Just("unsend"), 1 => Just("postback"), 1 => Just("odd")];
    (any::<bool>(), 0..6_u8, kind, 0..6_i64).prop_map(|(page, message, kind, at)| {
        let (object, asset) = if page { ("page", PAGE) } else { ("instagram", INSTAGRAM) };
        let person = format!("70{}", message % 2);
        let (mid, sent) = (format!("m_{message}"), 1_780_000_000_000 + i64::from(message) * 1000);
        let out = kind == "echo";
        let (from, to) = if out { (asset, person.as_str()) } else { (person.as_str(), asset) };
        let mut one = json!({"sender": {"id": from}, "recipient": {"id": to}, "timestamp": sent + at});
        match kind {
            "echo" => {
                one["timestamp"] = json!(sent);
                one["message"] =
                    json!({"mid": format!("m_out{message}"), "text": "ours", "is_echo": true, "app_id": 5});
            }
            "attachment" => {
                one["timestamp"] = json!(sent);
                one["message"] = json!({"mid": format!("m_att{message}"),
                    "attachments": [{"type": "image", "payload": {"url": "https://cdn.example/1"}},
                        {"type": "file", "payload": {"url": "https://cdn.example/2"}}]});
            }
            "delivery" => one["delivery"] = json!({"mids": [format!("m_out{message}")], "watermark": sent + at}),
            "read" if page => one["read"] = json!({"watermark": sent + at}),
            "read" => one["read"] = json!({"mid": format!("m_out{message}")}),
            "react" => {
                one["reaction"] = json!({"mid": mid, "action": "react", "reaction": "love", "emoji": format!("{at}")});
            }
            "unreact" => one["reaction"] = json!({"mid": mid, "action": "unreact"}),
            "edit" => one["message_edit"] = json!({"mid": mid, "text": format!("edit {at}"), "num_edit": at}),
            "unsend" => one["message"] = json!({"mid": mid, "is_deleted": true}),
            "postback" => {
                one["timestamp"] = json!(sent);
                one["postback"] = json!({"mid": format!("m_post{message}"), "title": "Start", "payload": "P"});
            }
            "odd" => one["something_new"] = json!({"a": at}),
            _ => {
                one["timestamp"] = json!(sent);
                one["message"] = json!({"mid": mid, "text": format!("text {message}")});
            }
        }
        json!({"object": object, "entry": [{"id": asset, "time": sent, "messaging": [one]}]})
    })
}

fn comment() -> impl Strategy<Value = Value> {
    let verb = prop_oneof![2 => Just("add"), 1 => Just("edited"), 1 => Just("remove")];
    (0..4_u8, verb, 0..4_i64).prop_map(|(comment, verb, at)| {
        let created = 1_780_000_000 + i64::from(comment);
        let time = if verb == "add" { created } else { created + at };
        let text = if verb == "add" { format!("comment {comment}") } else { format!("edit {at}") };
        json!({"object": "page", "entry": [{"id": PAGE, "time": time, "changes": [{"field": "feed", "value": {
            "from": {"id": format!("80{}", comment % 2), "name": "Ida"}, "item": "comment", "verb": verb,
            "comment_id": format!("10_{comment}"), "post_id": "10_1", "parent_id": "10_1", "message": text,
            "created_time": time}}]}]})
    })
}

/// Bodies, some of which bring what belongs to several tenants.
pub(super) fn bodies(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let one = prop_oneof![6 => inbound(), 3 => status(), 1 => account(), 5 => messaging(), 2 => comment()];
    vec((one, any::<bool>()), length).prop_map(|ones| {
        let mut bodies: Vec<Value> = Vec::new();
        for (mut one, together) in ones {
            match bodies.last_mut().filter(|last| together && last["object"] == one["object"]) {
                Some(last) => {
                    let entries = one["entry"].as_array_mut().unwrap().drain(..);
                    last["entry"].as_array_mut().unwrap().extend(entries);
                }
                None => bodies.push(one),
            }
        }
        bodies.iter().map(Value::to_string).collect()
    })
}
