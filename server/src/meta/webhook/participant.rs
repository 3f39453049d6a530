//! Who is on the other side.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    event::{Identity, IdentityKind, Participant},
    lenient::{Odd, hint, text, text_of},
};

impl Participant {
    /// A person of Messenger or Instagram, whose id counts within one Page or account.
    pub(super) fn scoped(kind: IdentityKind, scope: &str, person: &Value) -> Result<Self, Odd> {
        let identity = |value| Identity { kind, scope: scope.to_owned(), value };
        Ok(Self {
            identities: text(person, "id")?.map(identity).into_iter().collect(),
            name: hint(person, "name"),
            username: hint(person, "username"),
            phone: None,
        })
    }

    /// Whether Meta says who it is.
    pub(super) fn is_known(&self) -> bool {
        !self.identities.is_empty()
    }
}

/// By what a WhatsApp user is known: the user id first, for a phone number may be missing (Meta reference §7.6.4).
#[derive(Default, Clone)]
pub(super) struct WhatsappIds {
    user_ids: Vec<String>,
    wa_ids: Vec<String>,
}

impl WhatsappIds {
    /// Those that `of` holds under these names.
    pub(super) fn of(of: &Value, user_ids: &[&'static str], wa_ids: &[&'static str]) -> Result<Self, Odd> {
        let mut ids = Self::default();
        for key in user_ids {
            ids.add_user_id(text(of, key)?);
        }
        ids.add_wa_id(text_of(of, wa_ids)?);
        Ok(ids)
    }

    pub(super) fn add_user_id(&mut self, id: Option<String>) {
        self.user_ids.extend(id.filter(|id| !self.user_ids.contains(id)));
    }

    /// A phone number with or without its decoration.
    pub(super) fn add_wa_id(&mut self, id: Option<String>) {
        let id = id.map(|id| digits(&id)).filter(|id| !id.is_empty());
        self.wa_ids.extend(id.filter(|id| !self.wa_ids.contains(id)));
    }

    /// Adds those of another, after its own.
    pub(super) fn and(mut self, other: Self) -> Self {
        other.user_ids.into_iter().for_each(|id| self.add_user_id(Some(id)));
        other.wa_ids.into_iter().for_each(|id| self.add_wa_id(Some(id)));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.user_ids.is_empty() && self.wa_ids.is_empty()
    }

    /// The phone number that counts.
    pub(super) fn phone(&self) -> Option<&str> {
        self.wa_ids.first().map(String::as_str)
    }

    /// The person, with what `contacts` says about them.
    pub(super) fn person(self, contacts: &Contacts<'_>) -> Participant {
        let contact = contacts.find(&self);
        let named = contact.map(Self::of_contact).unwrap_or_default();
        let ids = self.and(named);
        let profile = contact.map_or(&Value::Null, |contact| &contact["profile"]);
        Participant {
            phone: ids.wa_ids.first().cloned(),
            identities: identities(IdentityKind::UserId, ids.user_ids)
                .chain(identities(IdentityKind::WaId, ids.wa_ids))
                .collect(),
            name: hint(profile, "name"),
            username: hint(profile, "username"),
        }
    }

    fn of_contact(contact: &Value) -> Self {
        Self::of(contact, &["user_id", "parent_user_id"], &["wa_id"]).unwrap_or_default()
    }
}

/// Who is named beside messages, by what they are known.
#[derive(Default)]
pub(super) struct Contacts<'a> {
    list: &'a [Value],
    /// The place of the first one with each user id, and with each phone number.
    by_user_id: HashMap<String, usize>,
    by_wa_id: HashMap<String, usize>,
}

impl<'a> Contacts<'a> {
    pub(super) fn new(list: &'a [Value]) -> Self {
        let mut all = Self { list, ..Self::default() };
        for (place, contact) in list.iter().enumerate() {
            let ids = WhatsappIds::of_contact(contact);
            for id in ids.user_ids {
                all.by_user_id.entry(id).or_insert(place);
            }
            for id in ids.wa_ids {
                all.by_wa_id.entry(id).or_insert(place);
            }
        }
        all
    }

    /// The contact that is this person: the first that shares an id. Never just the only one there is, for several messages
    /// may share a webhook, and two people taken for one would read each other's conversation.
    fn find(&self, person: &WhatsappIds) -> Option<&'a Value> {
        let by_user_id = person.user_ids.iter().filter_map(|id| self.by_user_id.get(id));
        let by_wa_id = person.wa_ids.iter().filter_map(|id| self.by_wa_id.get(id));
        by_user_id.chain(by_wa_id).min().and_then(|place| self.list.get(*place))
    }
}

fn identities(kind: IdentityKind, values: Vec<String>) -> impl Iterator<Item = Identity> {
    values.into_iter().map(move |value| Identity { kind, scope: String::new(), value })
}

/// Only the digits of a phone number.
pub(super) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}
