//! `feed` and `mention` of a Page: posts, comments, reactions (Meta reference §7.4).

use serde_json::Value;

use super::{
    envelope::Change,
    event::{Attachment, Content, Direction, Event, Happening, IdentityKind, Participant},
    lenient::{Odd, hint, moment, object, pick, text, text_of, word},
    scene::{Scene, notice, unknown},
};

/// One change of the feed.
struct Feed<'a> {
    value: &'a Value,
    field: &'a str,
    item: &'a str,
    verb: &'a str,
    from: Participant,
    by: Direction,
    post: Option<String>,
    comment: Option<String>,
}

/// The one event of a change.
pub(super) fn read(change: &Change<'_>, scene: &Scene) -> Event {
    let what = Feed::new(change, scene.asset()).and_then(|feed| feed.told());
    // `created_time` is when the comment was made. What happens to it later happens when the entry says.
    let made = matches!(what, Ok(Happening::Message(_) | Happening::Reaction { .. }));
    let at = moment(change.value, "created_time").filter(|_| made);
    scene.told(at, what, change.field, change.raw)
}

impl<'a> Feed<'a> {
    fn new(change: &Change<'a>, page: &str) -> Result<Self, Odd> {
        let value = change.value;
        let mut from = match object(value, "from")? {
            Some(from) => Participant::scoped(IdentityKind::Psid, page, from)?,
            None => Participant::scoped(IdentityKind::Psid, page, &Value::Null)?,
        };
        let own = from.identities.iter().any(|identity| identity.value == page);
        if own {
            from = Participant::default();
        }
        let by = if own { Direction::Out } else { Direction::In };
        let comment = text(value, "comment_id")?;
        let post = text_of(value, &["post_id", "photo_id", "video_id", "album_id", "event_id", "share_id"])?;
        let post = post.or_else(|| hint(&value["post"], "id"));
        Ok(Self {
            value,
            field: change.field,
            item: word(value, "item"),
            verb: word(value, "verb"),
            from,
            by,
            post,
            comment,
        })
    }

    fn told(self) -> Result<Happening, Odd> {
        match (self.item, self.verb) {
            (_, "hide" | "unhide" | "block" | "unblock" | "follow" | "mute") => Ok(self.notice()),
            ("reaction" | "like", _) => self.reaction(),
            (
                "comment" | "post" | "status" | "photo" | "video" | "share" | "link" | "note" | "event" | "album",
                verb,
            ) => match verb {
                "add" | "" => self.message(),
                "edit" | "edited" | "update" => self.edit(),
                "remove" | "delete" => self.unsend(),
                _ => Ok(self.notice()),
            },
            _ if self.field == "mention" && self.id().is_some() => self.message(),
            (item, _) => Ok(unknown(format!("{}.item={item}", self.field))),
        }
    }

    /// The comment, else the post.
    fn id(&self) -> Option<String> {
        self.comment.clone().or_else(|| self.post.clone())
    }

    fn thread(&self) -> Result<String, Odd> {
        let parent = || hint(self.value, "parent_id");
        let thread = self.post.clone().or_else(parent).or_else(|| self.comment.clone());
        thread.map(|post| format!("comments:{post}")).ok_or(Odd("post_id"))
    }

    fn message(self) -> Result<Happening, Odd> {
        let parent = text(self.value, "parent_id")?.filter(|parent| Some(parent) != self.post.as_ref());
        let kind = if self.field == "mention" { "mention" } else { self.item };
        Ok(Happening::Message(Content {
            id: self.id().ok_or(Odd("comment_id"))?,
            direction: self.by,
            thread: Some(self.thread()?),
            kind: kind.to_owned(),
            text: text(self.value, "message")?,
            reply_to: parent,
            attachments: self.attachments(),
            detail: pick(self.value, &["post", "post_id", "promotion_status", "is_hidden", "published", "title"]),
            status: None,
            with: self.from,
        }))
    }

    fn attachments(&self) -> Vec<Attachment> {
        let kinds = [("photo", "photo"), ("video", "video"), ("link", "link")];
        let one = |(key, kind): (&'static str, &str)| {
            let url = hint(self.value, key)?;
            Some(Attachment { kind: kind.to_owned(), url: Some(url), ..Attachment::default() })
        };
        let photos = super::lenient::list(self.value, "photos").iter().filter_map(Value::as_str);
        let photo =
            |url: &str| Attachment { kind: "photo".to_owned(), url: Some(url.to_owned()), ..Attachment::default() };
        kinds.into_iter().filter_map(one).chain(photos.map(photo)).collect()
    }

    fn edit(self) -> Result<Happening, Odd> {
        Ok(Happening::Edit {
            message: self.id().ok_or(Odd("comment_id"))?,
            by: self.by,
            thread: Some(self.thread()?),
            text: text(self.value, "message")?,
            number: 1,
            with: self.from,
        })
    }

    fn unsend(self) -> Result<Happening, Odd> {
        Ok(Happening::Unsend {
            message: self.id().ok_or(Odd("comment_id"))?,
            by: self.by,
            thread: Some(self.thread()?),
            with: self.from,
        })
    }

    /// A reaction needs somebody whose it is: Meta may withhold that.
    fn reaction(self) -> Result<Happening, Odd> {
        if self.by == Direction::In && !self.from.is_known() {
            return Ok(notice(self.kind(), "Somebody reacted to a post or a comment; Meta does not say who."));
        }
        let emoji = match self.verb {
            "remove" => None,
            _ => Some(emoji(word(self.value, "reaction_type")).to_owned()),
        };
        Ok(Happening::Reaction {
            message: self.id().ok_or(Odd("post_id"))?,
            by: self.by,
            thread: Some(self.thread()?),
            emoji,
            with: self.from,
        })
    }

    fn kind(&self) -> String {
        format!("{}.{}.{}", self.field, self.item, self.verb)
    }

    fn notice(&self) -> Happening {
        let thing = if self.item.is_empty() { "something" } else { self.item };
        let sentence = match self.verb {
            "hide" => format!("On the Page's feed, a {thing} was hidden."),
            "unhide" => format!("On the Page's feed, a {thing} is shown again."),
            "block" => "The Page blocked somebody.".to_owned(),
            "unblock" => "The Page no longer blocks somebody.".to_owned(),
            "follow" => "Somebody follows the Page.".to_owned(),
            verb => format!("On the Page's feed, a {thing} changed ({verb})."),
        };
        notice(self.kind(), sentence)
    }
}

fn emoji(reaction: &str) -> &str {
    match reaction {
        "" | "like" => "👍",
        "love" => "❤️",
        "wow" => "😮",
        "haha" => "😂",
        "sorry" => "😢",
        "anger" => "😡",
        "care" => "🤗",
        other => other,
    }
}
