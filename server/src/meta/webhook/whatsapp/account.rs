//! Accounts: review, restriction, partners, limits (Meta reference §7.6.3).

use serde_json::Value;

use crate::meta::webhook::{
    event::Happening,
    lenient::{hint, list, word},
    scene::notice,
};

/// `account_update`; none for an event that is not known.
pub(super) fn update(value: &Value) -> Option<Happening> {
    let event = word(value, "event");
    let sentence = match event {
        "ACCOUNT_DELETED" => "This WhatsApp account was deleted.".to_owned(),
        "ACCOUNT_VIOLATION" => {
            format!(
                "Meta says that this WhatsApp account broke its policy{}.",
                named(&value["violation_info"], "violation_type")
            )
        }
        "ACCOUNT_RESTRICTION" => restriction(value),
        "DISABLED_UPDATE" => disabled(&value["ban_info"]),
        "PARTNER_ADDED" => "This WhatsApp account was shared with your business.".to_owned(),
        "PARTNER_REMOVED" if !value["phone_number"].is_null() => {
            "A number was disconnected in the WhatsApp Business app.".to_owned()
        }
        "PARTNER_REMOVED" => "This WhatsApp account is no longer shared with your business.".to_owned(),
        "PARTNER_APP_INSTALLED" => "The app was connected to this WhatsApp account.".to_owned(),
        "PARTNER_APP_UNINSTALLED" => "The app was taken off this WhatsApp account.".to_owned(),
        "ACCOUNT_OFFBOARDED" => "A number left the platform and is only in the WhatsApp Business app.".to_owned(),
        "ACCOUNT_RECONNECTED" => "A number of the WhatsApp Business app is connected again.".to_owned(),
        "AD_ACCOUNT_LINKED" => "An ad account was linked to this WhatsApp account.".to_owned(),
        "MM_LITE_TERMS_SIGNED" => "The terms of the Marketing Messages API were accepted.".to_owned(),
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE" => "The price of international codes changed for this account.".to_owned(),
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE" => {
            format!("The country of this business changed{}.", named(value, "country"))
        }
        "VOLUME_BASED_PRICING_TIER_UPDATE" => {
            format!("This account reached another price tier{}.", named(&value["volume_tier_info"], "tier"))
        }
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" => {
            let info = &value["partner_client_certification_info"];
            format!("The certification of a client changed{}.", named(info, "status"))
        }
        _ => return None,
    };
    Some(notice(format!("account_update.{event}"), sentence))
}

fn restriction(value: &Value) -> String {
    let kinds: Vec<&str> = list(value, "restriction_info")
        .iter()
        .map(|one| word(one, "restriction_type"))
        .filter(|kind| !kind.is_empty())
        .collect();
    match kinds.as_slice() {
        [] => "Meta restricted this WhatsApp account.".to_owned(),
        kinds => format!("Meta restricted this WhatsApp account: {}.", kinds.join(", ")),
    }
}

fn disabled(ban: &Value) -> String {
    match word(ban, "waba_ban_state") {
        "SCHEDULE_FOR_DISABLE" => format!("Meta will disable this WhatsApp account{}.", named(ban, "waba_ban_date")),
        "DISABLE" => "Meta disabled this WhatsApp account.".to_owned(),
        "REINSTATE" => "Meta enabled this WhatsApp account again.".to_owned(),
        _ => "Meta changed whether this WhatsApp account is enabled.".to_owned(),
    }
}

/// `account_review_update`.
pub(super) fn review(value: &Value) -> Happening {
    let decision = word(value, "decision");
    let sentence = match decision {
        "APPROVED" => "Meta approved this WhatsApp account.".to_owned(),
        "REJECTED" => "Meta rejected this WhatsApp account.".to_owned(),
        "" => "Meta reviewed this WhatsApp account.".to_owned(),
        other => format!("Meta reviewed this WhatsApp account: {other}."),
    };
    notice(kind("account_review_update", decision), sentence)
}

/// `account_alerts`.
pub(super) fn alert(value: &Value) -> Happening {
    let info = if value["alert_info"].is_object() { &value["alert_info"] } else { value };
    let words = hint(info, "alert_description").or_else(|| hint(info, "alert_type"));
    let words = words.unwrap_or_else(|| "without saying why".to_owned());
    notice(kind("account_alerts", word(info, "alert_type")), format!("Meta alerts: {}.", words.trim_end_matches('.')))
}

/// `business_capability_update`.
pub(super) fn capability(value: &Value) -> Happening {
    let limits = [
        ("max_daily_conversations_per_business", "customers to write to first in a day"),
        ("max_phone_numbers_per_waba", "numbers in this account"),
        ("max_phone_numbers_per_business", "numbers in this business"),
    ];
    let told: Vec<String> = limits.iter().filter_map(|(key, of)| Some(format!("{} {of}", hint(value, key)?))).collect();
    notice(
        "business_capability_update",
        match told.as_slice() {
            [] => "What this business may do on WhatsApp changed.".to_owned(),
            told => format!("What this business may do on WhatsApp changed: {}.", told.join(", ")),
        },
    )
}

/// The field, and what distinguishes the event.
pub(super) fn kind(field: &str, event: &str) -> String {
    if event.is_empty() { field.to_owned() } else { format!("{field}.{event}") }
}

/// `: value`, when there is one.
pub(super) fn named(of: &Value, key: &'static str) -> String {
    hint(of, key).map(|value| format!(": {value}")).unwrap_or_default()
}
