//! Messaging items of Pages and Instagram accounts: `messaging[]` and `standby[]` (Meta reference §7.4, §7.5).

use serde_json::Value;

use super::{
    envelope::Change,
    event::{Content, Direction, Happening, IdentityKind, Participant, Raw, Reach, SentStatus},
    events::{Events, Read},
    lenient::{Odd, flag, hint, list, moment, number, pick, text, text_of, word},
    messaging_message, page,
    scene::{Scene, id_of},
};
use crate::{asset_kind::AssetKind, clock::Timestamp};

/// Whose messaging it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Platform {
    /// A Page's, called Messenger.
    Page,
    /// An Instagram account's.
    Instagram,
}

/// One item, with what is the same for all that it holds.
pub(super) struct Item<'a> {
    pub(super) raw: &'a Value,
    /// The same, as it is kept.
    pub(super) kept: Raw,
    pub(super) at: Option<Timestamp>,
    pub(super) with: Participant,
    /// Who sent the item.
    pub(super) by: Direction,
    /// Another app holds the thread, and this one only listens.
    pub(super) standby: bool,
}

impl Platform {
    pub(super) fn asset(self) -> AssetKind {
        match self {
            Self::Page => AssetKind::FacebookPage,
            Self::Instagram => AssetKind::InstagramAccount,
        }
    }

    pub(super) fn identity(self) -> IdentityKind {
        match self {
            Self::Page => IdentityKind::Psid,
            Self::Instagram => IdentityKind::Igsid,
        }
    }

    /// Whether a change is a messaging item in disguise, as the dashboard's test button sends them.
    pub(super) fn is_item(self, change: &Change<'_>) -> bool {
        let value = change.value;
        value["sender"].is_object() && (value["recipient"].is_object() || value["message"].is_object())
    }

    /// Everything that one item tells; mostly one thing.
    pub(super) fn read_item(self, entry: &Value, raw: &Value, standby: bool, scene: &Scene, out: &mut Events) -> Read {
        let echo = flag(&raw["message"], "is_echo");
        let (ours, theirs) = if echo { ("sender", "recipient") } else { ("recipient", "sender") };
        let entry_id = hint(entry, "id");
        // Only Instagram's entries may name another id than the item's (§7.3); `0` is nobody's.
        let named = self == Self::Page && entry_id.as_ref().is_some_and(|id| id != "0");
        let own_id = hint(&raw[ours], "id").filter(|_| !named);
        let scene = scene.about([(self.asset(), entry_id), (self.asset(), own_id)]);
        let own = hint(&raw["sender"], "id").is_some_and(|sender| sender == scene.asset());
        let (by, theirs) = if echo || own { (Direction::Out, "recipient") } else { (Direction::In, theirs) };
        let at = moment(raw, "timestamp");
        let with = match Participant::scoped(self.identity(), scene.asset(), &raw[theirs]) {
            Ok(with) => with,
            Err(Odd(field)) => return out.push(scene.unknown(format!("messaging.{theirs}.{field}"), raw)),
        };
        let before = out.len();
        let item = Item { raw, kept: raw.into(), at, with, by, standby };
        item.read(&scene, out)?;
        if out.len() == before {
            out.push(scene.unknown(unknown_kind(raw), &item.kept))?;
        }
        Ok(())
    }
}

/// Meta's name of what an unknown item holds.
fn unknown_kind(raw: &Value) -> String {
    let envelope = ["sender", "recipient", "timestamp"];
    let keys = raw.as_object().into_iter().flat_map(|item| item.keys());
    let key = keys.map(String::as_str).find(|key| !envelope.contains(key) && super::lenient::is_word(key));
    key.map_or_else(|| "messaging".to_owned(), |key| format!("messaging.{key}"))
}

