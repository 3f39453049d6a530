//! What one writer wrote into the journal.

use std::time::Instant;

use crate::{
    db::{journal, journal_writers},
    error::{Error, Result},
    ingest::{
        announce,
        apply::{EVENTS, Load, Turn, Understood, apply_isolating},
        rest,
    },
    services::Services,
};

/// The most deliveries of one transaction.
const BATCH: i64 = 512;

/// How much of it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// All of it.
    All,
    /// So many batches, and none more once the process is about to end.
    Batches(usize),
}

/// What one writer wrote.
pub(super) struct Part<'s> {
    services: &'s Services,
    writer: i64,
}

impl<'s> Part<'s> {
    pub(super) fn new(services: &'s Services, writer: i64) -> Self {
        Self { services, writer }
    }

    /// Applies it, in order. While a batch is applied, the next one is read. Answers whether that was all.
    pub(super) async fn drain(&self, bound: Bound) -> Result<bool> {
        let mut from = self.applied_through().await?;
        let mut batch = self.read(from).await?;
        let mut done = 0;
        while let Some(last) = batch.last() {
            if self.is_enough(bound, done) {
                return Ok(false);
            }
            done += 1;
            if bound == Bound::Batches(done) {
                // What is read ahead now would be read once more.
                self.apply(from, batch).await?;
                return Ok(false);
            }
            let through = last.id.number();
            let (applied, next) = tokio::join!(self.apply(from, batch), self.read(through));
            if applied? {
                (from, batch) = (through, next?);
            } else {
                // Somebody else applies the same part.
                from = self.applied_through().await?;
                batch = self.read(from).await?;
            }
        }
        Ok(true)
    }

    fn is_enough(&self, bound: Bound, done: usize) -> bool {
        match bound {
            Bound::All => false,
            Bound::Batches(most) => done >= most || self.services.live().is_closed(),
        }
    }

    async fn applied_through(&self) -> Result<i64> {
        let through = journal_writers::get_applied_through(self.services.db(), self.writer).await?;
        through.ok_or_else(|| Error::internal("the journal's writer is not in the database"))
    }

    /// The next batch. Of what was fetched for it, what is too much for one is left for the one after.
    async fn read(&self, after: i64) -> Result<Vec<Understood>> {
        let slice = journal::list_after(self.services.db(), self.writer, after, BATCH).await?;
        if slice.is_empty() {
            return Ok(Vec::new());
        }
        // Reading JSON is work for the processor: whoever waits for the network goes first.
        let reader = self.services.intake().reader();
        let read = move || {
            let (mut batch, mut load) = (Vec::with_capacity(slice.len()), Load::default());
            for delivery in slice {
                let read = Understood::new(delivery, reader);
                load.add(&read);
                batch.push(read);
                if load.is_full() {
                    break;
                }
            }
            batch
        };
        tokio::task::spawn_blocking(read).await.map_err(Error::internal)
    }

    /// Applies what was read, resting between transactions while accepting is busy. `false` when somebody else was faster.
    async fn apply(&self, mut from: i64, mut batch: Vec<Understood>) -> Result<bool> {
        let mut left = batch.as_mut_slice();
        while !left.is_empty() {
            let (now, later) = left.split_at_mut(fitting(left));
            left = later;
            let begun = Instant::now();
            let turn = Turn::Next { writer: self.writer, from };
            if !apply_isolating(self.services, now, turn, |applied| announce(self.services, &applied)).await? {
                return Ok(false);
            }
            from = now.last().map_or(from, |last| last.id.number());
            rest(self.services, begun).await;
        }
        Ok(true)
    }
}

/// How many from the front are one transaction.
fn fitting(batch: &[Understood]) -> usize {
    let mut events = 0_usize;
    let fit = batch.iter().take_while(|delivery| {
        events += delivery.events.as_ref().map_or(0, Vec::len);
        events <= EVENTS
    });
    fit.count().max(1)
}
