//! What is watched, and the last time each kind of hint was heard about it.

use std::{
    collections::HashMap,
    fmt,
    str::FromStr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use super::{Hint, Hints};
use crate::ids::{AttemptId, TenantId, UserId};

/// From so many topics on, those that nobody watches are forgotten.
const MOST_TOPICS: usize = 10_000;
/// The name of the one topic that has no id.
const INSTALLATION: &str = "installation";

/// Something to watch.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    Attempt(AttemptId),
    Tenant(TenantId),
    Person(UserId),
    /// By the hash of its id.
    Session(String),
    /// What belongs to no tenant: the Meta apps and what Meta says of them.
    Installation,
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attempt(id) => id.fmt(f),
            Self::Tenant(id) => id.fmt(f),
            Self::Person(id) => id.fmt(f),
            Self::Session(hash) => write!(f, "session:{hash}"),
            Self::Installation => f.write_str(INSTALLATION),
        }
    }
}

impl FromStr for Topic {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if let Some(hash) = text.strip_prefix("session:") {
            return Ok(Self::Session(hash.to_owned()));
        }
        if text == INSTALLATION {
            return Ok(Self::Installation);
        }
        let attempt = text.parse().map(Self::Attempt);
        let tenant = || text.parse().map(Self::Tenant);
        let person = || text.parse().map(Self::Person);
        attempt.or_else(|_| tenant()).or_else(|_| person()).map_err(|_| ())
    }
}

/// For each kind, the sequence number of its last hint.
type Heard = [u64; Hint::ALL.len()];

/// A place in the hints of one process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    process: u64,
    sequence: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", self.process, self.sequence)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (process, sequence) = text.split_once('-').ok_or(())?;
        let read = |part| u64::from_str_radix(part, 16).map_err(|_| ());
        Ok(Self { process: read(process)?, sequence: read(sequence)? })
    }
}

/// Everything that somebody watches, and what was told since about it.
#[derive(Debug)]
pub(super) struct Topics {
    process: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Counts up with every hint.
    sequence: u64,
    /// What was told up to here may be forgotten.
    floor: u64,
    heard: HashMap<Topic, watch::Sender<Heard>>,
}

impl Topics {
    pub(super) fn new(process: u64) -> Self {
        Self { process, state: Mutex::default() }
    }

    /// Tells this process from others.
    pub(super) fn process(&self) -> u64 {
        self.process
    }

    pub(super) fn cursor(&self) -> Cursor {
        Cursor { process: self.process, sequence: self.state().sequence }
    }

    pub(super) fn watch(&self, topic: Topic, after: Option<Cursor>) -> Watch {
        let mut state = self.state();
        state.forget_unwatched();
        let missed = after.is_some_and(|after| after.process != self.process || after.sequence < state.floor);
        let seen = after.filter(|_| !missed).map_or(state.sequence, |after| after.sequence);
        let receiver = state.heard.entry(topic).or_insert_with(|| watch::Sender::new(Heard::default())).subscribe();
        Watch { process: self.process, seen, missed: if missed { Hints::ALL } else { Hints::default() }, receiver }
    }

    pub(super) fn tell(&self, topic: &Topic, hints: Hints) {
        let mut state = self.state();
        state.sequence += 1;
        let sequence = state.sequence;
        if !state.heard.contains_key(topic) {
            // Kept for those who come with an older cursor; a session or an attempt nobody watches has none.
            if !matches!(topic, Topic::Tenant(_) | Topic::Installation) {
                return;
            }
            state.forget_unwatched();
            state.heard.insert(topic.clone(), watch::Sender::new(Heard::default()));
        }
        if let Some(sender) = state.heard.get(topic) {
            sender.send_modify(|heard| note(heard, hints, sequence));
        }
    }

