//! What a Page tells beside its messages: other fields, and who holds a thread (Meta reference §7.4).

use serde_json::Value;

use super::{
    envelope::Change,
    event::Happening,
    events::{Events, Read},
    feed,
    lenient::{moment, word},
    scene::{Scene, notice},
};

/// What items of `messaging[]` tell about the thread rather than in it.
const THREAD_NOTICES: [(&str, &str); 11] = [
    ("pass_thread_control", "Another app handed a conversation over."),
    ("take_thread_control", "Another app took a conversation over."),
    ("request_thread_control", "Another app asks for a conversation."),
    ("app_roles", "The roles of the apps that share this inbox changed."),
    ("account_linking", "A customer linked or unlinked their account."),
    ("policy_enforcement", "Meta acted on this Page because of its messaging policy."),
    ("policy-enforcement", "Meta acted on this Page because of its messaging policy."),
    ("response_feedback", "A customer rated an answer."),
    ("message_feedback", "A customer rated an answer."),
    ("messaging_feedback", "A customer filled in a feedback form."),
    ("inbox_labels", "A label was put on a conversation or taken off."),
];

/// The notices that an item holds.
pub(super) fn thread_notices(item: &Value) -> impl Iterator<Item = Happening> {
    THREAD_NOTICES
        .iter()
        .filter(|(key, _)| !item[*key].is_null())
        .map(|(key, sentence)| notice(format!("messaging.{key}"), *sentence))
}

/// A change of a Page.
pub(super) fn read_change(change: &Change<'_>, scene: &Scene, out: &mut Events) -> Read {
    let value = change.value;
    let at = moment(value, "created_time");
    let event = match change.field {
        "feed" | "mention" => feed::read(change, scene),
        "leadgen" => scene.event(at, notice("leadgen", "Somebody filled in a lead form."), change.raw),
        "ratings" => scene.event(at, rating(value), change.raw),
        "group_feed" => {
            scene.event(at, notice("group_feed", "Something happened in a group of this Page."), change.raw)
        }
        other => scene.unknown(format!("page.field={other}"), change.raw),
    };
    out.push(event)
}

fn rating(value: &Value) -> Happening {
    let sentence = match word(value, "verb") {
        "remove" => "A review of this Page was taken back.",
        "edit" | "edited" => "A review of this Page was changed.",
        _ => "This Page has a new review.",
    };
    notice("ratings", sentence)
}
