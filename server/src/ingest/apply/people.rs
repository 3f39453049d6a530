//! Who the people are that events speak of: everything that one event calls one person leads to one contact.
//!
//! Contacts that prove to be one become one. This holds for good, also when Meta later gives a number to somebody else:
//! that person's first event names the old number and the new user id together, and both people then share a contact. Meta
//! does not tell the two cases apart (Meta reference §7.6.4).

use std::collections::{BTreeMap, HashMap};

use super::route::Routed;
use crate::{
    clock::Timestamp,
    db::{
        contacts::{self, Contact, IdentityKey},
        transaction::Tx,
    },
    error::Result,
    ids::{ContactId, IdSource, TenantId},
    meta::webhook::{Happening, Identity, IdentityKind, Participant},
};

/// The contacts of a batch.
#[derive(Debug, Default)]
pub(super) struct People {
    contacts: Vec<Contact>,
    /// For each event, whom it speaks of.
    by_event: Vec<Option<usize>>,
}

impl People {
    /// The contact that the event at this place speaks of.
    pub(super) fn of(&self, event: usize) -> Option<&ContactId> {
        let contact = self.by_event.get(event).copied().flatten()?;
        self.contacts.get(contact).map(|contact| &contact.id)
    }

    /// Finds or makes the contact of each event, and writes down what is new about them.
    pub(super) async fn apply(tx: &mut Tx, routed: &[Routed<'_>], ids: &IdSource, now: Timestamp) -> Result<Self> {
        let mut groups = Groups::default();
        let nodes: Vec<Option<usize>> = routed.iter().map(|one| groups.join(one)).collect();
        let found = contacts::list_ids_by_identity_across_tenants(tx, &groups.keys).await?;
        let mut known: HashMap<usize, BTreeMap<ContactId, Contact>> = HashMap::new();
        let mut identified = vec![false; groups.keys.len()];
        // What led to one contact before still does, also when this batch names only a part of it.
        let mut first_of: HashMap<ContactId, usize> = HashMap::new();
        for (node, id) in found {
            identified[node] = true;
            match first_of.get(&id) {
                Some(first) => groups.unite(*first, node),
                None => drop(first_of.insert(id, node)),
            }
        }
        let mut ids_found: Vec<&ContactId> = first_of.keys().collect();
        ids_found.sort_unstable();
        for contact in contacts::list_across_tenants(tx, &ids_found).await? {
            if let Some(node) = first_of.get(&contact.id) {
                known.entry(groups.root(*node)).or_default().insert(contact.id.clone(), contact);
            }
        }

        let mut people = Self::default();
        let mut changed: Vec<bool> = Vec::new();
        let mut of_root: HashMap<usize, usize> = HashMap::new();
        for (one, node) in routed.iter().zip(&nodes) {
            let (Some(node), Some(who)) = (*node, participant(&one.event.what)) else {
                people.by_event.push(None);
                continue;
            };
            let root = groups.root(node);
            let index = match of_root.get(&root) {
                Some(index) => *index,
                None => {
                    let known = known.remove(&root).unwrap_or_default();
                    let (contact, is_changed) = match unite(tx, one.tenant(), known).await? {
                        Some(united) => united,
                        None => (new_contact(ids, one.tenant(), who), true),
                    };
                    people.contacts.push(contact);
                    changed.push(is_changed);
                    of_root.insert(root, people.contacts.len() - 1);
                    people.contacts.len() - 1
                }
            };
            people.by_event.push(Some(index));
            if people.contacts[index].learn(who, one.event.at) {
                changed[index] = true;
            }
        }

        let mut rows: Vec<&Contact> =
            people.contacts.iter().zip(changed).filter(|(_, changed)| *changed).map(|(contact, _)| contact).collect();
        rows.sort_unstable_by_key(|contact| &contact.id);
        contacts::upsert_across_tenants(tx, &rows, now).await?;
        let mut new = Vec::new();
        for (node, key) in groups.keys.clone().into_iter().enumerate().filter(|(node, _)| !identified[*node]) {
            if let Some(index) = of_root.get(&groups.root(node)) {
                new.push((key, &people.contacts[*index].id));
            }
        }
        new.sort_unstable();
        contacts::insert_identities_across_tenants(tx, &new).await?;
        Ok(people)
    }
}

/// One contact out of those that were found for one person, the oldest, and whether that changed it. `None` for a person
/// who is new.
async fn unite(tx: &mut Tx, tenant: &TenantId, known: BTreeMap<ContactId, Contact>) -> Result<Option<(Contact, bool)>> {
    let mut known = known.into_values();
    let Some(mut keeper) = known.next() else { return Ok(None) };
    let mut changed = false;
    for loser in known {
        contacts::merge(tx, tenant, &keeper.id, &loser.id).await?;
        keeper.absorb(loser);
        changed = true;
    }
    Ok(Some((keeper, changed)))
}

fn new_contact(ids: &IdSource, tenant: &TenantId, who: &Participant) -> Contact {
    let platform = match who.identities.first().map(|identity| identity.kind) {
        Some(IdentityKind::Psid) => "messenger",
        Some(IdentityKind::Igsid) => "instagram",
        Some(IdentityKind::UserId | IdentityKind::WaId) | None => "whatsapp",
    };
    Contact {
        id: ContactId::new(ids),
        tenant_id: tenant.clone(),
        platform: platform.to_owned(),
        name: None,
        name_at: 0,
        username: None,
        username_at: 0,
        phone: None,
        phone_at: 0,
    }
}

impl Contact {
    /// Takes what an event says of the person; `false` when nothing of it is news.
    fn learn(&mut self, who: &Participant, at: Timestamp) -> bool {
        let at = at.as_millis();
        let name = latest((&mut self.name, &mut self.name_at), (who.name.as_deref(), at));
        let username = latest((&mut self.username, &mut self.username_at), (who.username.as_deref(), at));
        let phone = latest((&mut self.phone, &mut self.phone_at), (who.phone.as_deref(), at));
        name || username || phone
    }

