//! What an Instagram account tells beside its messages: comments, mentions, stories (Meta reference §7.5).

use serde_json::Value;

use super::{
    envelope::Change,
    event::{Content, Direction, Happening, IdentityKind, Participant},
    events::{Events, Read},
    lenient::{Odd, moment, object, pick, text, text_of},
    scene::{Scene, notice},
};

/// A change of an Instagram account.
pub(super) fn read_change(change: &Change<'_>, scene: &Scene, out: &mut Events) -> Read {
    let value = change.value;
    let what = match change.field {
        "comments" | "live_comments" => comment(value, scene.asset()),
        "mentions" => mention(value),
        "story_insights" => Ok(notice("story_insights", "A story ended, and Meta sent its figures.")),
        other => return out.push(scene.unknown(format!("instagram.field={other}"), change.raw)),
    };
    let at = moment(value, "timestamp").or_else(|| moment(value, "created_time"));
    out.push(scene.told(at, what, change.field, change.raw))
}

/// Real traffic names a comment `id`, the documentation `comment_id`.
fn comment(value: &Value, account: &str) -> Result<Happening, Odd> {
    let id = text_of(value, &["id", "comment_id"])?.ok_or(Odd("id"))?;
    let from = object(value, "from")?.unwrap_or(&Value::Null);
    let mut with = Participant::scoped(IdentityKind::Igsid, account, from)?;
    let own = with.identities.iter().any(|identity| identity.value == account);
    if own {
        with = Participant::default();
    }
    let media = object(value, "media")?.unwrap_or(&Value::Null);
    let media_id = text(media, "id")?.or(text(value, "media_id")?);
    Ok(Happening::Message(Content {
        thread: Some(format!("comments:{}", media_id.as_ref().unwrap_or(&id))),
        direction: if own { Direction::Out } else { Direction::In },
        with,
        kind: "comment".to_owned(),
        text: text(value, "text")?,
        reply_to: text(value, "parent_id")?,
        attachments: Vec::new(),
        detail: pick(value, &["media"]),
        status: None,
        id,
    }))
}

/// Somebody named the account in a comment, or in the caption of a post. Meta says neither who nor what;
/// the same comment may come by itself, so this is another message than that.
fn mention(value: &Value) -> Result<Happening, Odd> {
    let media = text(value, "media_id")?;
    let id = text(value, "comment_id")?.or_else(|| media.clone()).ok_or(Odd("media_id"))?;
    Ok(Happening::Message(Content {
        thread: Some(format!("comments:{}", media.as_ref().unwrap_or(&id))),
        direction: Direction::In,
        with: Participant::default(),
        kind: "mention".to_owned(),
        text: None,
        reply_to: None,
        attachments: Vec::new(),
        detail: pick(value, &["media_id", "comment_id"]),
        status: None,
        id: format!("mention:{id}"),
    }))
}
