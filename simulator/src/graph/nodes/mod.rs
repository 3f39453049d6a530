//! The kinds of node: their type names, default fields and fields.

mod ad_account;
mod app;
mod business;
mod instagram;
mod page;
mod person;
mod phone;
mod waba;

use serde_json::{Value, json};

use super::auth::Caller;
use super::errors::GraphError;
use super::fields::FieldSpec;
use super::render::{Field, View};
use crate::instagram::scoped_id;
use crate::world::{Node, World};

/// The name of a kind in error messages.
pub(crate) fn type_name(node: Node) -> &'static str {
    match node {
        Node::App => "Application",
        Node::Person(_) => "User",
        Node::SystemUser => "SystemUser",
        Node::Business(_) => "Business",
        Node::Page(_) => "Page",
        Node::Instagram(_) => "IGUser",
        Node::Waba(_) => "WhatsAppBusinessAccount",
        Node::Phone(_) => "WhatsAppBusinessPhoneNumber",
        Node::AdAccount(_) => "AdAccount",
    }
}

/// The id of a node of the world.
pub(crate) fn id(world: &World, node: Node) -> String {
    match node {
        Node::App => Some(&world.app.id),
        Node::Person(i) => world.people.get(i).map(|person| &person.id),
        Node::Business(i) => world.businesses.get(i).map(|business| &business.id),
        Node::Page(i) => world.pages.get(i).map(|page| &page.id),
        Node::Instagram(i) => world.instagram_accounts.get(i).map(|account| &account.id),
        Node::Waba(i) => world.whatsapp_accounts.get(i).map(|account| &account.id),
        Node::Phone(i) => world.phone_numbers.get(i).map(|number| &number.id),
        Node::AdAccount(i) => world.ad_accounts.get(i).map(|account| &account.id),
        Node::SystemUser => None,
    }
    .cloned()
    .unwrap_or_default()
}

/// The id of a node as the caller sees it: an Instagram account that signed in itself has another one for each app.
pub(crate) fn shown_id(view: &View<'_>, node: Node) -> String {
    let id = view.id(node);
    match (node, &view.caller) {
        (Node::Instagram(_), Caller::Instagram { .. }) => scoped_id(&id),
        _ => id,
    }
}

/// Fields of a node asked for without `fields`.
pub(crate) fn defaults(node: Node) -> &'static [&'static str] {
    match node {
        Node::App => &["category", "link", "name"],
        Node::Person(_) | Node::SystemUser | Node::Business(_) | Node::Page(_) => &["name"],
        Node::Instagram(_) => &[],
        Node::Waba(_) => &["name", "currency", "timezone_id", "message_template_namespace"],
        Node::Phone(_) => phone::DEFAULTS,
        Node::AdAccount(_) => &["account_id"],
    }
}

/// One field or edge of a node.
pub(crate) fn field(view: &mut View<'_>, node: Node, spec: &FieldSpec) -> Result<Field, GraphError> {
    if spec.name == "id" {
        return Ok(Field::of(shown_id(view, node)));
    }
    Ok(match node {
        Node::App => app::field(view, spec),
        Node::Person(i) => person::field(view, i, spec),
        Node::SystemUser => person::system_user_field(view, spec),
        Node::Business(i) => business::field(view, i, spec)?,
        Node::Page(i) => page::field(view, i, spec)?,
        Node::Instagram(i) => instagram::field(view, i, spec),
        Node::Waba(i) => waba::field(view, i, spec)?,
        Node::Phone(i) => phone::field(view, i, spec),
        Node::AdAccount(i) => ad_account::field(view, i, spec),
    })
}

/// `{"data":{"url":…}}`, as Pages and people show their picture.
fn picture(view: &View<'_>, id: &str, spec: &FieldSpec) -> Value {
    let side = match spec.modifier("type") {
        Some("large") => 200,
        Some("normal") => 100,
        _ => 50,
    };
    let mut data = json!({"height": side, "is_silhouette": false, "url": picture_url(view, id), "width": side});
    if let (false, Value::Object(map)) = (spec.fields.is_empty(), &mut data) {
        map.retain(|key, _| spec.fields.iter().any(|wanted| wanted.name == *key));
    }
    json!({ "data": data })
}

fn picture_url(view: &View<'_>, id: &str) -> String {
    let mut url = view.state.base.clone();
    url.set_path(&format!("/_sim/picture/{id}.svg"));
    url.into()
}
