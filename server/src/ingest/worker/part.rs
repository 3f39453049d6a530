//! What one writer wrote into the journal.

use std::time::{Duration, Instant};

use crate::{
    db::{journal, journal_writers},
    error::{Error, Result},
    ingest::{
        announce,
        apply::{Turn, Understood, apply_isolating},
    },
    services::Services,
};

/// The most deliveries of one transaction.
const BATCH: i64 = 512;
/// The most events of one transaction, unless a single delivery brings more.
const EVENTS: usize = 4_096;
/// While deliveries wait to be accepted, applying rests so many times as long as it worked: half of the time is its.
const REST: u32 = 1;
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_millis(250);

/// What one writer wrote.
pub(super) struct Part<'s> {
    services: &'s Services,
    writer: i64,
}

impl<'s> Part<'s> {
    pub(super) fn new(services: &'s Services, writer: i64) -> Self {
        Self { services, writer }
    }

    /// Applies all of it, in order. While a batch is applied, the next one is read.
    pub(super) async fn drain(&self) -> Result<()> {
        let mut from = self.applied_through().await?;
        let mut batch = self.read(from).await?;
        while let Some(last) = batch.last() {
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
        Ok(())
    }

    async fn applied_through(&self) -> Result<i64> {
        let through = journal_writers::get_applied_through(self.services.db(), self.writer).await?;
        through.ok_or_else(|| Error::internal("the journal's writer is not in the database"))
    }

    async fn read(&self, after: i64) -> Result<Vec<Understood>> {
        let slice = journal::list_after(self.services.db(), self.writer, after, BATCH).await?;
        if slice.is_empty() {
            return Ok(Vec::new());
        }
        // Reading JSON is work for the processor: whoever waits for the network goes first.
        let reader = self.services.intake().reader();
        let read = move || slice.into_iter().map(|delivery| Understood::new(delivery, reader)).collect();
        tokio::task::spawn_blocking(read).await.map_err(Error::internal)
    }

    /// Applies what was read, resting between transactions while accepting is busy. `false` when somebody else was faster.
    async fn apply(&self, mut from: i64, mut batch: Vec<Understood>) -> Result<bool> {
        let mut rest = batch.as_mut_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at_mut(fitting(rest));
            rest = later;
            let begun = Instant::now();
            let turn = Turn::Next { writer: self.writer, from };
            if !apply_isolating(self.services, now, turn, |applied| announce(self.services, &applied)).await? {
                return Ok(false);
            }
            from = now.last().map_or(from, |last| last.id.number());
            if self.services.journal().is_busy() {
                tokio::time::sleep((begun.elapsed() * REST).min(LONGEST_REST)).await;
            }
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
