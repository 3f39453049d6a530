//! From updates to the body of one POST (Meta reference §7.3).

use serde_json::{Value, json};

use super::update::{Shape, Update};

/// The body for updates of one object, in their order; consecutive ones of the same asset share an entry, as far as the layout
/// allows.
pub(crate) fn envelope(object: &str, updates: &[Update], now: i64) -> Value {
    let mut entries: Vec<(&Update, Value)> = Vec::new();
    for update in updates {
        match entries.last_mut() {
            Some((first, entry)) if shares(first, update) => push(entry, update),
            _ => entries.push((update, entry(update, now))),
        }
    }
    let entries: Vec<Value> = entries.into_iter().map(|(_, entry)| entry).collect();
    json!({"object": object, "entry": entries})
}

fn shares(first: &Update, next: &Update) -> bool {
    first.id == next.id && first.shape == next.shape && first.shape != Shape::Direct
}

fn entry(update: &Update, now: i64) -> Value {
    let mut entry = json!({"id": update.id});
    match update.shape {
        Shape::Messaging | Shape::Standby => entry["time"] = json!(now * 1000),
        // The messages of WhatsApp come without a time.
        Shape::Change if update.object == "whatsapp_business_account" && update.field == "messages" => {}
        Shape::Change | Shape::Direct => entry["time"] = json!(now),
    }
    push(&mut entry, update);
    entry
}

fn push(entry: &mut Value, update: &Update) {
    let (list, item) = match update.shape {
        Shape::Messaging => ("messaging", update.value.clone()),
        Shape::Standby => ("standby", update.value.clone()),
        Shape::Change => ("changes", json!({"field": update.field, "value": update.value})),
        Shape::Direct => {
            entry["field"] = json!(update.field);
            entry["value"] = update.value.clone();
            return;
        }
    };
    match entry[list].as_array_mut() {
        Some(items) => items.push(item),
        None => entry[list] = json!([item]),
    }
}
