//! Comments on posts: `feed` of Pages, `comments` of Instagram (Meta reference §7.4, §7.5).

use serde_json::{Value, json};

use super::content::Content;
use super::parties::Parties;

/// The field and the value of the change, when it is a comment.
pub(super) fn change(instagram: bool, parties: &Parties, content: &Content) -> Option<(&'static str, Value)> {
    let Content::Comment { text, post, parent } = content else { return None };
    if instagram {
        let media = post.as_deref().unwrap_or("17900000000000551");
        let mut value = json!({
            "from": {"id": parties.customer, "username": parties.username},
            "id": parties.message_id,
            "text": text,
            "media": {"id": media, "media_product_type": "FEED"},
        });
        if let Some(parent) = parent {
            value["parent_id"] = json!(parent);
        }
        return Some(("comments", value));
    }
    let post = post.clone().unwrap_or_else(|| format!("{}_122100000000551", parties.asset));
    let value = json!({
        "from": {"id": parties.customer, "name": parties.name},
        "item": "comment",
        "verb": "add",
        "comment_id": parties.message_id,
        "post_id": post,
        "parent_id": parent.as_ref().unwrap_or(&post),
        "message": text,
        "created_time": parties.at_ms / 1000,
        "post": {
            "id": post,
            "permalink_url": format!("https://www.facebook.com/{post}"),
            "status_type": "added_photos",
            "is_published": true,
            "updated_time": crate::clock::graph_time(parties.at_ms / 1000),
            "promotion_status": "inactive",
        },
    });
    Some(("feed", value))
}
