//! What a message is, from what was told about it. Neither the order nor repeats of the events change the outcome.

use sha2::{Digest as _, Sha256};

use crate::{
    clock::Timestamp,
    db::messages::Message,
    ids::{ContactId, ConversationId},
    meta::webhook::{Content, Direction, SentStatus},
};

/// Where and by whom, as far as an event says so.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The conversation.
    pub(super) conversation: Option<ConversationId>,
    /// Who it is about, in a conversation of several people.
    pub(super) author: Option<ContactId>,
}

impl Message {
    /// Its content came. Answers whether it is now what counts.
    pub(super) fn take_content(&mut self, content: &Content, at: Timestamp, place: Place) -> bool {
        if let Some(status) = content.status {
            self.take_status(status, at, None);
        }
        let detail = content.detail.as_ref().map(ToString::to_string);
        let rank = rank(content, detail.as_deref(), at);
        if rank <= self.content_rank {
            return false;
        }
        self.content_rank = rank;
        self.conversation_id = place.conversation.or(self.conversation_id.take());
        self.author_id = place.author;
        self.direction = Some(content.direction);
        self.kind = Some(content.kind.clone());
        self.reply_to = content.reply_to.clone();
        self.sent_at = at.as_millis();
        if self.deleted_at.is_none() {
            self.detail = detail;
            if self.edits == 0 {
                self.text = content.text.clone();
            }
        }
        true
    }

    /// It came so far. The highest counts, and the first account of it.
    pub(super) fn take_status(&mut self, status: SentStatus, at: Timestamp, problem: Option<String>) {
        let at = at.as_millis();
        let higher = match (self.status, self.status_at) {
            (Some(known), Some(known_at)) if known == status => (at, &problem) < (known_at, &self.problem),
            (known, _) => known < Some(status),
        };
        if higher {
            (self.status, self.status_at, self.problem) = (Some(status), Some(at), problem);
        }
    }

    /// It has a new text. The highest number counts, and the latest of one number.
    pub(super) fn take_edit(&mut self, number: i64, text: Option<&str>, at: Timestamp) {
        let number = number.max(1);
        let at = Some(at.as_millis());
        let known = (self.edits, self.edited_at, self.text.as_deref().filter(|_| self.edits > 0));
        if (number, at, text) <= known {
            return;
        }
        (self.edits, self.edited_at) = (number, at);
        if self.deleted_at.is_none() {
            self.text = text.map(str::to_owned);
        }
    }

    /// It was taken back: what it said goes for good, whatever comes later.
    pub(super) fn take_unsend(&mut self, at: Timestamp) {
        let at = at.as_millis();
        self.deleted_at = Some(self.deleted_at.map_or(at, |known| known.min(at)));
        (self.text, self.detail) = (None, None);
    }

    /// Something about it came that is not its content.
    pub(super) fn take_hint(&mut self, at: Timestamp, direction: Option<Direction>, place: Place) {
        if self.content_rank == 0 {
            self.sent_at = self.sent_at.min(at.as_millis());
            self.direction = self.direction.or(direction);
            self.conversation_id = self.conversation_id.take().or(place.conversation);
            self.author_id = self.author_id.take().or(place.author);
        }
    }
}

/// Of differing accounts of one message the one that tells more counts, and among those always the same one.
fn rank(content: &Content, detail: Option<&str>, at: Timestamp) -> i64 {
    const KIND: u32 = 60;
    let class: i64 = match content.kind.as_str() {
        "media_placeholder" => 1,
        "unsupported" => 2,
        _ => 3,
    };
    let mut hash = Sha256::new();
    let mut add = |part: Option<&str>| {
        hash.update([u8::from(part.is_some())]);
        hash.update(part.unwrap_or_default().len().to_be_bytes());
        hash.update(part.unwrap_or_default());
    };
    let parts = [Some(content.kind.as_str()), content.text.as_deref(), detail, content.reply_to.as_deref()];
    parts.into_iter().chain([content.thread.as_deref()]).for_each(&mut add);
    for one in &content.attachments {
        // Addresses of media change with every repeat and say nothing of which account tells more.
        let parts = [one.media_id.as_deref(), one.mime_type.as_deref(), one.sha256.as_deref(), one.filename.as_deref()];
        parts.into_iter().chain([Some(one.kind.as_str())]).for_each(&mut add);
    }
    hash.update(at.as_millis().to_be_bytes());
    hash.update([content.direction as u8]);
    let digest: [u8; 32] = hash.finalize().into();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    (class << KIND) | (u64::from_be_bytes(first) >> (64 - KIND)).cast_signed()
}
