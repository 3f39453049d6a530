//! WhatsApp phone numbers (Meta reference §5.4).

use serde_json::{Map, Value, json};

use crate::clock::graph_time;
use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, View};
use crate::graph::versions::Version;
use crate::world::PhoneNumber;

/// Fields of a number asked for without `fields`.
pub(super) const DEFAULTS: &[&str] = &[
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "last_onboarded_time",
    "webhook_configuration",
];

pub(super) fn field(view: &View<'_>, i: usize, spec: &FieldSpec) -> Field {
    let Some(number) = view.world.phone_numbers.get(i) else { return Field::Unknown };
    match spec.name.as_str() {
        "verified_name" => Field::of(number.verified_name.as_str()),
        "display_phone_number" => Field::of(number.display_phone_number.as_str()),
        "quality_rating" => Field::of(number.quality_rating.as_str()),
        "quality_score" => Field::of(json!({"score": number.quality_rating})),
        "code_verification_status" => Field::of(number.code_verification_status.as_str()),
        "platform_type" => Field::of(number.platform_type.as_str()),
        "throughput" => Field::of(json!({"level": number.throughput})),
        "name_status" => Field::of(number.name_status.as_str()),
        "new_name_status" => Field::of(number.new_name_status.as_str()),
        "status" => Field::of(number.status.as_str()),
        "account_mode" => Field::of(number.account_mode.as_str()),
        "messaging_limit_tier" => Field::of(number.messaging_limit.as_str()),
        // Appeared with v24.
        "whatsapp_business_manager_messaging_limit" if view.version >= Version(24) => {
            Field::of(number.messaging_limit.as_str())
        }
        "is_official_business_account" => Field::of(number.is_official_business_account),
        "is_on_biz_app" => Field::of(number.is_on_biz_app),
        "is_pin_enabled" => Field::of(number.pin.is_some()),
        "certificate" => Field::of(format!("CmsK{}", crate::secrets::fingerprint(&number.id))),
        "last_onboarded_time" => Field::of(graph_time(number.last_onboarded_time)),
        "health_status" => Field::of(health(number)),
        "webhook_configuration" => match webhook_configuration(view, number) {
            configuration if configuration.is_empty() => Field::Absent,
            configuration => Field::of(Value::Object(configuration)),
        },
        _ => Field::Unknown,
    }
}

fn health(number: &PhoneNumber) -> Value {
    json!({
        "can_send_message": number.can_send_message,
        "entities": [
            {"entity_type": "PHONE_NUMBER", "id": number.id, "can_send_message": number.can_send_message},
            {"entity_type": "WABA", "id": number.waba, "can_send_message": "AVAILABLE"},
        ],
    })
}

/// The three levels of callback, the most specific one winning (Meta reference §6.3).
pub(crate) fn webhook_configuration(view: &View<'_>, number: &PhoneNumber) -> Map<String, Value> {
    let subscriptions = &view.state.subscriptions;
    let mut levels = Map::new();
    if let Some((uri, _)) = subscriptions.phones.get(&number.id) {
        levels.insert("phone_number".into(), json!(uri));
    }
    if let Some(uri) = subscriptions.assets.get(&number.waba).and_then(|waba| waba.override_callback_uri.as_ref()) {
        levels.insert("whatsapp_business_account".into(), json!(uri));
    }
    if let Some(app) = subscriptions.app.get("whatsapp_business_account") {
        levels.insert("application".into(), json!(app.callback_url));
    }
    levels
}
