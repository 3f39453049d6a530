//! What customers send (Meta reference §7.6.1).

use serde_json::{Map, Value, json};

use super::{contacts, value};
use crate::webhooks::content::{Circumstances, Content, MediaKind};
use crate::webhooks::parties::{MediaRef, Parties};

/// The `value` of the `messages` field. `None`: not on WhatsApp, or no webhook comes of it.
pub(in crate::webhooks) fn message(parties: &Parties, content: &Content, with: &Circumstances) -> Option<Value> {
    let (kind, body) = typed(parties, content)?;
    let mut message = Map::new();
    message.insert("id".into(), json!(parties.message_id));
    message.insert("timestamp".into(), json!((parties.at_ms / 1000).to_string()));
    message.insert("type".into(), json!(kind));
    message.insert("from_user_id".into(), json!(parties.bsuid));
    if !parties.hides_phone {
        message.insert("from".into(), json!(parties.customer));
    }
    if kind == "unsupported" {
        message.insert("errors".into(), unsupported());
    }
    message.insert(kind.into(), body);
    if let Some(context) = context(parties, with) {
        message.insert("context".into(), context);
    }
    if let Some(group) = &with.group_id {
        message.insert("group_id".into(), json!(group));
    }
    message.extend(with.extra.clone());
    let mut value = value(parties);
    // System messages come without contacts.
    if kind != "system" {
        value["contacts"] = contacts(parties);
    }
    value["messages"] = json!([message]);
    Some(value)
}

fn typed(parties: &Parties, content: &Content) -> Option<(&'static str, Value)> {
    Some(match content {
        Content::Text(text) => ("text", json!({ "body": text })),
        Content::Media { kind, caption, .. } => media(*kind, parties.media.as_ref()?, caption.as_deref()),
        Content::Location { latitude, longitude, name } => {
            let mut place = json!({"latitude": latitude, "longitude": longitude});
            if let Some(name) = name {
                place["name"] = json!(name);
            }
            ("location", place)
        }
        Content::Contacts(cards) => ("contacts", cards.clone()),
        Content::QuickReply { title, payload } => {
            ("interactive", json!({"type": "button_reply", "button_reply": {"id": payload, "title": title}}))
        }
        Content::ListReply { id, title } => {
            ("interactive", json!({"type": "list_reply", "list_reply": {"id": id, "title": title, "description": ""}}))
        }
        Content::FlowReply { response } => (
            "interactive",
            json!({"type": "nfm_reply",
                   "nfm_reply": {"response_json": response.to_string(), "body": "Sent", "name": "flow"}}),
        ),
        Content::TemplateButton { text, payload } => ("button", json!({"payload": payload, "text": text})),
        Content::Order(order) => ("order", order.clone()),
        Content::Reaction { to, emoji: Some(emoji) } => ("reaction", json!({"message_id": to, "emoji": emoji})),
        // On removal the emoji is absent.
        Content::Reaction { to, emoji: None } => ("reaction", json!({ "message_id": to })),
        Content::Edit { to, text } => {
            ("edit", json!({"original_message_id": to, "message": {"type": "text", "text": {"body": text}}}))
        }
        Content::Unsend { to } => ("revoke", json!({ "original_message_id": to })),
        Content::Unsupported { kind } => ("unsupported", json!({ "type": kind })),
        Content::ChangedNumber { phone } => (
            "system",
            json!({
                "body": format!("User {} changed from {} to {phone}", parties.name, parties.customer),
                "wa_id": phone,
                "type": "user_changed_number",
            }),
        ),
        _ => return None,
    })
}

fn media(kind: MediaKind, media: &MediaRef, caption: Option<&str>) -> (&'static str, Value) {
    let mut body = json!({"mime_type": media.mime, "sha256": media.sha256, "id": media.id, "url": media.short_link});
    let word = match kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Audio => {
            body["voice"] = json!(true);
            "audio"
        }
        MediaKind::File => {
            body["filename"] = json!(media.name);
            "document"
        }
        MediaKind::Sticker => {
            body["animated"] = json!(false);
            "sticker"
        }
    };
    if let Some(caption) = caption
        && !matches!(kind, MediaKind::Audio | MediaKind::Sticker)
    {
        body["caption"] = json!(caption);
    }
    (word, body)
}

fn context(parties: &Parties, with: &Circumstances) -> Option<Value> {
    if with.forwarded {
        return Some(json!({"forwarded": true}));
    }
    let to = with.reply_to.as_ref()?;
    Some(json!({"from": parties.business_phone, "id": to}))
}

fn unsupported() -> Value {
    json!([{
        "code": 131_051,
        "title": "Message type unknown",
        "message": "Message type unknown",
        "error_data": {"details": "Message type is currently not supported."},
    }])
}
