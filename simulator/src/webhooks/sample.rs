//! The *Test* button beside each field in the app dashboard: made-up ids, entry id `0` (Meta reference §7.3).

use serde_json::{Value, json};

use super::update::Update;
use super::whatsapp::account::{About, sample};

/// The test payload of a field.
pub(crate) fn dashboard(object: &str, field: &str, app: &str, now: i64) -> Update {
    let value = match object {
        "page" => page(field, now),
        "instagram" => instagram(field, now),
        "whatsapp_business_account" => whatsapp(field, app, now),
        _ => json!({"verb": "granted", "target_ids": ["123123123123123"]}),
    };
    Update::change(object, "0", field, value)
}

/// Also messaging events come as changes here, with the time as text.
fn item(now: i64, event: Value) -> Value {
    let mut item = json!({"sender": {"id": "12334"}, "recipient": {"id": "23245"}, "timestamp": now.to_string()});
    if let (Some(item), Value::Object(event)) = (item.as_object_mut(), event) {
        item.extend(event);
    }
    item
}

fn page(field: &str, now: i64) -> Value {
    match field {
        "feed" => json!({"item": "status", "post_id": "44444444_444444444", "verb": "add", "published": 1,
                         "created_time": now, "message": "Example post content.",
                         "from": {"name": "Test Page", "id": "1067280970047460"}}),
        "message_reads" => item(now, json!({"read": {"watermark": now * 1000}})),
        "message_deliveries" => item(now, json!({"delivery": {"mids": ["test_message_id"], "watermark": now * 1000}})),
        "messaging_postbacks" => item(
            now,
            json!({"postback": {"title": "TITLE-FOR-THE-CTA",
                                                               "payload": "USER-DEFINED-PAYLOAD"}}),
        ),
        "message_reactions" => item(
            now,
            json!({"reaction": {"mid": "test_message_id", "action": "react",
                                                             "reaction": "love", "emoji": "❤️"}}),
        ),
        _ => item(
            now,
            json!({"message": {"mid": "test_message_id", "text": "test_message",
                                          "commands": [{"name": "command123"}, {"name": "command456"}]}}),
        ),
    }
}

fn instagram(field: &str, now: i64) -> Value {
    match field {
        "comments" | "live_comments" => json!({
            "from": {"id": "232323232", "username": "test"}, "id": "17865799348089039",
            "media": {"id": "123123123", "media_product_type": "FEED"}, "text": "This is an example.",
            "parent_id": "1231231234"}),
        "mentions" => json!({"media_id": "17887498072083520", "comment_id": "17887498072083520"}),
        "story_insights" => json!({"media_id": "17887498072083520", "impressions": 444, "reach": 44, "exits": 4}),
        "message_reactions" => item(
            now,
            json!({"reaction": {"mid": "random_mid", "action": "react",
                                                             "reaction": "love", "emoji": "❤️"}}),
        ),
        "messaging_seen" => item(now, json!({"read": {"mid": "random_mid"}})),
        "messaging_postbacks" => item(
            now,
            json!({"postback": {"mid": "random_mid", "title": "Random title",
                                                               "payload": "Random payload"}}),
        ),
        _ => item(now, json!({"message": {"mid": "random_mid", "text": "random_text"}})),
    }
}

fn whatsapp(field: &str, app: &str, now: i64) -> Value {
    let about = About { waba: "0", owner: "0", app, phone: "16505551111", now };
    if let Some(value) = sample(&about, if field == "account_update" { "ACCOUNT_VIOLATION" } else { field }) {
        return value;
    }
    json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "16505551111", "phone_number_id": "123456123"},
        "contacts": [{"profile": {"name": "test user name"}, "wa_id": "16315551181"}],
        "messages": [{"from": "16315551181", "id": "ABGGFlA5Fpa", "timestamp": now.to_string(), "type": "text",
                      "text": {"body": "this is a text message"}}],
    })
}
