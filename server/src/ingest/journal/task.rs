//! The task that stores, and the one that wakes those who wait.

use std::{sync::Arc, sync::atomic::Ordering, time::Duration};

use tokio::{sync::mpsc, task::yield_now, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Gauges, Waiting};
use crate::{
    clock::{Clock, Timestamp},
    db::{
        Db,
        journal::{Entry, Writer},
    },
    error::{Error, Result},
    ingest::{Refusal, without_panic},
};

/// The most bytes of one commit, unless a single body is longer.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// So many turns everybody else has before a batch is taken: requests that have arrived already share its commit. No
/// time is waited for; with nothing else to do a turn is over in microseconds.
const TURNS: usize = 3;
/// A commit that takes longer has failed: Meta does not wait longer either (Meta reference §7.2).
const TOO_LONG: Duration = Duration::from_secs(15);
/// After a failure, so long is refused at once instead of tried.
const REST: Duration = Duration::from_secs(1);

/// Deliveries and what became of them all.
type Done = (Vec<Waiting>, Result<(), Refusal>);

pub(super) struct Task {
    db: Db,
    clock: Clock,
    queue: mpsc::Receiver<Waiting>,
    gauges: Arc<Gauges>,
    closing: CancellationToken,
    writer: Option<Writer>,
    rest_until: Option<Timestamp>,
}

/// Begins to store. Waking a request can run a part of it at once, which the next commit should not wait for: so another
/// task does it.
pub(super) fn start(tasks: &TaskTracker, task: Task) {
    let (done, results) = mpsc::channel(4);
    tasks.spawn(answer(results));
    tasks.spawn(task.run(done));
}

async fn answer(mut results: mpsc::Receiver<Done>) {
    while let Some((batch, result)) = results.recv().await {
        for waiting in batch {
            // Whoever went away meanwhile does not hear it; Meta will send it again.
            let _ = waiting.answer.send(result);
        }
    }
}

impl Task {
    pub(super) fn new(
        db: Db,
        clock: Clock,
        queue: mpsc::Receiver<Waiting>,
        gauges: Arc<Gauges>,
        closing: CancellationToken,
    ) -> Self {
        Self { db, clock, queue, gauges, closing, writer: None, rest_until: None }
    }

    async fn run(mut self, done: mpsc::Sender<Done>) {
        loop {
            for _ in 0..TURNS {
                yield_now().await;
            }
            let mut batch = Vec::with_capacity(Writer::ROWS);
            tokio::select! {
                biased;
                taken = self.queue.recv_many(&mut batch, Writer::ROWS) => if taken == 0 { break },
                // From here on nothing is taken any more; what was taken comes out to its end.
                () = self.closing.cancelled(), if !self.queue.is_closed() => { self.queue.close(); continue }
            }
            while !batch.is_empty() {
                let rest = batch.split_off(fitting(&batch));
                let result = self.store(&batch).await;
                self.gauges.waiting.fetch_sub(batch.len(), Ordering::Relaxed);
                if done.send((batch, result)).await.is_err() {
                    return;
                }
                batch = rest;
            }
        }
        if let Some(writer) = self.writer {
            writer.close().await;
        }
    }

    /// Stores the batch, all or none.
    async fn store(&mut self, batch: &[Waiting]) -> Result<(), Refusal> {
        if self.rest_until.is_some_and(|until| self.clock.now() < until) {
            return Err(Refusal::NotStored);
        }
        let tried = timeout(TOO_LONG, without_panic(self.write(batch))).await;
        match tried.unwrap_or_else(|_| Err(Error::internal("the journal's commit took too long"))) {
            Ok(last_id) => {
                self.rest_until = None;
                self.gauges.committed.send_replace(last_id);
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, deliveries = batch.len(), "webhooks could not be stored; Meta will send them again");
                self.writer = None;
                self.rest_until = Some(self.clock.now().plus(REST));
                Err(Refusal::NotStored)
            }
        }
    }

    async fn write(&mut self, batch: &[Waiting]) -> Result<i64> {
        let now = self.clock.now();
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(Writer::open(&self.db, now).await?),
        };
        let entries: Vec<Entry<'_>> =
            batch.iter().map(|waiting| Entry { meta_app_id: &waiting.app, body: &waiting.body }).collect();
        writer.insert(&entries, now).await
    }
}

/// How many from the front are one commit.
fn fitting(batch: &[Waiting]) -> usize {
    let mut bytes = 0_usize;
    let fit = batch.iter().take_while(|waiting| {
        bytes = bytes.saturating_add(waiting.body.len());
        bytes <= BATCH_BYTES
    });
    fit.count().max(1)
}
