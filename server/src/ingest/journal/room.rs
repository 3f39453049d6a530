//! Bounding the memory of bodies on their way to the journal.
//!
//! Whether a body is Meta's is known when all of it is there; until then a stranger's takes memory too. No address is trusted or
//! counted for that: Meta has many, and behind a proxy everybody has the same one. Instead whoever is slow gives way. Meta's
//! bodies are there at once, so when memory runs short, those that have been arriving for longest make room for the new one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::{
    clock::{Clock, Timestamp},
    ingest::Refusal,
};

/// A body that arrives for longer gives way when somebody needs its memory.
const SLOW: Duration = Duration::from_secs(1);
/// How long to wait for what gives way to be gone. It is asked to go, and has nothing to wait for.
const GOING: Duration = Duration::from_secs(1);

/// The memory for bodies, and what of it is taken by those that are still arriving.
#[derive(Debug)]
pub(crate) struct Memory {
    free: Arc<Semaphore>,
    clock: Clock,
    arriving: Mutex<Arriving>,
}

/// Bodies whose end is not there yet, in the order in which they began.
#[derive(Debug, Default)]
struct Arriving {
    begun: u64,
    bodies: BTreeMap<u64, Body>,
}

#[derive(Debug)]
struct Body {
    since: Timestamp,
    bytes: usize,
    give_way: Arc<Notify>,
}

impl Memory {
    pub(crate) fn new(bytes: usize, clock: Clock) -> Self {
        Self { free: Arc::new(Semaphore::new(bytes)), clock, arriving: Mutex::default() }
    }

    /// How many bytes are free.
    pub(crate) fn free(&self) -> usize {
        self.free.available_permits()
    }

    /// Asks the slowest to give way, so that `bytes` become free. Whether they will.
    fn make_way(&self, bytes: usize, but: Option<u64>) -> bool {
        let now = self.clock.now();
        let needed = bytes.saturating_sub(self.free());
        let mut arriving = self.arriving();
        let mut freed = 0_usize;
        let mut slow = Vec::new();
        let others = arriving.bodies.iter().filter(|(number, _)| but != Some(**number));
        for (number, body) in others.take_while(|(_, body)| now.since(body.since) >= SLOW) {
            freed = freed.saturating_add(body.bytes);
            slow.push(*number);
            if freed >= needed {
                break;
            }
        }
        if freed < needed {
            return false;
        }
        for body in slow.iter().filter_map(|number| arriving.bodies.remove(number)) {
            body.give_way.notify_one();
        }
        true
    }

    fn arriving(&self) -> MutexGuard<'_, Arriving> {
        self.arriving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The part of the memory for bodies that one body has taken: as much as arrived of it, not what it announced. Given back
/// when dropped.
#[derive(Debug)]
pub struct Room {
    memory: Arc<Memory>,
    taken: Option<OwnedSemaphorePermit>,
    /// Its place among those that are still arriving, and what tells it to give way.
    arriving: Option<(u64, Arc<Notify>)>,
}

impl Room {
    pub(crate) fn new(memory: Arc<Memory>) -> Self {
        Self { memory, taken: None, arriving: None }
    }

    /// Takes `bytes` more; where there is no room, in place of bodies that have been arriving for more than a second.
    ///
    /// # Errors
    /// [`Refusal::Full`].
    pub async fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let permits = u32::try_from(bytes).map_err(|_| Refusal::Full)?;
        let free = &self.memory.free;
        let more = match free.clone().try_acquire_many_owned(permits) {
            Ok(more) => more,
            Err(_) if self.memory.make_way(bytes, self.number()) => {
                let freed = timeout(GOING, free.clone().acquire_many_owned(permits)).await;
                freed.map_err(|_| Refusal::Full)?.map_err(|_| Refusal::Full)?
            }
            Err(_) => return Err(Refusal::Full),
        };
        if let Some(number) = self.number()
            && let Some(body) = self.memory.arriving().bodies.get_mut(&number)
        {
            body.bytes = body.bytes.saturating_add(bytes);
        }
        match &mut self.taken {
            Some(taken) => taken.merge(more),
            None => self.taken = Some(more),
        }
        Ok(())
    }

    /// There is more to come: from now on the body gives way when it turns out to be slow.
    pub fn mark_arriving(&mut self) {
        if self.arriving.is_none() {
            let since = self.memory.clock.now();
            let bytes = self.taken.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
            let mut arriving = self.memory.arriving();
            arriving.begun += 1;
            let (number, give_way) = (arriving.begun, Arc::new(Notify::new()));
            arriving.bodies.insert(number, Body { since, bytes, give_way: give_way.clone() });
            self.arriving = Some((number, give_way));
        }
    }

    /// Waits until somebody faster needs the memory.
    pub(crate) async fn must_give_way(&self) {
        match &self.arriving {
            Some((_, give_way)) => give_way.notified().await,
            None => std::future::pending().await,
        }
    }

    /// All of it is there, or no more is wanted: it does not give way any more.
    pub fn mark_whole(&mut self) {
        if let Some((number, _)) = self.arriving.take() {
            self.memory.arriving().bodies.remove(&number);
        }
    }

    fn number(&self) -> Option<u64> {
        self.arriving.as_ref().map(|(number, _)| *number)
    }

    /// Gives everything back.
    pub(crate) fn clear(&mut self) {
        self.mark_whole();
        self.taken = None;
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.clear();
    }
}
