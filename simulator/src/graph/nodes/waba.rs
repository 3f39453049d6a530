//! WhatsApp Business accounts (Meta reference §5.4).

use serde_json::{Value, json};

use super::phone;
use crate::graph::errors::GraphError;
use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, Item, List, View};
use crate::world::Node;

/// Fields of a row of the WABA edges.
pub(super) const ROW: &[&str] = &["name", "currency", "timezone_id", "message_template_namespace"];

pub(super) fn field(view: &View<'_>, i: usize, spec: &FieldSpec) -> Result<Field, GraphError> {
    let Some(waba) = view.world.whatsapp_accounts.get(i) else { return Ok(Field::Unknown) };
    let owner = || view.world.businesses.iter().find(|business| Some(&business.id) == waba.business.as_ref());
    Ok(match spec.name.as_str() {
        "name" => Field::of(waba.name.as_str()),
        "currency" => Field::of(waba.currency.as_str()),
        "timezone_id" => Field::of(waba.timezone_id.as_str()),
        "message_template_namespace" => Field::of(waba.message_template_namespace.as_str()),
        "account_review_status" => Field::of(waba.account_review_status.as_str()),
        "business_verification_status" => Field::of(waba.business_verification_status.as_str()),
        "status" => Field::of(waba.status.as_str()),
        "country" => Field::of("ES"),
        "ownership_type" => Field::of("CLIENT_OWNED"),
        "creation_time" => Field::of(waba.creation_time),
        "owner_business_info" => Field::maybe(owner().map(|owner| json!({"name": owner.name, "id": owner.id}))),
        "owner_business" => Field::maybe(owner().map(|owner| json!({"name": owner.name, "id": owner.id}))),
        "on_behalf_of_business_info" => Field::maybe(
            owner().map(|owner| json!({"name": owner.name, "id": owner.id, "status": "APPROVED", "type": "SELF"})),
        ),
        "health_status" => Field::of(json!({
            "can_send_message": "AVAILABLE",
            "entities": [{"entity_type": "WABA", "id": waba.id, "can_send_message": "AVAILABLE"}],
        })),
        "phone_numbers" => phone_numbers(view, &waba.id, spec)?,
        "message_templates" => Field::List(List { items: Vec::new(), defaults: &[] }),
        "subscribed_apps" => Field::List(List { items: subscribed_apps(view, &waba.id), defaults: &[] }),
        _ => Field::Unknown,
    })
}

/// Numbers, newest onboarded first.
fn phone_numbers(view: &View<'_>, waba: &str, spec: &FieldSpec) -> Result<Field, GraphError> {
    let mode = match spec.modifier("filtering") {
        None => None,
        Some(text) => serde_json::from_str::<Vec<Value>>(text)
            .map_err(|_| GraphError::new(100, "(#100) Param filtering must be an array"))?
            .iter()
            .find(|rule| rule["field"] == "account_mode")
            .and_then(|rule| rule["value"].as_str().map(str::to_owned)),
    };
    let numbers = &view.world.phone_numbers;
    let mut rows: Vec<usize> = (0..numbers.len())
        .filter(|i| numbers[*i].waba == waba && mode.as_ref().is_none_or(|mode| *mode == numbers[*i].account_mode))
        .collect();
    rows.sort_by_key(|i| std::cmp::Reverse(numbers[*i].last_onboarded_time));
    if spec.modifier("sort").is_some_and(|sort| sort.contains("ascending")) {
        rows.reverse();
    }
    Ok(Field::nodes(rows.into_iter().map(Node::Phone).collect::<Vec<_>>(), phone::DEFAULTS))
}

/// Rows of `/{waba}/subscribed_apps` (Meta reference §6.3).
fn subscribed_apps(view: &View<'_>, waba: &str) -> Vec<Item> {
    let app = &view.world.app;
    let row = |subscription: &crate::state::AssetSubscription| {
        let mut row = json!({"whatsapp_business_api_data": {"id": app.id, "link": app.link, "name": app.name}});
        if let Some(uri) = &subscription.override_callback_uri {
            row["override_callback_uri"] = json!(uri);
        }
        Item::Json(app.id.clone(), row)
    };
    view.state.subscriptions.assets.get(waba).map(row).into_iter().collect()
}
