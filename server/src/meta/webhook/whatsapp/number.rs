//! Phone numbers: limits, names, PIN, user names (Meta reference §7.6.3).

use serde_json::Value;

use super::account::{kind, named};
use crate::meta::webhook::{
    event::Happening,
    lenient::{hint, text_of, word},
    scene::notice,
};

fn the_number(value: &Value) -> String {
    hint(value, "display_phone_number").map_or_else(|| "A number".to_owned(), |number| format!("The number {number}"))
}

/// `phone_number_quality_update`; none for an event that is not known.
pub(super) fn quality(value: &Value) -> Option<Happening> {
    let limit = text_of(value, &["max_daily_conversations_per_business", "current_limit"]).ok().flatten();
    let limit = limit.map(|limit| format!(" ({limit})")).unwrap_or_default();
    let event = word(value, "event");
    let happened = match event {
        "ONBOARDING" => "is ready to send",
        "THROUGHPUT_UPGRADE" => "may send faster",
        "UPGRADE" => "may write to more customers in a day",
        "DOWNGRADE" => "may write to fewer customers in a day",
        "FLAGGED" => "was flagged: too many customers block or report its messages",
        "UNFLAGGED" => "is no longer flagged",
        "" if !limit.is_empty() => "has a new limit",
        _ => return None,
    };
    Some(notice(kind("phone_number_quality_update", event), format!("{} {happened}{limit}.", the_number(value))))
}

/// `phone_number_name_update`.
pub(super) fn name(value: &Value) -> Happening {
    let decision = word(value, "decision");
    let asked = hint(value, "requested_verified_name").map(|name| format!(" “{name}”")).unwrap_or_default();
    let number = the_number(value);
    let sentence = match decision {
        "APPROVED" => format!("{number} may show the name{asked}."),
        "REJECTED" => format!("{number} may not show the name{asked}{}.", named(value, "rejection_reason")),
        "DEFERRED" | "PENDING" => format!("Meta still looks at the name{asked}."),
        _ => format!("Meta decided about the name{asked}."),
    };
    notice(kind("phone_number_name_update", decision), sentence)
}

/// `security`; none for an event that is not known.
pub(super) fn security(value: &Value) -> Option<Happening> {
    let event = word(value, "event");
    let happened = match event {
        "PIN_CHANGED" => "has a new PIN",
        "PIN_RESET_REQUEST" => "is about to lose its PIN: somebody asked for that",
        "PIN_REQUEST_SUCCESS" | "PIN_RESET_SUCCESS" => "has no PIN any more",
        _ => return None,
    };
    Some(notice(format!("security.{event}"), format!("{} {happened}.", the_number(value))))
}

/// `business_username_update`.
pub(super) fn username(value: &Value) -> Happening {
    let status = word(value, "status");
    let username = hint(value, "username").map(|name| format!(" @{name}")).unwrap_or_default();
    let happened = match status {
        "approved" => "is approved",
        "reserved" => "is reserved",
        "deleted" => "was deleted",
        _ => "changed",
    };
    notice(
        kind("business_username_update", status),
        format!("{}: the user name{username} {happened}.", the_number(value)),
    )
}
