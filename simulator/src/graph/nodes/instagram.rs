//! Instagram professional accounts (Meta reference §5.2).

use serde_json::json;

use super::picture_url;
use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, Item, List, View};

pub(super) fn field(view: &View<'_>, i: usize, spec: &FieldSpec) -> Field {
    let Some(account) = view.world.instagram_accounts.get(i) else { return Field::Unknown };
    match spec.name.as_str() {
        "username" => Field::of(account.username.as_str()),
        "name" => Field::of(account.name.as_str()),
        "profile_picture_url" => Field::of(picture_url(view, &account.id)),
        "followers_count" => Field::of(account.followers_count),
        "follows_count" | "media_count" => Field::of(account.followers_count % 700),
        "biography" => Field::of(account.biography.as_str()),
        "website" => Field::Absent,
        "user_id" => Field::of(account.id.as_str()),
        "account_type" => Field::of("BUSINESS"),
        "ig_id" => Field::of(account.id.trim_start_matches("1784140").to_owned()),
        "subscribed_apps" => {
            let app = &view.world.app;
            let rows = view.state.subscriptions.assets.get(&account.id).map(|subscription| {
                Item::Json(
                    app.id.clone(),
                    json!({"name": app.name, "id": app.id, "subscribed_fields": subscription.fields}),
                )
            });
            Field::List(List { items: rows.into_iter().collect(), defaults: &[] })
        }
        _ => Field::Unknown,
    }
}
