//! Hints between the processes of one installation, on PostgreSQL.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::Notify;

use super::{Hints, Live, Topic};
use crate::{
    db::{
        Db,
        notify::{self, Heard, Listener},
    },
    error::Result,
};

/// Hints of so long are told together.
const TOGETHER: Duration = Duration::from_millis(100);
/// How long to wait after the database failed.
const PAUSE: Duration = Duration::from_secs(3);
/// From so many topics on, "everything changed" is told instead.
const MOST_TOPICS: usize = 1_000;
/// Stands for every topic.
const EVERYTHING: &str = "*";

/// What other processes are to hear.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    /// `None` while there is nobody to tell.
    pending: Mutex<Option<Pending>>,
    filled: Notify,
}

#[derive(Debug, Default)]
struct Pending {
    hints: HashMap<Topic, Hints>,
    everything: bool,
}

impl Outbox {
    pub(super) fn put(&self, topic: Topic, hints: Hints) {
        if let Some(pending) = self.pending().as_mut() {
            pending.put(topic, hints);
            self.filled.notify_one();
        }
    }

    fn open(&self) {
        self.pending().get_or_insert_default();
    }

    /// Waits until there is something to tell, and a moment longer for what comes with it.
    async fn take(&self) -> Pending {
        self.filled.notified().await;
        tokio::time::sleep(TOGETHER).await;
        self.pending().as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn pending(&self) -> MutexGuard<'_, Option<Pending>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pending {
    fn put(&mut self, topic: Topic, hints: Hints) {
        if self.everything {
            return;
        }
        let all = self.hints.entry(topic).or_default();
        *all = all.with(hints);
        if self.hints.len() > MOST_TOPICS {
            *self = Self { hints: HashMap::new(), everything: true };
        }
    }

    /// As texts that each fit into one notification. The first line names the process that tells.
    fn messages(&self, process: u64) -> Vec<String> {
        let mut lines: Vec<String> =
            self.hints.iter().map(|(topic, hints)| format!("{topic} {}", hints.bits())).collect();
        if self.everything {
            lines.push(EVERYTHING.into());
        }
        let mut messages: Vec<String> = Vec::new();
        for line in lines {
            match messages.last_mut() {
                Some(message) if message.len() + line.len() < notify::MOST_BYTES => {
                    message.push('\n');
                    message.push_str(&line);
                }
                _ => messages.push(format!("{process:x}\n{line}")),
            }
        }
        messages
    }
}

/// Tells other processes of changes here, and hears of theirs, until [`Live::close`]. On SQLite there are no others.
///
/// # Errors
/// When the database cannot be listened to: whatever this process tells from then on would not reach it.
pub async fn spawn_relay(live: &Live, db: &Db) -> Result<()> {
    let Some(listener) = notify::listen(db).await? else { return Ok(()) };
    live.0.outbox.open();
    let (live, db) = (live.clone(), db.clone());
    tokio::spawn(async move {
        tokio::select! {
            () = live.closed() => {}
            () = hear(&live, &db, listener) => {}
            () = tell(&live, &db) => {}
        }
    });
    Ok(())
}

async fn tell(live: &Live, db: &Db) {
    loop {
        let pending = live.0.outbox.take().await;
        for message in pending.messages(live.0.topics.process()) {
            // Others rely on hearing of it, a changed secret say. What comes meanwhile gathers in the outbox.
            while let Err(error) = notify::notify(db, &message).await {
                tracing::warn!(%error, "other processes could not be told of a change; trying again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn hear(live: &Live, db: &Db, mut listener: Listener) {
    loop {
        match listener.next().await {
            Ok(Heard::Told(message)) => take_in(live, &message),
            Ok(Heard::Missed) => live.0.topics.tell_all(),
            Err(error) => {
                tracing::warn!(%error, "changes in other processes cannot be heard; trying again");
                listener = again(db).await;
                live.0.topics.tell_all();
            }
        }
    }
}

async fn again(db: &Db) -> Listener {
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Ok(Some(listener)) = notify::listen(db).await {
            return listener;
        }
    }
}

/// Tells the watchers here what another process told. What cannot be read is of a newer version and left out.
fn take_in(live: &Live, message: &str) {
    let mut lines = message.lines();
    if lines.next() == Some(&format!("{:x}", live.0.topics.process())) {
        return;
    }
    for line in lines {
        if line == EVERYTHING {
            live.0.topics.tell_all();
        } else if let Some((topic, bits)) = line.split_once(' ')
            && let (Ok(topic), Ok(bits)) = (topic.parse(), bits.parse())
        {
            live.0.topics.tell(&topic, Hints::from_bits(bits));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use futures::FutureExt as _;

    use super::{super::Hint, *};
    use crate::{clock::Clock, clock::Timestamp, entropy::Entropy, ids::IdSource, ids::TenantId};

    fn ids() -> IdSource {
        IdSource::new(Clock::fixed(Timestamp::from_millis(0)), Entropy::seeded(1))
    }

    #[test]
    fn what_one_process_tells_another_hears() {
        let (here, there) = (Live::new(&Entropy::seeded(1)), Live::new(&Entropy::seeded(2)));
        here.0.outbox.open();
        let ids = ids();
        let tenants: Vec<TenantId> = (0..500).map(|_| TenantId::new(&ids)).collect();
        let mut watches: Vec<_> = tenants.iter().map(|tenant| there.watch_tenant(tenant, None)).collect();
        for tenant in &tenants {
            here.tenant_changed(tenant, Hint::Delivery);
            here.tenant_changed(tenant, Hint::Asset);
        }
        let mut own = here.watch_tenant(&tenants[0], None);
        let messages = here.0.outbox.pending().take().unwrap().messages(here.0.topics.process());
        assert!(messages.len() > 1 && messages.iter().all(|message| message.len() <= notify::MOST_BYTES));
        for message in &messages {
            take_in(&here, message);
            take_in(&there, message);
        }
        let expected = Hints::from(Hint::Delivery).with(Hint::Asset);
        assert!(watches.iter_mut().all(|watch| watch.changed().now_or_never() == Some(expected)));
        assert_eq!(own.changed().now_or_never(), None, "its own word is not heard twice");
    }

    #[test]
    fn too_much_to_tell_becomes_everything() {
        let (here, there) = (Live::new(&Entropy::seeded(1)), Live::new(&Entropy::seeded(2)));
        here.0.outbox.open();
        let ids = ids();
        let watched = TenantId::new(&ids);
        let mut watch = there.watch_tenant(&watched, None);
        for _ in 0..=MOST_TOPICS {
            here.tenant_changed(&TenantId::new(&ids), Hint::Asset);
        }
        let messages = here.0.outbox.pending().take().unwrap().messages(here.0.topics.process());
        assert_eq!(messages.len(), 1);
        take_in(&there, &messages[0]);
        assert_eq!(watch.changed().now_or_never(), Some(Hints::ALL));
    }

    #[test]
    fn nothing_is_kept_for_nobody() {
        let here = Live::new(&Entropy::seeded(1));
        here.tenant_changed(&TenantId::new(&ids()), Hint::Asset);
        assert!(here.0.outbox.pending().is_none());
    }
}
