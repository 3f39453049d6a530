//! Facebook Pages (Meta reference §5.1).

use serde_json::json;

use super::picture;
use crate::graph::auth::Caller;
use crate::graph::errors::GraphError;
use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, Item, List, View};
use crate::world::Node;

pub(super) fn field(view: &mut View<'_>, i: usize, spec: &FieldSpec) -> Result<Field, GraphError> {
    let world = view.world.clone();
    let Some(page) = world.pages.get(i) else { return Ok(Field::Unknown) };
    Ok(match spec.name.as_str() {
        "name" | "global_brand_page_name" => Field::of(page.name.as_str()),
        "category" => Field::of(page.category.as_str()),
        "category_list" => Field::of(json!([{"id": category_id(&page.category), "name": page.category}])),
        "tasks" if page.tasks.is_empty() => Field::Absent,
        "tasks" => Field::of(page.tasks.clone()),
        "link" => Field::of(format!("https://www.facebook.com/{}", page.id)),
        "fan_count" | "followers_count" => Field::of(page.fan_count),
        "is_published" => Field::of(true),
        "verification_status" => Field::of("not_verified"),
        "about" | "username" | "phone" | "website" | "emails" => Field::Absent,
        "picture" => Field::Whole(picture(view, &page.id, spec)),
        "access_token" => Field::maybe(token(view, i)),
        "business" if view.access.granted("business_management") => {
            match page.business.as_deref().and_then(|id| view.state.node(id)) {
                Some(business) => Field::Node(business, &["name"]),
                None => Field::Absent,
            }
        }
        "business" => Field::Absent,
        "instagram_business_account" | "connected_instagram_account" => {
            match page.instagram.as_deref().and_then(|id| view.state.node(id)) {
                // The key is absent, not null, when nothing is linked or the permission is missing.
                Some(node) if view.access.node(&world, node) => Field::Node(node, &[]),
                _ => Field::Absent,
            }
        }
        "subscribed_apps" => subscribed_apps(view, &page.id),
        _ => Field::Unknown,
    })
}

/// A category's id: any number, but always the same one.
fn category_id(category: &str) -> String {
    let sum: u64 = category.bytes().fold(7, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_000_007);
    format!("16{sum:010}")
}

/// The Page's token, for those who may have it (Meta reference §4.3).
fn token(view: &mut View<'_>, i: usize) -> Option<String> {
    let page = view.world.pages.get(i)?;
    if !page.has_token || !view.access.granted("pages_show_list") {
        return None;
    }
    match &view.caller {
        Caller::Page { token, .. } => Some(token.clone()),
        Caller::User { token, .. } | Caller::SystemUser { token, .. } => {
            let now = view.state.now();
            let (token, page) = (token.clone(), page.id.clone());
            let state = &mut *view.state;
            state.tokens.page_token(&mut state.rng, &token, &page, now)
        }
        Caller::Anonymous | Caller::App | Caller::Instagram { .. } => None,
    }
}

fn subscribed_apps(view: &View<'_>, page: &str) -> Field {
    if !matches!(view.caller, Caller::Page { .. }) {
        return Field::Denied(
            GraphError::new(210, "(#210) A page access token is required to request this resource.")
                .status(403)
                .challenge("invalid_token"),
        );
    }
    let app = &view.world.app;
    let items = view
        .state
        .subscriptions
        .assets
        .get(page)
        .map(|subscription| {
            Item::Json(
                app.id.clone(),
                json!({
                    "category": "Business",
                    "link": app.link,
                    "name": app.name,
                    "id": app.id,
                    "subscribed_fields": subscription.fields,
                }),
            )
        })
        .into_iter()
        .collect();
    Field::List(List { items, defaults: &[] })
}

/// Every Page among these that the caller can see.
pub(super) fn visible(view: &View<'_>, wanted: impl Fn(&crate::world::Page) -> bool) -> Vec<Node> {
    (0..view.world.pages.len())
        .filter(|i| wanted(&view.world.pages[*i]) && view.access.page(&view.world, *i))
        .map(Node::Page)
        .collect()
}
