//! The app itself.

use serde_json::{Value, json};

use crate::graph::errors::GraphError;
use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, Item, List, View};

pub(super) fn field(view: &View<'_>, spec: &FieldSpec) -> Field {
    let app = &view.world.app;
    match spec.name.as_str() {
        "name" => Field::of(app.name.as_str()),
        "link" => Field::of(app.link.as_str()),
        "category" => Field::of("Business"),
        "namespace" => Field::Absent,
        "subscriptions" if view.access.app => Field::List(List { items: subscriptions_rows(view), defaults: &[] }),
        "subscriptions" => Field::Denied(
            GraphError::new(15, "(#15) This method must be called with an app access_token.")
                .challenge("invalid_token"),
        ),
        _ => Field::Unknown,
    }
}

/// Rows of `/{app}/subscriptions` (Meta reference §6.2).
pub(crate) fn subscriptions_rows(view: &View<'_>) -> Vec<Item> {
    let version = view.version.to_string();
    view.state
        .subscriptions
        .app
        .values()
        .map(|subscription| {
            let fields: Vec<Value> =
                subscription.fields.iter().map(|name| json!({"name": name, "version": version})).collect();
            Item::Json(
                subscription.object.clone(),
                json!({
                    "object": subscription.object,
                    "callback_url": subscription.callback_url,
                    "active": subscription.active,
                    "fields": fields,
                }),
            )
        })
        .collect()
}