    /// Anything may have changed: hints of other processes were lost.
    pub(super) fn tell_all(&self) {
        let mut state = self.state();
        state.sequence += 1;
        state.floor = state.sequence;
        let sequence = state.sequence;
        for sender in state.heard.values() {
            sender.send_modify(|heard| note(heard, Hints::ALL, sequence));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn forget_unwatched(&mut self) {
        if self.heard.len() >= MOST_TOPICS {
            self.heard.retain(|_, sender| sender.receiver_count() > 0);
            self.floor = self.sequence;
        }
    }
}

fn note(heard: &mut Heard, hints: Hints, sequence: u64) {
    for hint in hints.iter() {
        heard[hint as usize] = sequence;
    }
}

/// Hears of one topic. Dropped, it hears no more.
#[derive(Debug)]
pub struct Watch {
    process: u64,
    seen: u64,
    missed: Hints,
    receiver: watch::Receiver<Heard>,
}

impl Watch {
    /// What changed since the last call, at once when there is something. Nothing is lost when the wait is given up.
    pub async fn changed(&mut self) -> Hints {
        loop {
            let heard = *self.receiver.borrow_and_update();
            let newer = Hint::ALL.into_iter().filter(|hint| heard[*hint as usize] > self.seen);
            let hints = newer.fold(std::mem::take(&mut self.missed), Hints::with);
            if !hints.is_empty() {
                self.seen = heard.into_iter().fold(self.seen, u64::max);
                return hints;
            }
            if self.receiver.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Up to where it has heard.
    pub fn cursor(&self) -> Cursor {
        Cursor { process: self.process, sequence: self.seen }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use futures::FutureExt as _;

    use super::*;
    use crate::{clock::Clock, clock::Timestamp, entropy::Entropy, ids::IdSource};

    fn tenants() -> (Topic, Topic) {
        let ids = IdSource::new(Clock::fixed(Timestamp::from_millis(0)), Entropy::seeded(1));
        (Topic::Tenant(TenantId::new(&ids)), Topic::Tenant(TenantId::new(&ids)))
    }

    #[test]
    fn hints_melt_into_one_and_are_heard_once() {
        let (topics, (ada, eve)) = (Topics::new(1), tenants());
        let (mut watch, mut other) = (topics.watch(ada.clone(), None), topics.watch(eve, None));
        assert_eq!(watch.changed().now_or_never(), None);
        topics.tell(&ada, Hint::Asset.into());
        topics.tell(&ada, Hint::Conversation.into());
        topics.tell(&ada, Hint::Asset.into());
        assert_eq!(watch.changed().now_or_never(), Some(Hints::from(Hint::Asset).with(Hint::Conversation)));
        assert_eq!(watch.changed().now_or_never(), None);
        assert_eq!(other.changed().now_or_never(), None, "another tenant's");
    }

    #[test]
    fn a_cursor_hears_what_came_after_it_alone() {
        let (topics, (ada, _)) = (Topics::new(1), tenants());
        topics.tell(&ada, Hint::Asset.into());
        let cursor = topics.cursor();
        assert_eq!(topics.watch(ada.clone(), Some(cursor)).changed().now_or_never(), None);
        topics.tell(&ada, Hint::Delivery.into());
        let mut late = topics.watch(ada.clone(), Some(cursor.to_string().parse().unwrap()));
        assert_eq!(late.changed().now_or_never(), Some(Hint::Delivery.into()));
        let mut again = topics.watch(ada.clone(), Some(late.cursor()));
        assert_eq!(again.changed().now_or_never(), None);
        let elsewhere = Topics::new(2);
        let mut moved = elsewhere.watch(ada, Some(cursor));
        assert_eq!(moved.changed().now_or_never(), Some(Hints::ALL), "another process cannot know what was missed");
        assert_eq!(moved.changed().now_or_never(), None);
    }

    #[test]
    fn lost_hints_count_as_every_hint() {
        let (topics, (ada, eve)) = (Topics::new(1), tenants());
        let before = topics.cursor();
        let mut watch = topics.watch(ada, None);
        topics.tell_all();
        assert_eq!(watch.changed().now_or_never(), Some(Hints::ALL));
        assert_eq!(topics.watch(eve, Some(before)).changed().now_or_never(), Some(Hints::ALL));
    }

    #[test]
    fn what_nobody_watches_is_forgotten_without_being_missed() {
        let ids = IdSource::new(Clock::fixed(Timestamp::from_millis(0)), Entropy::seeded(1));
        let topics = Topics::new(1);
        let first = Topic::Tenant(TenantId::new(&ids));
        let before = topics.cursor();
        topics.tell(&first, Hint::Asset.into());
        for _ in 0..MOST_TOPICS {
            topics.tell(&Topic::Tenant(TenantId::new(&ids)), Hint::Asset.into());
        }
        assert!(topics.state().heard.len() < MOST_TOPICS);
        assert_eq!(topics.watch(first, Some(before)).changed().now_or_never(), Some(Hints::ALL));
    }

    #[test]
    fn topics_survive_the_way_to_another_process() {
        let ids = IdSource::new(Clock::fixed(Timestamp::from_millis(0)), Entropy::seeded(1));
        for topic in [
            Topic::Tenant(TenantId::new(&ids)),
            Topic::Attempt(AttemptId::new(&ids)),
            Topic::Person(UserId::new(&ids)),
            Topic::Session("hash".into()),
            Topic::Installation,
        ] {
            assert_eq!(topic.to_string().parse(), Ok(topic));
        }
        assert_eq!("ast_1".parse::<Topic>(), Err(()));
    }
}
