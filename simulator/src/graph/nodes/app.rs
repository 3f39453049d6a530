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
        // The dashboard's settings are told to the app alone.
        "app_domains"
        | "privacy_policy_url"
        | "terms_of_service_url"
        | "deauth_callback_url"
        | "contact_email"
        | "logo_url" => match (view.access.app, spec.name.as_str()) {
            (false, _) => Field::Absent,
            (_, "app_domains") => Field::of(json!(app.domains)),
            (_, "privacy_policy_url") => Field::maybe(app.privacy_policy_url.as_deref()),
            (_, "terms_of_service_url") => Field::maybe(app.terms_of_service_url.as_deref()),
            (_, "deauth_callback_url") => Field::maybe(app.deauthorize_callback_url.as_deref()),
            (_, "contact_email") => Field::maybe(app.contact_email.as_deref()),
            _ => Field::maybe(app.logo_url.as_deref()),
        },
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
