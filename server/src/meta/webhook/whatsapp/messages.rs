//! One message, in any list that holds messages (Meta reference §7.6.1).

use serde_json::Value;

use super::{
    Line,
    account::kind as event_kind,
    content::{Body, is_known},
};
use crate::meta::webhook::{
    event::{Content, Direction, Happening, Participant, Raw, SentStatus},
    events::{Events, Read},
    lenient::{Odd, flag, is_word, moment, object, pick, text, word},
    participant::{Contacts, WhatsappIds, digits},
    scene::{id_of, notice, unknown},
};

/// Who wrote a message, to whom, and where it stands.
pub(super) struct Way {
    pub(super) direction: Direction,
    pub(super) with: Participant,
    pub(super) status: Option<SentStatus>,
}

/// A message that somebody sent to the number; or that the number sent, in the media of a history.
pub(super) fn read(message: &Value, line: &Line<'_>, out: &mut Events) -> Read {
    let way = way(message, line);
    told(message, way, line, out)
}

/// The event of a message whose way is known.
pub(super) fn told(message: &Value, way: Result<Way, Odd>, line: &Line<'_>, out: &mut Events) -> Read {
    let at = moment(message, "timestamp");
    let place = if line.field.is_empty() { "messages" } else { line.field };
    let kind = kind_of(message);
    if !kind.is_empty() && !is_special(kind) && !is_known(kind) {
        // Shown twice: that somebody wrote, in its conversation, and what it was, as it came.
        let raw = Raw::from(message);
        out.push(line.scene.event(at, unknown(format!("{place}.type={kind}")), &raw))?;
        return match way.and_then(|way| happening(message, kind, way)) {
            Ok(what) => out.push(line.scene.event(at, what, raw)),
            Err(_) => Ok(()),
        };
    }
    let what = way.and_then(|way| happening(message, kind, way));
    out.push(line.scene.told(at, what, place, message))
}

fn way(message: &Value, line: &Line<'_>) -> Result<Way, Odd> {
    let from = sender(message)?;
    let sent_by_us = from.phone().is_some() && from.phone() == line.own.as_deref();
    if !sent_by_us {
        return Ok(Way { direction: Direction::In, with: from.person(&line.contacts), status: None });
    }
    let with = receiver(message)?.person(&line.contacts);
    Ok(Way { direction: Direction::Out, with, status: Some(SentStatus::Sent) })
}

pub(super) fn sender(message: &Value) -> Result<WhatsappIds, Odd> {
    WhatsappIds::of(message, &["from_user_id", "from_parent_user_id", "parent_from_user_id"], &["from"])
}

pub(super) fn receiver(message: &Value) -> Result<WhatsappIds, Odd> {
    WhatsappIds::of(message, &["to_user_id", "to_parent_user_id", "recipient_user_id"], &["to", "recipient_id"])
}

/// The type that a message names, or else the one whose object it holds.
fn kind_of(message: &Value) -> &str {
    let named = word(message, "type");
    if !named.is_empty() {
        return named;
    }
    let keys = message.as_object().into_iter().flat_map(|message| message.keys());
    keys.map(String::as_str).find(|key| (is_known(key) || is_special(key)) && is_word(key)).unwrap_or_default()
}

/// Types that are no message of their own.
fn is_special(kind: &str) -> bool {
    matches!(kind, "reaction" | "edit" | "revoke" | "system")
}

fn happening(message: &Value, kind: &str, way: Way) -> Result<Happening, Odd> {
    if kind.is_empty() {
        return Err(Odd("type"));
    }
    let body = object_or_list(message, kind)?;
    if kind == "system" {
        return system(message, body, way);
    }
    let group = text(message, "group_id")?;
    let thread = group.map(|group| format!("group:{group}"));
    // The media of a history may leave out to whom the business wrote: the message itself was told before.
    if !way.with.is_known() && thread.is_none() && way.direction == Direction::In {
        return Err(Odd("from"));
    }
    match kind {
        "reaction" => Ok(Happening::Reaction {
            message: text(body, "message_id")?.ok_or(Odd("reaction.message_id"))?,
            with: way.with,
            by: way.direction,
            thread,
            emoji: text(body, "emoji")?,
        }),
        "edit" => edit(body, way, thread),
        "revoke" => Ok(Happening::Unsend {
            message: text(body, "original_message_id")?.ok_or(Odd("revoke.original_message_id"))?,
            with: way.with,
            by: way.direction,
            thread,
        }),
        _ => content(message, kind, body, way, thread),
    }
}

