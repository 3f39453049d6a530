//! How far a message that went out came (Meta reference §7.6.2).

use serde_json::Value;

use super::Line;
use crate::meta::webhook::{
    event::{Happening, Participant, SentStatus},
    events::{Events, Read},
    lenient::{Odd, list, moment, text, text_of, word},
    participant::WhatsappIds,
    scene::{notice, unknown},
};

/// The names under which the receiver's user ids may stand.
const USER_IDS: [&str; 3] = ["recipient_user_id", "recipient_parent_user_id", "parent_recipient_user_id"];

pub(super) fn read(status: &Value, line: &Line<'_>, out: &mut Events) -> Read {
    out.push(line.scene.told(moment(status, "timestamp"), happening(status, line), "statuses", status))
}

fn happening(status: &Value, line: &Line<'_>) -> Result<Happening, Odd> {
    if word(status, "type") == "call" {
        return Ok(notice("calls.statuses", "A call on WhatsApp rings, was accepted or was refused."));
    }
    let how_far = match word(status, "status") {
        "sent" => SentStatus::Sent,
        "delivered" => SentStatus::Delivered,
        "read" => SentStatus::Read,
        "played" => SentStatus::Played,
        "failed" => SentStatus::Failed,
        other => return Ok(unknown(format!("statuses.status={other}"))),
    };
    let (to, thread) = receiver(status, line)?;
    Ok(Happening::Status {
        message: text(status, "id")?.ok_or(Odd("id"))?,
        status: how_far,
        to,
        thread,
        error: list(status, "errors").first().filter(|_| how_far == SentStatus::Failed).cloned(),
    })
}

/// A person, or a group: whose id then stands where the person's would.
fn receiver(status: &Value, line: &Line<'_>) -> Result<(Participant, Option<String>), Odd> {
    if word(status, "recipient_type") == "group" || !status["group_id"].is_null() {
        let group = text_of(status, &["group_id", "recipient_id"])?.ok_or(Odd("recipient_id"))?;
        return Ok((Participant::default(), Some(format!("group:{group}"))));
    }
    let ids = WhatsappIds::of(status, &USER_IDS, &["recipient_id"])?;
    if ids.is_empty() {
        return Err(Odd("recipient_id"));
    }
    Ok((ids.person(&line.contacts), None))
}
