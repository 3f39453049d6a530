//! What a person (or the system user made for a business) has given the app.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::world::AssetKind;

/// Which assets of one kind are ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// "All current and future": granular scopes then carry no `target_ids` (Meta reference §4.6).
    All,
    /// Every asset there is now, one by one.
    Current,
    /// These ids.
    Only(BTreeSet<String>),
}

impl Selection {
    /// These ids.
    pub fn only<I: IntoIterator<Item = S>, S: Into<String>>(ids: I) -> Self {
        Self::Only(ids.into_iter().map(Into::into).collect())
    }

    /// Nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::Only(BTreeSet::new())
    }
}

/// Ticks of every kind; `Current` never appears here, it is resolved when the consent is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ticks {
    kinds: BTreeMap<AssetKind, Selection>,
}

impl Ticks {
    pub(crate) fn set(&mut self, kind: AssetKind, selection: Selection) {
        self.kinds.insert(kind, selection);
    }

    pub(crate) fn get(&self, kind: AssetKind) -> Option<&Selection> {
        self.kinds.get(&kind)
    }

    /// Add the ticks of another grant.
    pub(crate) fn widen(&mut self, other: &Self) {
        for (kind, theirs) in &other.kinds {
            match (self.kinds.get_mut(kind), theirs) {
                (Some(Selection::Only(ours)), Selection::Only(theirs)) => ours.extend(theirs.iter().cloned()),
                (Some(ours), theirs) if *ours != Selection::All => *ours = theirs.clone(),
                (Some(_), _) => {}
                (None, theirs) => self.set(*kind, theirs.clone()),
            }
        }
    }

    pub(crate) fn has(&self, kind: AssetKind, id: &str) -> bool {
        match self.kinds.get(&kind) {
            Some(Selection::All | Selection::Current) => true,
            Some(Selection::Only(ids)) => ids.contains(id),
            None => false,
        }
    }
}

/// One grant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grant {
    pub(crate) granted: BTreeSet<String>,
    pub(crate) declined: BTreeSet<String>,
    pub(crate) ticks: Ticks,
    /// Unix seconds of the last time the person used the app; data access ends 90 days later.
    pub(crate) last_used: i64,
    /// The person has the app (false after removing it).
    pub(crate) authorized: bool,
}

/// A system user inside a client's portfolio (Meta reference §4.5).
#[derive(Debug, Clone)]
pub(crate) struct SystemUser {
    pub(crate) id: String,
    pub(crate) business: String,
    /// Who consented; a system user sees no more than that person.
    pub(crate) persona: String,
    pub(crate) grant: Grant,
}

/// Everybody's grants.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    people: HashMap<String, Grant>,
    system_users: HashMap<String, SystemUser>,
}

impl Grants {
    pub(crate) fn person(&self, id: &str) -> Option<&Grant> {
        self.people.get(id)
    }

    pub(crate) fn person_mut(&mut self, id: &str) -> &mut Grant {
        self.people.entry(id.to_owned()).or_default()
    }

    /// The person used the app no later than this.
    pub(crate) fn age(&mut self, id: &str, last_used: i64) {
        if let Some(grant) = self.people.get_mut(id) {
            grant.last_used = grant.last_used.min(last_used);
        }
    }

    /// The person uses the app now.
    pub(crate) fn renew(&mut self, id: &str, now: i64) {
        if let Some(grant) = self.people.get_mut(id) {
            grant.last_used = now;
        }
    }

    pub(crate) fn system_user(&self, id: &str) -> Option<&SystemUser> {
        self.system_users.get(id)
    }

    pub(crate) fn system_user_of(&self, business: &str) -> Option<&SystemUser> {
        self.system_users.values().find(|user| user.business == business)
    }

    pub(crate) fn put_system_user(&mut self, user: SystemUser) {
        self.system_users.insert(user.id.clone(), user);
    }

    pub(crate) fn system_user_mut(&mut self, id: &str) -> Option<&mut SystemUser> {
        self.system_users.get_mut(id)
    }
}
