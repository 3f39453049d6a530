//! What WhatsApp tells about accounts, numbers and templates: one plain sentence each (Meta reference §7.6.3).

use serde_json::Value;

use super::{Line, account, number, template};
use crate::meta::webhook::{
    envelope::Change,
    event::{Event, Happening},
    lenient::{list, moment, text, word},
    scene::{Scene, notice, unknown},
};

/// A change without items: the field says what it is about. Where a sample misnames the field, the content does.
pub(super) fn read(change: &Change<'_>, scene: &Scene) -> Event {
    let value = change.value;
    let happening = match field_of(change) {
        "account_update" => account::update(value),
        "account_review_update" => Some(account::review(value)),
        "account_alerts" => Some(account::alert(value)),
        "business_capability_update" => Some(account::capability(value)),
        "message_template_status_update" => template::status(value),
        "message_template_quality_update" => Some(template::quality(value)),
        "message_template_components_update" => Some(template::components(value)),
        "template_category_update" => Some(template::category(value)),
        "template_correct_category_detection" => Some(template::category(value)),
        "phone_number_quality_update" => number::quality(value),
        "phone_number_name_update" => Some(number::name(value)),
        "security" => number::security(value),
        "business_username_update" => Some(number::username(value)),
        field => plain(field),
    };
    let at = moment(value, "timestamp");
    scene.event(at, happening.unwrap_or_else(|| stranger(change)), change.raw)
}

fn field_of<'a>(change: &Change<'a>) -> &'a str {
    let value = change.value;
    if !value["new_quality_score"].is_null() {
        return "message_template_quality_update";
    }
    match change.field {
        "" if value["waba_info"].is_object() || !value["ban_info"].is_null() => "account_update",
        "" if !value["message_template_id"].is_null() && !value["event"].is_null() => "message_template_status_update",
        field => field,
    }
}

/// Fields that are good to know of, and no more.
fn plain(field: &str) -> Option<Happening> {
    let sentence = match field {
        "partner_solutions" => "A solution with a partner changed.",
        "payment_configuration_update" => "The settings for payments in WhatsApp changed.",
        "automatic_events" => "Meta recognised an order or a lead in a conversation.",
        "flows" => "The state of a WhatsApp Flow changed.",
        "groups" | "group_lifecycle_update" => "A WhatsApp group was created or deleted.",
        "group_participants_update" => "The members of a WhatsApp group changed.",
        "group_settings_update" => "The settings of a WhatsApp group changed.",
        "group_status_update" => "The state of a WhatsApp group changed.",
        "tracking_events" => "Somebody clicked in a marketing message.",
        _ => return None,
    };
    Some(notice(field, sentence))
}

/// A known field may say something new, too.
fn stranger(change: &Change<'_>) -> Happening {
    match (change.field, word(change.value, "event")) {
        ("", _) => unknown("change"),
        (field, "") => unknown(format!("field={field}")),
        (field, event) => unknown(format!("{field}.event={event}")),
    }
}

/// Calls, and how far they came.
pub(super) fn calls(value: &Value, line: &Line<'_>, out: &mut Vec<Event>) {
    for call in list(value, "calls") {
        let sentence = match word(call, "event") {
            "connect" => "A customer is calling on WhatsApp.",
            "terminate" => "A WhatsApp call ended.",
            _ => "Something happened in a WhatsApp call.",
        };
        out.push(line.scene.event(moment(call, "timestamp"), notice("calls", sentence), call));
    }
    for status in list(value, "statuses") {
        let sentence = "A WhatsApp call to a customer rings, was accepted or was refused.";
        out.push(line.scene.event(moment(status, "timestamp"), notice("calls.statuses", sentence), status));
    }
    for error in list(value, "errors") {
        let sentence = format!("WhatsApp reports a problem with calls: {}.", super::error_words(error));
        out.push(line.scene.event(None, notice("calls.errors", sentence), error));
    }
    for message in list(value, "messages") {
        super::messages::read(message, line, out);
    }
}

/// A customer's wish about marketing messages.
pub(super) fn preference(preference: &Value, scene: &Scene) -> Event {
    let what = match text(preference, "value").ok().flatten().as_deref() {
        Some("stop") => notice("user_preferences.stop", "A customer wants no more marketing messages."),
        Some("resume") => notice("user_preferences.resume", "A customer takes marketing messages again."),
        _ => unknown("user_preferences"),
    };
    scene.event(moment(preference, "timestamp"), what, preference)
}
