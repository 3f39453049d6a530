//! The messages that events bring or speak of, what is attached to them, and reactions.

use std::collections::HashMap;

use super::{message::Place, people::People, route::Routed, threads::Threads};
use crate::{
    clock::Timestamp,
    db::{
        attachments::{self, NewAttachment},
        messages::{self, Message, MessageKey},
        reactions::{self, BUSINESS, Reaction},
        transaction::Tx,
    },
    error::Result,
    ids::{IdSource, MessageId},
    meta::webhook::{Attachment, Direction, Happening},
};

/// A message while a batch is applied.
struct Known<'e> {
    before: Option<Message>,
    now: Message,
    /// What is attached to the content that counts, when this batch brought it.
    attachments: Option<&'e [Attachment]>,
}

/// Applies everything that events say of messages.
pub(super) async fn apply(
    tx: &mut Tx,
    routed: &[Routed<'_>],
    people: &People,
    threads: &Threads,
    ids: &IdSource,
    now: Timestamp,
) -> Result<()> {
    let mut keys: Vec<MessageKey<'_>> = routed.iter().filter_map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut before: HashMap<_, Message> = HashMap::new();
    for message in messages::list_by_key_across_tenants(tx, &keys).await? {
        before.insert(index_of(&keys, message.key()), message);
    }
    let mut all: Vec<Known<'_>> = keys
        .iter()
        .enumerate()
        .map(|(index, key)| {
            let before = before.remove(&Some(index));
            Known { now: before.clone().unwrap_or_else(|| stub(ids, *key)), before, attachments: None }
        })
        .collect();
    let mut reacted: HashMap<(MessageId, String), Reaction> = HashMap::new();
    for (event, one) in routed.iter().enumerate() {
        let Some(known) = key(one).and_then(|key| index_of(&keys, key)).and_then(|index| all.get_mut(index)) else {
            continue;
        };
        learn(known, event, one, people, threads);
        if let Some(reaction) = reaction(&known.now.id, event, one, people) {
            let slot = reacted.entry((reaction.message_id.clone(), reaction.actor.clone()));
            slot.and_modify(|other| *other = other.clone().max(reaction.clone())).or_insert(reaction);
        }
    }
    let changed: Vec<&Message> =
        all.iter().filter(|known| known.before.as_ref() != Some(&known.now)).map(|known| &known.now).collect();
    messages::upsert_across_tenants(tx, &changed, now).await?;
    attach(tx, &all).await?;
    react(tx, reacted).await
}

/// The message that an event is about.
fn key<'e>(one: &Routed<'e>) -> Option<MessageKey<'e>> {
    let meta_id = match &one.event.what {
        Happening::Message(content) => &content.id,
        Happening::Status { message, .. }
        | Happening::Reaction { message, .. }
        | Happening::Edit { message, .. }
        | Happening::Unsend { message, .. } => message,
        _ => return None,
    };
    Some((one.tenant(), one.subject.1, meta_id))
}

fn index_of(keys: &[MessageKey<'_>], key: MessageKey<'_>) -> Option<usize> {
    keys.binary_search(&key).ok()
}

/// A message of which nothing is known yet.
fn stub(ids: &IdSource, (tenant, asset, meta_id): MessageKey<'_>) -> Message {
    Message {
        id: MessageId::new(ids),
        tenant_id: tenant.clone(),
        conversation_id: None,
        asset_meta_id: asset.to_owned(),
        meta_id: meta_id.to_owned(),
        author_id: None,
        direction: None,
        kind: None,
        content_rank: 0,
        text: None,
        detail: None,
        reply_to: None,
        sent_at: i64::MAX,
        status: None,
        status_at: None,
        problem: None,
        edits: 0,
        edited_at: None,
        deleted_at: None,
    }
}

fn learn<'e>(known: &mut Known<'e>, event: usize, one: &Routed<'e>, people: &People, threads: &Threads) {
    let (message, at) = (&mut known.now, one.event.at);
    let conversation = threads.of(event).cloned();
    let author = |by: Direction, thread: &Option<String>| {
        people.of(event).filter(|_| thread.is_some() && by == Direction::In).cloned()
    };
    match &one.event.what {
        Happening::Message(content) => {
            let author = author(content.direction, &content.thread);
            if message.take_content(content, at, Place { conversation, author }) {
                known.attachments = Some(&content.attachments);
            }
        }
        Happening::Status { status, error, .. } => {
            message.take_hint(at, Some(Direction::Out), Place { conversation, author: None });
            message.take_status(*status, at, error.as_ref().map(ToString::to_string));
        }
        Happening::Reaction { .. } => message.take_hint(at, None, Place { conversation, author: None }),
        Happening::Edit { by, thread, text, number, .. } => {
            message.take_hint(at, Some(*by), Place { conversation, author: author(*by, thread) });
            message.take_edit(*number, text.as_deref(), at);
        }
        Happening::Unsend { by, thread, .. } => {
            message.take_hint(at, Some(*by), Place { conversation, author: author(*by, thread) });
            message.take_unsend(at);
        }
        _ => {}
    }
}

fn reaction(message: &MessageId, event: usize, one: &Routed<'_>, people: &People) -> Option<Reaction> {
    let Happening::Reaction { by, emoji, .. } = &one.event.what else { return None };
    let actor = match by {
        Direction::Out => BUSINESS,
        // Somebody whom Meta does not name.
        Direction::In => people.of(event).map_or("", |contact| contact.as_str()),
    };
    Some(Reaction {
        at: one.event.at.as_millis(),
        emoji: emoji.clone(),
        message_id: message.clone(),
        actor: actor.to_owned(),
    })
}

/// Writes what is attached to the content that counts now, and removes what was attached to what is gone.
async fn attach(tx: &mut Tx, all: &[Known<'_>]) -> Result<()> {
    let mut gone = Vec::new();
    let mut new = Vec::new();
    for known in all {
        let deleted = known.now.deleted_at.is_some();
        let had = known.before.as_ref().is_some_and(|before| before.content_rank > 0 && before.deleted_at.is_none());
        if had && (deleted || known.attachments.is_some()) {
            gone.push(&known.now.id);
        }
        for (position, one) in known.attachments.filter(|_| !deleted).into_iter().flatten().enumerate() {
            new.push(NewAttachment {
                message_id: &known.now.id,
                position: i64::try_from(position).unwrap_or(i64::MAX),
                kind: &one.kind,
                media_id: one.media_id.as_deref(),
                url: one.url.as_deref(),
                mime_type: one.mime_type.as_deref(),
                sha256: one.sha256.as_deref(),
                filename: one.filename.as_deref(),
                detail: one.detail.as_ref().map(ToString::to_string),
            });
        }
    }
    attachments::delete_by_message_across_tenants(tx, &gone).await?;
    attachments::insert_across_tenants(tx, &new).await
}

async fn react(tx: &mut Tx, reacted: HashMap<(MessageId, String), Reaction>) -> Result<()> {
    let keys: Vec<_> = reacted.keys().map(|(message, actor)| (message, actor.as_str())).collect();
    let known: HashMap<_, _> = reactions::list_across_tenants(tx, &keys)
        .await?
        .into_iter()
        .map(|known| ((known.message_id.clone(), known.actor.clone()), known))
        .collect();
    let mut changed: Vec<&Reaction> = reacted
        .iter()
        .filter(|(key, one)| known.get(key).is_none_or(|known| known < one))
        .map(|(_, one)| one)
        .collect();
    changed.sort_unstable();
    reactions::upsert_across_tenants(tx, &changed).await
}
