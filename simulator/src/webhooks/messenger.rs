//! Messenger events (Meta reference §7.4).

use serde_json::{Value, json};

use super::content::{Circumstances, Content, MediaKind};
use super::parties::Parties;

/// The field an event belongs to, and what joins `sender`, `recipient` and `timestamp`. `None`: not on Messenger.
pub(super) fn event(parties: &Parties, content: &Content, with: &Circumstances) -> Option<(&'static str, Value)> {
    let mid = &parties.message_id;
    Some(match content {
        Content::Postback { title, payload } => {
            let mut postback = json!({"mid": mid, "title": title});
            // The payload is withheld from apps that only stand by.
            if !with.standby {
                postback["payload"] = json!(payload);
            }
            ("messaging_postbacks", json!({ "postback": postback }))
        }
        Content::Referral { reference, source } => {
            ("messaging_referrals", json!({"referral": {"ref": reference, "source": source, "type": "OPEN_THREAD"}}))
        }
        Content::Optin(optin) => ("messaging_optins", json!({ "optin": optin })),
        Content::Reaction { to, emoji: Some(emoji) } => (
            "message_reactions",
            json!({"reaction": {"mid": to, "action": "react", "reaction": word(emoji), "emoji": emoji}}),
        ),
        Content::Reaction { to, emoji: None } => {
            ("message_reactions", json!({"reaction": {"mid": to, "action": "unreact"}}))
        }
        Content::Edit { to, text } => {
            ("message_edits", json!({"message_edit": {"mid": to, "text": text, "num_edit": parties.edits + 1}}))
        }
        Content::Seen => ("message_reads", json!({"read": {"watermark": parties.at_ms}})),
        content => ("messages", json!({ "message": message(parties, content)? })),
    })
}

/// The `message` object of Messenger and Instagram.
pub(super) fn message(parties: &Parties, content: &Content) -> Option<Value> {
    let mid = &parties.message_id;
    let attached =
        |kind: &str, payload: Value| json!({"mid": mid, "attachments": [{"type": kind, "payload": payload}]});
    Some(match content {
        Content::Text(text) => json!({"mid": mid, "text": text}),
        Content::QuickReply { title, payload } => {
            json!({"mid": mid, "text": title, "quick_reply": {"payload": payload}})
        }
        Content::Media { kind, caption, .. } => {
            let media = parties.media.as_ref()?;
            let payload = match kind {
                MediaKind::Sticker => json!({"url": media.link, "sticker_id": 369_239_263_222_822_u64}),
                _ => json!({"url": media.link}),
            };
            let mut message = attached(word_of(*kind), payload);
            if let Some(caption) = caption {
                message["text"] = json!(caption);
            }
            message
        }
        Content::Attachment { kind, payload: Some(payload) } => attached(kind, payload.clone()),
        Content::Attachment { kind, payload: None } => json!({"mid": mid, "attachments": [{"type": kind}]}),
        Content::Location { latitude, longitude, name } => {
            let coordinates = json!({"lat": latitude, "long": longitude});
            let mut message = attached("location", json!({ "coordinates": coordinates }));
            if let Some(name) = name {
                message["attachments"][0]["title"] = json!(name);
            }
            message
        }
        _ => return None,
    })
}

fn word_of(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Audio => "audio",
        MediaKind::File => "file",
        MediaKind::Sticker => "sticker",
    }
}

/// Meta's word for a reaction.
pub(super) fn word(emoji: &str) -> &'static str {
    match emoji {
        "❤" | "❤️" => "love",
        "😆" | "😂" => "smile",
        "😮" => "wow",
        "😢" => "sad",
        "😠" => "angry",
        "👍" => "like",
        "👎" => "dislike",
        _ => "other",
    }
}
