//! Permissions of a person: read, and take back (Meta reference §4.8).

use serde_json::{Value, json};

use super::auth::Caller;
use super::errors::GraphError;
use super::render::View;
use crate::state::{Revocation, State};
use crate::webhooks::{DeliveryKind, SignedRequestForm, Update, compliance_delivery, signed_request};
use crate::world::Node;

/// `DELETE /{user}/permissions[/{permission}]`.
pub(crate) fn delete_permissions(
    view: &mut View<'_>,
    node: Node,
    permission: Option<&str>,
) -> Result<Value, GraphError> {
    let Node::Person(i) = node else {
        return Err(
            GraphError::new(100, "(#100) Permissions can only be removed from a user").kind("GraphMethodException")
        );
    };
    let Some(person) = view.world.people.get(i).map(|person| person.id.clone()) else {
        return Err(GraphError::no_such_object("delete", ""));
    };
    if matches!(view.caller, Caller::Page { .. }) {
        return Err(GraphError::missing_permission("(#200) Permissions error"));
    }
    match permission {
        None => {
            view.state.tokens.revoke_subject(&person, Revocation::AppRemoved);
            let grant = view.state.grants.person_mut(&person);
            grant.granted.clear();
            grant.declined.clear();
            grant.authorized = false;
            removed(view.state, &person);
        }
        Some(permission) => {
            let grant = view.state.grants.person_mut(&person);
            if !grant.granted.remove(permission) {
                return Err(GraphError::new(100, format!("(#100) Invalid permission: {permission}")));
            }
            grant.declined.insert(permission.to_owned());
            let value = json!({"verb": "revoked", "target_ids": []});
            // Whether anybody hears of it is no concern of the caller.
            let _ = view.state.emit(Update::change("permissions", &person, permission, value));
        }
    }
    Ok(json!({"success": true}))
}

/// The deauthorize callback hears of a person who removed the app (Meta reference §10).
fn removed(state: &mut State, person: &str) {
    let Some(url) = state.world.app.deauthorize_callback_url.clone() else { return };
    let request = signed_request(state, person, SignedRequestForm::Unpadded);
    let delivery = compliance_delivery(DeliveryKind::Deauthorize, &url, &request, state.now());
    state.outbox.add(delivery);
    state.touch();
}
