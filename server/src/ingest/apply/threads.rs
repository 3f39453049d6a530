//! The conversations that events belong to.

use std::collections::HashMap;

use super::{people::People, route::Routed};
use crate::{
    clock::Timestamp,
    db::{
        conversations::{self, Conversation, ConversationKey},
        transaction::Tx,
    },
    error::Result,
    ids::{ConversationId, IdSource},
    meta::webhook::{Content, Direction, Happening, Reach},
};

/// The conversations of a batch.
#[derive(Debug, Default)]
pub(super) struct Threads {
    conversations: Vec<Conversation>,
    by_event: Vec<Option<usize>>,
}

impl Threads {
    /// The conversation of the event at this place.
    pub(super) fn of(&self, event: usize) -> Option<&ConversationId> {
        let conversation = self.by_event.get(event).copied().flatten()?;
        self.conversations.get(conversation).map(|conversation| &conversation.id)
    }

    /// Finds or makes the conversation of each event, and writes down what is new about them.
    pub(super) async fn apply(
        tx: &mut Tx,
        routed: &[Routed<'_>],
        people: &People,
        ids: &IdSource,
        now: Timestamp,
    ) -> Result<Self> {
        let keys: Vec<Option<ConversationKey<'_>>> =
            routed.iter().enumerate().map(|(event, one)| key(one, people, event)).collect();
        let mut wanted: Vec<ConversationKey<'_>> = keys.iter().flatten().copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut all = conversations::list_by_key_across_tenants(tx, &wanted).await?;
        all.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
        // What was asked for twice to fill a statement was found twice.
        all.dedup_by(|a, b| a.id == b.id);
        let before = all.clone();

        let mut by_key: HashMap<ConversationKey<'_>, usize> =
            before.iter().enumerate().map(|(index, conversation)| (conversation.key(), index)).collect();
        let mut by_event = Vec::with_capacity(routed.len());
        for (event, (one, key)) in routed.iter().zip(&keys).enumerate() {
            let index = key.map(|key| {
                *by_key.entry(key).or_insert_with(|| {
                    all.push(new_conversation(ids, one, key, people, event));
                    all.len() - 1
                })
            });
            if let Some(conversation) = index.and_then(|index| all.get_mut(index)) {
                conversation.learn(&one.event.what, one.event.at);
            }
            by_event.push(index);
        }

        let changed: Vec<&Conversation> = all
            .iter()
            .enumerate()
            .filter(|(index, now)| before.get(*index) != Some(*now))
            .map(|(_, now)| now)
            .collect();
        conversations::upsert_across_tenants(tx, &changed, now).await?;
        Ok(Self { conversations: all, by_event })
    }
}

/// Where an event belongs: to the thread that it names, else to the one with the person whom it speaks of.
fn key<'e>(one: &Routed<'e>, people: &'e People, event: usize) -> Option<ConversationKey<'e>> {
    let thread = match &one.event.what {
        Happening::Message(Content { thread, .. })
        | Happening::Status { thread, .. }
        | Happening::Reaction { thread, .. }
        | Happening::Edit { thread, .. }
        | Happening::Unsend { thread, .. } => thread.as_deref(),
        Happening::Watermark { .. } => None,
        _ => return None,
    };
    let thread = thread.or_else(|| people.of(event).map(|contact| contact.as_str()))?;
    Some((one.tenant(), one.subject.0, one.subject.1, thread))
}

fn new_conversation(
    ids: &IdSource,
    one: &Routed<'_>,
    (tenant, asset_kind, asset_meta_id, thread): ConversationKey<'_>,
    people: &People,
    event: usize,
) -> Conversation {
    Conversation {
        id: ConversationId::new(ids),
        tenant_id: tenant.clone(),
        asset_kind,
        asset_meta_id: asset_meta_id.to_owned(),
        location_id: one.route.location_id.clone(),
        thread: thread.to_owned(),
        contact_id: people.of(event).filter(|contact| contact.as_str() == thread).cloned(),
        last_message_at: 0,
        last_inbound_at: None,
        delivered_through: None,
        read_through: None,
    }
}

impl Conversation {
    /// Takes what an event says of the whole conversation.
    fn learn(&mut self, what: &Happening, at: Timestamp) {
        let at = at.as_millis();
        match what {
            Happening::Message(content) => {
                self.last_message_at = self.last_message_at.max(at);
                if content.direction == Direction::In {
                    self.last_inbound_at = self.last_inbound_at.max(Some(at));
                }
            }
            Happening::Watermark { reach, through, .. } => {
                let through = Some(through.as_millis());
                self.delivered_through = self.delivered_through.max(through);
                if *reach == Reach::Read {
                    self.read_through = self.read_through.max(through);
                }
            }
            _ => {}
        }
    }
}
