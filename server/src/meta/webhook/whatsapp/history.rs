//! The chats of the WhatsApp Business app from before it was connected (Meta reference §2.9, §7.6.3).

use serde_json::Value;

use super::{Line, error_words, messages};
use crate::meta::webhook::{
    event::{Direction, Event},
    events::{Events, Read},
    lenient::{Odd, hint, list, number},
    participant::WhatsappIds,
    scene::notice,
};

/// Meta's number for "the business does not share its history".
const DECLINED: i64 = 2_593_109;

/// One chunk of a phase, or why there is none.
pub(super) fn read(chunk: &Value, line: &Line<'_>, out: &mut Events) -> Read {
    for error in list(chunk, "errors") {
        out.push(line.scene.event(None, refusal(error), error))?;
    }
    for thread in list(chunk, "threads") {
        read_thread(thread, line, out)?;
    }
    if list(chunk, "errors").is_empty() {
        out.push(progress(chunk, line))?;
    }
    Ok(())
}

fn refusal(error: &Value) -> crate::meta::webhook::Happening {
    if number(error, "code") == Some(DECLINED) {
        return notice("history.declined", "The business chose not to share its earlier WhatsApp chats.");
    }
    notice("history.errors", format!("Earlier WhatsApp chats could not be fetched: {}.", error_words(error)))
}

fn progress(chunk: &Value, line: &Line<'_>) -> Event {
    let metadata = &chunk["metadata"];
    // The threads are events of their own: the notice keeps only how far it is.
    let raw = if list(chunk, "threads").is_empty() { chunk } else { metadata };
    let Some(progress) = number(metadata, "progress") else { return line.scene.unknown("history", raw) };
    let days = match number(metadata, "phase") {
        Some(0) => "of the last day",
        Some(1) => "of the last 90 days",
        Some(2) => "of the last 180 days",
        _ => "from before",
    };
    line.scene.event(
        None,
        notice("history.progress", format!("Chats {days} are coming in; all of it is {progress} % done.")),
        raw,
    )
}

fn read_thread(thread: &Value, line: &Line<'_>, out: &mut Events) -> Read {
    let messages = list(thread, "messages");
    if messages.is_empty() {
        out.push(line.scene.unknown("history.thread", thread))?;
    }
    for message in messages {
        let way = way(message, thread, line);
        messages::told(message, way, line, out)?;
    }
    Ok(())
}

fn way(message: &Value, thread: &Value, line: &Line<'_>) -> Result<messages::Way, Odd> {
    let context = &thread["context"];
    let mut ids = WhatsappIds::of(context, &["user_id", "parent_user_id"], &["wa_id"])?;
    match hint(thread, "id") {
        // A thread may be named by a phone number or by a user id (§7.6.4).
        Some(id) if id.contains('.') && !id.contains('@') => ids.add_user_id(Some(id)),
        id => ids.add_wa_id(id),
    }
    let by_business = messages::is_from_business(message, &messages::sender(message)?, &ids);
    let direction = if by_business { Direction::Out } else { Direction::In };
    let mut with = ids.person(&line.contacts);
    with.username = with.username.or_else(|| hint(context, "username"));
    let status = messages::history_status(&message["history_context"]).filter(|_| by_business);
    Ok(messages::Way { direction, with, status })
}
