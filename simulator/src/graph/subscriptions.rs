//! `/{app}/subscriptions`: the app's webhooks, one callback per object (Meta reference §6.2).

use serde_json::json;

use super::dispatch::{Method, Step};
use super::errors::GraphError;
use super::handshake::{Change, Pending};
use super::params::Params;
use super::render::View;
use crate::state::AppSubscription;
use crate::world::Node;

/// Objects an app can subscribe to.
const OBJECTS: &[&str] = &["user", "page", "permissions", "instagram", "whatsapp_business_account", "application"];

/// `POST` and `DELETE` of `/{app}/subscriptions`.
pub(crate) fn change(view: &mut View<'_>, node: Node, method: Method, params: &Params) -> Result<Step, GraphError> {
    if node != Node::App {
        return Err(GraphError::unknown_field("subscriptions", super::nodes::type_name(node)));
    }
    if !view.access.app {
        return Err(GraphError::new(15, "(#15) This method must be called with an app access_token.")
            .challenge("invalid_token"));
    }
    match method {
        Method::Delete => delete(view, params),
        _ => create(view, params),
    }
}

fn create(view: &mut View<'_>, params: &Params) -> Result<Step, GraphError> {
    let object = params.filled("object").ok_or_else(|| GraphError::missing_parameter("object"))?;
    if !OBJECTS.contains(&object.as_str()) {
        return Err(GraphError::new(100, format!("(#100) Param object must be one of {{{}}}", OBJECTS.join(", "))));
    }
    let fields = params.list("fields").unwrap_or_default();
    let old = view.state.subscriptions.app.get(&object).cloned();
    let Some(callback_url) = params.filled("callback_url").or_else(|| Some(old.as_ref()?.callback_url.clone())) else {
        return Err(GraphError::missing_parameter("callback_url"));
    };
    let Some(verify_token) = params.filled("verify_token").or_else(|| Some(old.as_ref()?.verify_token.clone())) else {
        return Err(GraphError::missing_parameter("verify_token"));
    };
    let subscription = AppSubscription {
        object,
        callback_url: callback_url.clone(),
        verify_token: verify_token.clone(),
        fields,
        active: true,
    };
    Ok(Step::Handshake(Pending::new(view.state, callback_url, verify_token, Change::App(subscription))))
}

fn delete(view: &mut View<'_>, params: &Params) -> Result<Step, GraphError> {
    let app = &mut view.state.subscriptions.app;
    match (params.filled("object"), params.list("fields").filter(|fields| !fields.is_empty())) {
        (None, _) => app.clear(),
        (Some(object), None) => {
            app.remove(&object);
        }
        (Some(object), Some(fields)) => {
            if let Some(subscription) = app.get_mut(&object) {
                subscription.fields.retain(|field| !fields.contains(field));
            }
        }
    }
    Ok(Step::Done(json!({"success": true})))
}
