//! What was read of a body so far, within bounds: a business has the secret of its own app, so anybody may have signed it.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    event::{Attachment, Content, Event, Happening, Participant},
    unreadable::Unreadable,
};

/// The most events of one body. Meta has at most 1,000 updates in one (§7.2); of short messages of a history, which are one
/// update, so many fit into 3 MB.
const MOST_EVENTS: usize = 20_000;
/// The most assets that the events of one body may be about, up to three each.
const MOST_ASSETS: usize = 5_000;
/// The most bytes of memory that the events of one body may take, about.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// What an object takes beside its fields: its smallest node has room for eleven.
const NODE: usize = 512;

/// Whether there was room: [`Unreadable::TooMany`] otherwise, and whoever reads stops.
pub(super) type Read = Result<(), Unreadable>;

/// The events of one body, in their order.
#[derive(Debug, Default)]
pub(super) struct Events {
    list: Vec<Event>,
    bytes: usize,
}

impl Events {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// One more.
    pub(super) fn push(&mut self, event: Event) -> Read {
        self.bytes = self.bytes.saturating_add(event.bytes(self.list.last()));
        if self.list.len() >= MOST_EVENTS || self.bytes > MOST_BYTES {
            return Err(Unreadable::TooMany);
        }
        self.list.push(event);
        Ok(())
    }

    /// Several more.
    pub(super) fn extend(&mut self, events: impl IntoIterator<Item = Event>) -> Read {
        events.into_iter().try_for_each(|event| self.push(event))
    }

    /// All of them.
    pub(super) fn finish(self) -> Result<Vec<Event>, Unreadable> {
        if self.list.is_empty() {
            return Err(Unreadable::NoEntry);
        }
        let about = || self.list.iter().flat_map(|event| &event.about);
        if about().count() > MOST_ASSETS && about().collect::<HashSet<_>>().len() > MOST_ASSETS {
            return Err(Unreadable::TooMany);
        }
        Ok(self.list)
    }
}

/// How many bytes of memory events of one body take, about.
pub(crate) fn bytes_of(events: &[Event]) -> usize {
    let mut before = None;
    events.iter().map(|event| event.bytes(before.replace(event))).sum()
}

impl Event {
    /// `before` is the event before it, which may share its piece of the body.
    fn bytes(&self, before: Option<&Self>) -> usize {
        let about: usize = self.about.iter().map(|named| size_of_val(named) + named.1.len()).sum();
        let raw = if before.is_some_and(|before| before.raw.is_same(&self.raw)) { 0 } else { self.raw.as_str().len() };
        size_of::<Self>() + about + raw + self.what.bytes()
    }
}

impl Happening {
    fn bytes(&self) -> usize {
        match self {
            Self::Message(content) => content.bytes(),
            Self::Status { message, to, thread, error, .. } => {
                message.len() + to.bytes() + length(thread) + error.as_ref().map_or(0, json)
            }
            Self::Watermark { with, .. } | Self::Contact(with) | Self::SamePerson(with) => with.bytes(),
            Self::Reaction { message, with, thread, emoji, .. } => {
                message.len() + with.bytes() + length(thread) + length(emoji)
            }
            Self::Edit { message, with, thread, text, .. } => {
                message.len() + with.bytes() + length(thread) + length(text)
            }
            Self::Unsend { message, with, thread, .. } => message.len() + with.bytes() + length(thread),
            Self::Notice { kind, sentence } => kind.len() + sentence.len(),
            Self::Grant { user, sentence } => user.len() + sentence.len(),
            Self::Unknown { kind } => kind.len(),
        }
    }
}

impl Content {
    fn bytes(&self) -> usize {
        let texts = length(&self.thread) + length(&self.text) + length(&self.reply_to);
        let attachments: usize = self.attachments.iter().map(Attachment::bytes).sum();
        self.id.len() + self.kind.len() + self.with.bytes() + texts + attachments + self.detail.as_ref().map_or(0, json)
    }
}

impl Attachment {
    fn bytes(&self) -> usize {
        let texts = [&self.media_id, &self.url, &self.mime_type, &self.sha256, &self.filename];
        let texts: usize = texts.into_iter().map(length).sum();
        size_of::<Self>() + self.kind.len() + texts + self.detail.as_ref().map_or(0, json)
    }
}

impl Participant {
    fn bytes(&self) -> usize {
        let identities = self.identities.iter().map(|known| size_of_val(known) + known.scope.len() + known.value.len());
        identities.sum::<usize>() + length(&self.name) + length(&self.username) + length(&self.phone)
    }
}

fn length(text: &Option<String>) -> usize {
    text.as_ref().map_or(0, String::len)
}

fn json(value: &Value) -> usize {
    let held = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(json).sum(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, field)| size_of_val(key) + key.len() + json(field));
            NODE + fields.sum::<usize>()
        }
        _ => 0,
    };
    size_of::<Value>() + held
}