/// The object of a message's type. Contacts come as a list.
fn object_or_list<'a>(message: &'a Value, kind: &str) -> Result<&'a Value, Odd> {
    match &message[kind] {
        body @ (Value::Object(_) | Value::Array(_) | Value::Null) => Ok(body),
        _ => Err(Odd("body")),
    }
}

fn content(message: &Value, kind: &str, body: &Value, way: Way, thread: Option<String>) -> Result<Happening, Odd> {
    let context = object(message, "context")?.unwrap_or(&Value::Null);
    let read = Body::read(kind, body)?;
    let mut keys = vec!["referral", "errors", "group_id", "origin", "identity"];
    if says_more_than_reply(context) {
        keys.push("context");
    }
    if read.attachments.is_empty() && kind != "text" {
        keys.push(kind);
    }
    Ok(Happening::Message(Content {
        id: text(message, "id")?.unwrap_or_else(|| id_of(kind, message)),
        direction: way.direction,
        with: way.with,
        thread,
        kind: kind.to_owned(),
        text: read.text,
        reply_to: text(context, "id")?,
        attachments: read.attachments,
        detail: pick(message, &keys),
        status: way.status,
    }))
}

/// Forwarded, or about a product.
fn says_more_than_reply(context: &Value) -> bool {
    context.as_object().is_some_and(|context| context.keys().any(|key| key != "id" && key != "from"))
}

/// An edit carries the new message, but does not count.
fn edit(edit: &Value, way: Way, thread: Option<String>) -> Result<Happening, Odd> {
    let message = object(edit, "message")?.unwrap_or(&Value::Null);
    let kind = kind_of(message);
    Ok(Happening::Edit {
        message: text(edit, "original_message_id")?.ok_or(Odd("edit.original_message_id"))?,
        with: way.with,
        by: way.direction,
        thread,
        text: Body::read(kind, &message[kind])?.text,
        number: 1,
    })
}

/// A customer has a new number or user id: the old and the new are one person.
fn system(message: &Value, system: &Value, way: Way) -> Result<Happening, Odd> {
    let now = WhatsappIds::of(system, &["user_id", "parent_user_id"], &["wa_id", "new_wa_id"])?;
    let kind = word(system, "type");
    let changed = matches!(kind, "user_changed_number" | "user_changed_user_id" | "customer_changed_number");
    if !changed || now.is_empty() {
        return Ok(notice(event_kind("system", kind), "WhatsApp tells of a change of a customer's account."));
    }
    let mut all = now.and(sender(message)?);
    all.add_wa_id(text(system, "customer")?.filter(|customer| !digits(customer).is_empty()));
    let name = way.with.name;
    Ok(Happening::SamePerson(Participant { name, username: way.with.username, ..all.person(&Contacts::default()) }))
}

/// The status that a history gives a message (§7.6.3); none while it is on its way.
pub(super) fn history_status(context: &Value) -> Option<SentStatus> {
    Some(match word(context, "status").to_ascii_uppercase().as_str() {
        "SENT" => SentStatus::Sent,
        "DELIVERED" => SentStatus::Delivered,
        "READ" => SentStatus::Read,
        "PLAYED" => SentStatus::Played,
        "ERROR" | "FAILED" => SentStatus::Failed,
        _ => return None,
    })
}

/// Whether the business wrote a message of a history, in `thread`.
pub(super) fn is_from_business(message: &Value, from: &WhatsappIds, thread: &WhatsappIds) -> bool {
    let context = &message["history_context"];
    if !context["from_me"].is_null() {
        return flag(context, "from_me");
    }
    match (from.phone(), thread.phone()) {
        (Some(from), Some(thread)) => from != thread,
        _ => !message["to"].is_null(),
    }
}
