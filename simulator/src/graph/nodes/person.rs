//! People and system users.

use serde_json::json;

use super::picture;
use crate::graph::errors::GraphError;
use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, Item, List, View};
use crate::world::Node;

/// Fields of a row of `/me/accounts` (Meta reference §5.1).
pub(super) const PAGE_ROW: &[&str] = &["access_token", "category", "category_list", "name", "tasks"];
/// Fields of a row of an ad account edge.
pub(super) const AD_ROW: &[&str] = &["account_id"];

pub(super) fn field(view: &View<'_>, i: usize, spec: &FieldSpec) -> Field {
    let Some(person) = view.world.people.get(i) else { return Field::Unknown };
    match spec.name.as_str() {
        "name" => Field::of(person.name.as_str()),
        "first_name" => Field::maybe(person.name.split(' ').next()),
        "last_name" => Field::maybe(person.name.split_once(' ').map(|(_, last)| last)),
        "email" if view.access.granted("email") => Field::maybe(person.email.as_deref()),
        "email" => Field::Absent,
        "picture" => Field::Whole(picture(view, &person.id, spec)),
        "permissions" => permissions(view, &person.id),
        other => shared(view, other),
    }
}

pub(super) fn system_user_field(view: &View<'_>, spec: &FieldSpec) -> Field {
    match spec.name.as_str() {
        "name" => Field::of(format!("{} system user", view.world.app.name)),
        "client_business_id" => Field::maybe(view.access.client_business()),
        "assigned_pages" => accounts(view),
        "assigned_ad_accounts" => ad_accounts(view),
        "assigned_whatsapp_business_accounts" => {
            let rows = (0..view.world.whatsapp_accounts.len()).rev().filter(|i| view.access.waba(&view.world, *i));
            Field::nodes(rows.map(Node::Waba).collect::<Vec<_>>(), &["name"])
        }
        other => shared(view, other),
    }
}

fn shared(view: &View<'_>, name: &str) -> Field {
    match name {
        "accounts" => accounts(view),
        "businesses" => businesses(view),
        "adaccounts" => ad_accounts(view),
        _ => Field::Unknown,
    }
}

/// Pages the person has a role on directly. Without `pages_show_list` the list is empty, which is no error.
fn accounts(view: &View<'_>) -> Field {
    let rows = (0..view.world.pages.len()).filter(|i| {
        view.world.pages[*i].in_accounts && view.access.granted("pages_show_list") && view.access.page(&view.world, *i)
    });
    Field::nodes(rows.map(Node::Page).collect::<Vec<_>>(), PAGE_ROW)
}

fn businesses(view: &View<'_>) -> Field {
    if !view.access.granted("business_management") {
        return Field::Denied(GraphError::missing_permission(
            "(#200) Requires business_management permission to manage the object.",
        ));
    }
    let rows = (0..view.world.businesses.len()).filter(|i| view.access.business(&view.world, *i));
    Field::nodes(rows.map(Node::Business).collect::<Vec<_>>(), &["name"])
}

fn ad_accounts(view: &View<'_>) -> Field {
    if !view.access.granted_any(&["ads_read", "ads_management"]) {
        return Field::Denied(GraphError::missing_permission(
            "(#200) Requires either of ads_read or ads_management permission to manage the object.",
        ));
    }
    let rows = (0..view.world.ad_accounts.len())
        .filter(|i| view.world.ad_accounts[*i].in_me && view.access.ad_account(&view.world, *i));
    Field::nodes(rows.map(Node::AdAccount).collect::<Vec<_>>(), AD_ROW)
}

/// Rows of `/me/permissions` (Meta reference §4.8).
fn permissions(view: &View<'_>, person: &str) -> Field {
    let Some(grant) = view.state.grants.person(person) else { return Field::Absent };
    let row = |permission: &String, status: &str| {
        Item::Json(permission.clone(), json!({"permission": permission, "status": status}))
    };
    let mut items: Vec<Item> = grant.granted.iter().map(|permission| row(permission, "granted")).collect();
    items.extend(grant.declined.iter().map(|permission| row(permission, "declined")));
    Field::List(List { items, defaults: &[] })
}