    /// Takes what is known of another contact of the same person.
    fn absorb(&mut self, other: Self) {
        latest((&mut self.name, &mut self.name_at), (other.name.as_deref(), other.name_at));
        latest((&mut self.username, &mut self.username_at), (other.username.as_deref(), other.username_at));
        latest((&mut self.phone, &mut self.phone_at), (other.phone.as_deref(), other.phone_at));
    }
}

/// What was told last counts; of two things told at the same time, the greater.
fn latest(known: (&mut Option<String>, &mut i64), (told, at): (Option<&str>, i64)) -> bool {
    let Some(told) = told else { return false };
    let news = known.0.as_deref().is_none_or(|value| (at, told) > (*known.1, value));
    if news {
        *known.1 = at;
        if known.0.as_deref() != Some(told) {
            *known.0 = Some(told.to_owned());
        }
    }
    news
}

/// Whom an event speaks of.
pub(super) fn participant(what: &Happening) -> Option<&Participant> {
    match what {
        Happening::Message(content) => Some(&content.with),
        Happening::Status { to, .. } => Some(to),
        Happening::Watermark { with, .. }
        | Happening::Reaction { with, .. }
        | Happening::Edit { with, .. }
        | Happening::Unsend { with, .. } => Some(with),
        Happening::Contact(who) | Happening::SamePerson(who) => Some(who),
        Happening::Notice { .. } | Happening::Grant { .. } | Happening::Unknown { .. } => None,
    }
}

/// Identities that belong together.
#[derive(Debug, Default)]
struct Groups<'e> {
    index: HashMap<IdentityKey<'e>, usize>,
    keys: Vec<IdentityKey<'e>>,
    parents: Vec<usize>,
}

impl<'e> Groups<'e> {
    /// Puts together what the event calls one person, and answers one of it.
    fn join(&mut self, one: &Routed<'e>) -> Option<usize> {
        let mut identities = participant(&one.event.what)?.identities.iter();
        let first = self.node(key(one.tenant(), identities.next()?));
        for identity in identities {
            let node = self.node(key(one.tenant(), identity));
            self.unite(first, node);
        }
        Some(first)
    }

    fn node(&mut self, key: IdentityKey<'e>) -> usize {
        *self.index.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.parents.push(self.parents.len());
            self.parents.len() - 1
        })
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }
}

fn key<'e>(tenant: &'e TenantId, identity: &'e Identity) -> IdentityKey<'e> {
    IdentityKey { tenant, kind: kind_name(identity.kind), scope: &identity.scope, value: &identity.value }
}

fn kind_name(kind: IdentityKind) -> &'static str {
    match kind {
        IdentityKind::UserId => "user_id",
        IdentityKind::WaId => "wa_id",
        IdentityKind::Psid => "psid",
        IdentityKind::Igsid => "igsid",
    }
}
