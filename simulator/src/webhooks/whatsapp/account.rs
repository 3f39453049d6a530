//! What happens to WABAs, numbers and templates: the account-level fields (Meta reference §7.6.3).

use serde_json::{Value, json};

/// What an account-level event is about.
#[derive(Debug, Clone)]
pub(crate) struct About<'a> {
    pub(crate) waba: &'a str,
    /// The portfolio that owns the WABA.
    pub(crate) owner: &'a str,
    /// The app that is told.
    pub(crate) app: &'a str,
    /// Digits of one of its numbers.
    pub(crate) phone: &'a str,
    pub(crate) now: i64,
}

/// The value of a field, or of an event of `account_update`; `None` when there is none of that name.
pub(crate) fn sample(about: &About<'_>, field: &str) -> Option<Value> {
    let template = json!({
        "message_template_id": 1_689_556_908_129_832_u64,
        "message_template_name": "order_ready",
        "message_template_language": "en_US",
    });
    Some(match field {
        "account_review_update" => json!({"decision": "APPROVED"}),
        "account_alerts" => json!({
            "entity_type": "WABA", "entity_id": about.waba,
            "alert_info": {"alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "OBA_APPROVED",
                           "alert_description": "Sample alert"},
        }),
        "message_template_status_update" => with(template, json!({"event": "APPROVED", "reason": "NONE"})),
        "message_template_quality_update" => {
            with(template, json!({"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"}))
        }
        "message_template_components_update" => with(
            template,
            json!({"message_template_element": "Your order {{1}} is ready.", "message_template_footer": "Brasa"}),
        ),
        "template_category_update" => {
            with(template, json!({"previous_category": "UTILITY", "new_category": "MARKETING"}))
        }
        "phone_number_quality_update" => json!({
            "display_phone_number": about.phone, "event": "THROUGHPUT_UPGRADE", "current_limit": "TIER_UNLIMITED",
            "max_daily_conversations_per_business": "TIER_UNLIMITED",
        }),
        "phone_number_name_update" => json!({
            "display_phone_number": about.phone, "decision": "APPROVED", "requested_verified_name": "Brasa Café",
            "rejection_reason": null,
        }),
        "business_capability_update" => {
            json!({"max_daily_conversations_per_business": 2000, "max_phone_numbers_per_business": 25})
        }
        "security" => {
            json!({"display_phone_number": about.phone, "event": "PIN_RESET_REQUEST", "requester": "61555822107539"})
        }
        "user_preferences" => json!({
            "messaging_product": "whatsapp",
            "contacts": [{"wa_id": "34611555001"}],
            "user_preferences": [{"wa_id": "34611555001", "detail": "User requested to stop marketing messages",
                                  "category": "marketing_messages", "value": "stop", "timestamp": about.now}],
        }),
        "business_username_update" => {
            json!({"display_phone_number": about.phone, "username": "brasacafe", "status": "approved"})
        }
        "flows" => json!({"event": "FLOW_STATUS_CHANGE", "flow_id": "6627390910605886", "message": "Flow published",
                          "old_status": "DRAFT", "new_status": "PUBLISHED"}),
        event => return account_update(about, event),
    })
}

/// `account_update`, without metadata always.
pub(crate) fn account_update(about: &About<'_>, event: &str) -> Option<Value> {
    let more = match event {
        "ACCOUNT_DELETED" | "ACCOUNT_OFFBOARDED" | "ACCOUNT_RECONNECTED" | "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE" => {
            json!({})
        }
        "ACCOUNT_VIOLATION" => json!({"violation_info": {"violation_type": "SCAM"}}),
        "ACCOUNT_RESTRICTION" => json!({"restriction_info": [
            {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": about.now + 7 * 86_400}]}),
        "DISABLED_UPDATE" => {
            json!({"ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "January 7, 2027"}})
        }
        "PARTNER_ADDED" | "PARTNER_REMOVED" | "AD_ACCOUNT_LINKED" | "MM_LITE_TERMS_SIGNED" => {
            json!({"waba_info": {"waba_id": about.waba, "owner_business_id": about.owner}})
        }
        "PARTNER_APP_INSTALLED" | "PARTNER_APP_UNINSTALLED" => json!({"waba_info": {
            "waba_id": about.waba, "owner_business_id": about.owner, "partner_app_id": about.app}}),
        // Coexistence: the customer unlinked the number in the app.
        "PARTNER_REMOVED_COEXISTENCE" => {
            return Some(json!({"phone_number": about.phone, "event": "PARTNER_REMOVED"}));
        }
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE" => json!({"country": "ES"}),
        "VOLUME_BASED_PRICING_TIER_UPDATE" => json!({"volume_tier_info": {
            "tier_update_time": about.now, "pricing_category": "UTILITY", "tier": "25000001:50000000",
            "effective_month": "2026-11", "region": "Spain"}}),
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" => json!({"partner_client_certification_info": {
            "client_business_id": about.owner, "status": "APPROVED"}}),
        _ => return None,
    };
    Some(with(json!({ "event": event }), more))
}

/// Whether `entry.id` is the partner's own portfolio instead of the WABA (Meta reference §7.3).
pub(crate) fn is_partners(event: &str) -> bool {
    (event.starts_with("PARTNER_") && event != "PARTNER_REMOVED_COEXISTENCE")
        || matches!(event, "AD_ACCOUNT_LINKED" | "MM_LITE_TERMS_SIGNED" | "business_capability_update")
}

fn with(mut base: Value, more: Value) -> Value {
    if let (Some(base), Value::Object(more)) = (base.as_object_mut(), more) {
        base.extend(more);
    }
    base
}
