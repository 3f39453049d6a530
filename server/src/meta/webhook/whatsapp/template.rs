//! Message templates (Meta reference §7.6.3).

use serde_json::Value;

use super::account::{kind, named};
use crate::meta::webhook::{
    event::Happening,
    lenient::{hint, word},
    scene::notice,
};

fn the_template(value: &Value) -> String {
    let name = hint(value, "message_template_name").map(|name| format!(" “{name}”")).unwrap_or_default();
    let language =
        hint(value, "message_template_language").map(|language| format!(" ({language})")).unwrap_or_default();
    format!("The template{name}{language}")
}

/// `message_template_status_update`; none for an event that is not known.
pub(super) fn status(value: &Value) -> Option<Happening> {
    let event = word(value, "event");
    let happened = match event {
        "APPROVED" => "is approved and can be sent",
        "ARCHIVED" => "is archived",
        "DELETED" => "was deleted",
        "DISABLED" => "was disabled",
        "FLAGGED" => "was flagged and may soon be disabled",
        "IN_APPEAL" => "is being looked at again",
        "LIMIT_EXCEEDED" => "cannot be added: there are too many",
        "LOCKED" => "is locked and cannot be changed",
        "PAUSED" => "is paused",
        "UNARCHIVED" => "is no longer archived",
        "PENDING" => "waits for Meta's review",
        "REINSTATED" => "can be sent again",
        "PENDING_DELETION" => "will be deleted",
        "REJECTED" => "was rejected",
        _ => return None,
    };
    let reason = match word(value, "reason") {
        "" | "NONE" => hint(&value["rejection_info"], "reason").map(|why| format!(": {why}")).unwrap_or_default(),
        reason => format!(": {reason}"),
    };
    let sentence = format!("{} {happened}{}.", the_template(value), reason.trim_end_matches('.'));
    Some(notice(format!("message_template_status_update.{event}"), sentence))
}

/// `message_template_quality_update`, under whatever name it comes.
pub(super) fn quality(value: &Value) -> Happening {
    let score = word(value, "new_quality_score");
    let now = match score {
        "GREEN" => "high".to_owned(),
        "YELLOW" => "medium".to_owned(),
        "RED" => "low".to_owned(),
        "UNKNOWN" | "" => "not known yet".to_owned(),
        other => other.to_owned(),
    };
    notice(kind("message_template_quality_update", score), format!("{}: its quality is {now}.", the_template(value)))
}

/// `message_template_components_update`.
pub(super) fn components(value: &Value) -> Happening {
    notice("message_template_components_update", format!("{} has a new content.", the_template(value)))
}

/// `template_category_update`.
pub(super) fn category(value: &Value) -> Happening {
    let category = if value["new_category"].is_null() { "correct_category" } else { "new_category" };
    let when = if value["correct_category"].is_null() || category == "correct_category" { "has" } else { "will have" };
    let sentence = format!("{} {when} another category{}.", the_template(value), named(value, category));
    notice("template_category_update", sentence)
}