impl Item<'_> {
    fn read(&self, scene: &Scene, out: &mut Events) -> Read {
        type Reader<'i> = fn(&Item<'i>, &Value) -> Result<Happening, Odd>;
        let readers: [(&str, Reader<'_>); 8] = [
            ("message", messaging_message::message),
            ("postback", Self::postback),
            ("reaction", Self::reaction),
            ("message_edit", Self::edit),
            ("message_edits", Self::edit),
            ("optin", Self::optin),
            ("referral", Self::referral),
            ("read", Self::read_receipt),
        ];
        for (key, reader) in readers {
            let found = &self.raw[key];
            if !found.is_null() {
                let what = if found.is_object() { reader(self, found) } else { Err(Odd(key)) };
                out.push(scene.told(self.at, what, "messaging", &self.kept))?;
            }
        }
        self.delivery(scene, out)?;
        out.extend(page::thread_notices(self.raw).map(|what| scene.event(self.at, what, &self.kept)))
    }

    /// A message of this item that says no more than its kind.
    pub(super) fn content(&self, id: Option<String>, kind: &str) -> Content {
        Content {
            id: id.unwrap_or_else(|| id_of(kind, self.raw)),
            direction: self.by,
            with: self.with.clone(),
            thread: None,
            kind: kind.to_owned(),
            text: None,
            reply_to: None,
            attachments: Vec::new(),
            detail: None,
            status: None,
        }
    }

    fn postback(&self, postback: &Value) -> Result<Happening, Odd> {
        self.someone()?;
        Ok(Happening::Message(Content {
            text: text_of(postback, &["title", "payload"])?,
            detail: pick(postback, &["payload", "referral"]),
            ..self.content(text(postback, "mid")?, "postback")
        }))
    }

    fn reaction(&self, reaction: &Value) -> Result<Happening, Odd> {
        self.someone()?;
        let emoji = match word(reaction, "action") {
            "unreact" => None,
            _ => text_of(reaction, &["emoji", "reaction"])?,
        };
        Ok(Happening::Reaction {
            message: text(reaction, "mid")?.ok_or(Odd("reaction.mid"))?,
            with: self.with.clone(),
            by: self.by,
            thread: None,
            emoji,
        })
    }

    fn edit(&self, edit: &Value) -> Result<Happening, Odd> {
        self.someone()?;
        Ok(Happening::Edit {
            message: text(edit, "mid")?.ok_or(Odd("message_edit.mid"))?,
            with: self.with.clone(),
            by: self.by,
            thread: None,
            text: text(edit, "text")?,
            number: number(edit, "num_edit").unwrap_or(1).max(1),
        })
    }

    /// An opt-in by somebody who is not known yet (the checkbox on a web page) has no conversation to stand in.
    fn optin(&self, optin: &Value) -> Result<Happening, Odd> {
        if !self.with.is_known() {
            return Ok(super::scene::notice(
                "messaging_optins",
                "Somebody opted in on your web page; they will be known once they write.",
            ));
        }
        Ok(Happening::Message(Content {
            text: text_of(optin, &["title", "ref", "payload"])?,
            detail: Some(optin.clone()),
            ..self.content(None, "optin")
        }))
    }

    fn referral(&self, referral: &Value) -> Result<Happening, Odd> {
        self.someone()?;
        Ok(Happening::Message(Content { detail: Some(referral.clone()), ..self.content(None, "referral") }))
    }

    /// Messenger names a moment, Instagram a message.
    fn read_receipt(&self, read: &Value) -> Result<Happening, Odd> {
        self.customer()?;
        if let Some(message) = text(read, "mid")? {
            return Ok(self.status(message, SentStatus::Read));
        }
        self.watermark(read, Reach::Read).ok_or(Odd("read.watermark"))
    }

    /// All of it by a watermark, or some messages by name, or both.
    fn delivery(&self, scene: &Scene, out: &mut Events) -> Read {
        let delivery = &self.raw["delivery"];
        if delivery.is_null() {
            return Ok(());
        }
        let before = out.len();
        if self.customer().is_ok() {
            let watermark = self.watermark(delivery, Reach::Delivered);
            let mids = list(delivery, "mids").iter().filter_map(Value::as_str).filter(|mid| !mid.is_empty());
            let statuses = mids.map(|mid| self.status(mid.replace('\0', "\u{fffd}"), SentStatus::Delivered));
            let happenings = watermark.into_iter().chain(statuses);
            out.extend(happenings.map(|what| scene.event(self.at, what, &self.kept)))?;
        }
        if out.len() == before {
            out.push(scene.unknown("messaging.delivery", &self.kept))?;
        }
        Ok(())
    }

    fn watermark(&self, receipt: &Value, reach: Reach) -> Option<Happening> {
        let through = moment(receipt, "watermark")?;
        Some(Happening::Watermark { with: self.with.clone(), reach, through })
    }

    fn status(&self, message: String, status: SentStatus) -> Happening {
        Happening::Status { message, status, to: self.with.clone(), thread: None, error: None }
    }

    /// Only with somebody can there be a conversation.
    pub(super) fn someone(&self) -> Result<(), Odd> {
        if self.with.is_known() { Ok(()) } else { Err(Odd("sender")) }
    }

    /// Receipts count from customers only: that the business read something is no news.
    fn customer(&self) -> Result<(), Odd> {
        self.someone()?;
        if self.by == Direction::In { Ok(()) } else { Err(Odd("sender_is_own")) }
    }
}
