//! Who watches hears that something changed, in this process and, on PostgreSQL, in every other. Only a hint: the truth is
//! in the database.
//!
//! Hints that nobody has taken yet melt into one, so a watcher who is slow costs nothing. They are bounded in number and
//! carry nothing that a stranger could use.

mod hint;
mod relay;
mod seats;
mod topics;

use std::{fmt::Display, sync::Arc};

use tokio_util::sync::CancellationToken;

pub use hint::{Hint, Hints};
pub use relay::spawn_relay;
pub use seats::{MOST_STREAMS, Seat};
pub use topics::{Cursor, Watch};

use self::{
    relay::Outbox,
    seats::Seats,
    topics::{Topic, Topics},
};
use crate::{
    entropy::Entropy,
    ids::{AttemptId, TenantId, UserId},
};

/// What is watched in this process. Clones are the same.
#[derive(Clone, Debug)]
pub struct Live(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    topics: Topics,
    outbox: Outbox,
    seats: Seats,
    closing: CancellationToken,
}

impl Live {
    /// With nobody watching. `entropy` tells this process from others.
    pub fn new(entropy: &Entropy) -> Self {
        let topics = Topics::new(u64::from_be_bytes(entropy.bytes()));
        let (outbox, seats) = (Outbox::default(), Seats::default());
        Self(Arc::new(Inner { topics, outbox, seats, closing: CancellationToken::new() }))
    }

    /// Tells that an attempt to connect moved.
    pub fn attempt_changed(&self, attempt: &AttemptId) {
        self.tell(Topic::Attempt(attempt.clone()), Hints::ALL);
    }

    /// Tells that something of a tenant's changed. To be called after the change is committed.
    pub fn tenant_changed(&self, tenant: &TenantId, what: impl Into<Hints>) {
        self.tell(Topic::Tenant(tenant.clone()), what.into());
    }

    /// Tells that what a person may do has changed: a password, a role, a membership.
    pub fn person_changed(&self, person: &UserId) {
        self.tell(Topic::Person(person.clone()), Hints::ALL);
    }

    /// Tells that a session ended. `id_hash` is the hash that it is stored under.
    pub fn session_ended(&self, id_hash: &str) {
        self.tell(Topic::Session(id_hash.to_owned()), Hints::ALL);
    }

    /// Tells that something of the installation itself changed: a Meta app, or what Meta says of it.
    pub fn installation_changed(&self) {
        self.tell(Topic::Installation, Hints::ALL);
    }

    /// Hears of the installation itself, from `after` on, else from now on.
    pub fn watch_installation(&self, after: Option<Cursor>) -> Watch {
        self.0.topics.watch(Topic::Installation, after)
    }

    /// Hears of an attempt from now on.
    pub fn watch_attempt(&self, attempt: &AttemptId) -> Watch {
        self.0.topics.watch(Topic::Attempt(attempt.clone()), None)
    }

    /// Hears of a tenant from `after` on, else from now on. A cursor too old, or of another process, may have missed
    /// anything: then everything counts as changed.
    pub fn watch_tenant(&self, tenant: &TenantId, after: Option<Cursor>) -> Watch {
        self.0.topics.watch(Topic::Tenant(tenant.clone()), after)
    }

    /// Hears of a person from now on.
    pub fn watch_person(&self, person: &UserId) -> Watch {
        self.0.topics.watch(Topic::Person(person.clone()), None)
    }

    /// Hears of the end of a session, stored under `id_hash`.
    pub fn watch_session(&self, id_hash: &str) -> Watch {
        self.0.topics.watch(Topic::Session(id_hash.to_owned()), None)
    }

    /// The present moment, to watch from later: what is read from the database after it misses nothing.
    pub fn cursor(&self) -> Cursor {
        self.0.topics.cursor()
    }

    /// A place for one more stream of whoever has this id: a person, or the guests of a set-up link. Over [`MOST_STREAMS`] the oldest
    /// has to give way.
    pub fn take_seat(&self, whose: &impl Display) -> Seat {
        self.0.seats.take(whose)
    }

    /// Ends every stream: the process is about to end.
    pub fn close(&self) {
        self.0.closing.cancel();
    }

    /// Whether [`Live::close`] was called.
    pub fn is_closed(&self) -> bool {
        self.0.closing.is_cancelled()
    }

    /// Waits for [`Live::close`].
    pub async fn closed(&self) {
        self.0.closing.cancelled().await;
    }

    /// Tells the watchers here, and puts down what other processes are to hear.
    fn tell(&self, topic: Topic, hints: Hints) {
        self.0.topics.tell(&topic, hints);
        self.0.outbox.put(topic, hints);
    }
}
