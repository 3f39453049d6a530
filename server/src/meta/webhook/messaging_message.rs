//! `message` of a messaging item: text, attachments, echo, unsend (Meta reference §7.4, §7.5).

use serde_json::Value;

use super::{
    event::{Attachment, Content, Direction, Happening, SentStatus},
    lenient::{Odd, flag, hint, list, object, pick, text, text_of},
    messaging::Item,
};

/// What else a message may say, as Meta wrote it.
const DETAIL: [&str; 9] =
    ["quick_reply", "referral", "commands", "metadata", "app_id", "is_self", "is_unsupported", "sticker_id", "product"];

pub(super) fn message(item: &Item<'_>, message: &Value) -> Result<Happening, Odd> {
    item.someone()?;
    let id = text(message, "mid")?;
    if flag(message, "is_deleted") {
        return Ok(Happening::Unsend {
            message: id.ok_or(Odd("message.mid"))?,
            with: item.with.clone(),
            by: item.by,
            thread: None,
        });
    }
    let attachments = list(message, "attachments").iter().map(attachment).collect::<Result<Vec<_>, _>>()?;
    let text = text(message, "text")?;
    let reply = object(message, "reply_to")?.unwrap_or(&Value::Null);
    let mut detail = pick(message, &DETAIL);
    if !reply["story"].is_null() {
        set(&mut detail, "reply_to", reply.clone());
    }
    if item.standby {
        set(&mut detail, "standby", Value::Bool(true));
    }
    let kind = kind(message, &attachments);
    Ok(Happening::Message(Content {
        text,
        reply_to: text_of(reply, &["mid"])?,
        attachments,
        detail,
        status: (item.by == Direction::Out).then_some(SentStatus::Sent),
        ..item.content(id, &kind)
    }))
}

/// Messenger and Instagram name no type: it is that of the first attachment, else a text.
fn kind(message: &Value, attachments: &[Attachment]) -> String {
    match attachments.first() {
        Some(first) => first.kind.clone(),
        None if flag(message, "is_unsupported") => "unsupported".to_owned(),
        None if message["text"].is_null() && !message["referral"].is_null() => "referral".to_owned(),
        None if message["text"].is_null() => "unsupported".to_owned(),
        None => "text".to_owned(),
    }
}

fn attachment(attachment: &Value) -> Result<Attachment, Odd> {
    if !attachment.is_object() {
        return Err(Odd("message.attachments"));
    }
    let payload = &attachment["payload"];
    let mut rest = payload.clone();
    if let Some(rest) = rest.as_object_mut() {
        rest.remove("url");
        let title = attachment["title"].as_str().map(Value::from);
        rest.extend(title.map(|title| ("title".to_owned(), title)));
    }
    let has_rest = rest.as_object().is_some_and(|rest| !rest.is_empty());
    Ok(Attachment {
        kind: hint(attachment, "type").unwrap_or_else(|| "fallback".to_owned()),
        media_id: hint(payload, "attachment_id"),
        url: hint(payload, "url").or_else(|| hint(attachment, "url")),
        detail: has_rest.then_some(rest).or_else(|| pick(attachment, &["title"])),
        ..Attachment::default()
    })
}

fn set(detail: &mut Option<Value>, key: &str, value: Value) {
    let detail = detail.get_or_insert_with(|| Value::Object(serde_json::Map::new()));
    if let Some(detail) = detail.as_object_mut() {
        detail.insert(key.to_owned(), value);
    }
}
