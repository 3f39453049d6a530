//! Applies what the journal holds: one task for each process, for what the process itself accepted and for what others left.

mod backoff;
mod part;

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use tokio::sync::Notify;

use self::{backoff::Backoff, part::Part};
use super::{claims, without_panic};
use crate::{
    clock::Timestamp,
    db::{
        Db,
        journal::IDS_OF_A_WRITER,
        journal_writers::{self, WriterRow},
    },
    error::Result,
    services::Services,
};

/// How often a process shows that it lives, and looks for what others left.
const BEAT: Duration = Duration::from_secs(10);
/// A process that shows no sign of life for so long is dead.
const DEAD: Duration = Duration::from_secs(60);
/// How often claims are looked for that nobody told of.
const LOOK_FOR_CLAIMS: Duration = Duration::from_secs(60);

/// Tells the worker that somebody may hold now what nobody held.
#[derive(Debug, Default)]
pub(crate) struct Claims(Notify);

impl Claims {
    /// There may be something to do.
    pub(crate) fn look(&self) {
        self.0.notify_one();
    }
}

/// Begins to apply what the journal holds, until the process ends.
pub fn spawn_worker(services: &Services) {
    let worker = Worker::new(services.clone());
    services.tasks().spawn(worker.run());
}

/// Applies everything that is there now, whoever accepted it. For tests and commands; [`spawn_worker`] does it all the time.
///
/// # Errors
/// When the database fails.
pub async fn drain(services: &Services) -> Result<()> {
    for writer in journal_writers::list(services.db()).await? {
        Part::new(services, writer.id).drain().await?;
    }
    while claims::apply_claimed(services).await? {}
    Ok(())
}

struct Worker {
    services: Services,
    /// The numbers under which this process accepted something.
    own: HashSet<i64>,
    /// What others left, and nothing of it is left any more.
    finished: HashSet<i64>,
    looked_for_others: Option<Instant>,
    looked_for_claims: Option<Instant>,
}

impl Worker {
    fn new(services: Services) -> Self {
        Self {
            services,
            own: HashSet::new(),
            finished: HashSet::new(),
            looked_for_others: None,
            looked_for_claims: None,
        }
    }

    async fn run(mut self) {
        let services = self.services.clone();
        let mut committed = services.journal().committed();
        let mut backoff = Backoff::default();
        loop {
            let last = *committed.borrow_and_update();
            if last > 0 {
                self.own.insert(last / IDS_OF_A_WRITER);
            }
            let pause = match without_panic(self.round()).await {
                Ok(()) => {
                    backoff = Backoff::default();
                    BEAT
                }
                Err(error) => {
                    let pause = backoff.next(services.entropy());
                    tracing::warn!(%error, ?pause, "webhooks cannot be applied now; they are kept and tried again");
                    pause
                }
            };
            tokio::select! {
                () = services.live().closed() => break,
                // After a failure news are no reason to hurry.
                news = committed.changed(), if pause == BEAT => if news.is_err() { break },
                () = services.intake().claims.0.notified(), if pause == BEAT => self.looked_for_claims = None,
                () = tokio::time::sleep(pause) => {}
            }
        }
        self.leave().await;
    }

    /// Applies what there is: first what this process accepted, then what others left, then what somebody claimed.
    async fn round(&mut self) -> Result<()> {
        for writer in self.own.clone() {
            Part::new(&self.services, writer).drain().await?;
        }
        if is_due(self.looked_for_others, BEAT) {
            self.look_for_others().await?;
            self.looked_for_others = Some(Instant::now());
        }
        if is_due(self.looked_for_claims, LOOK_FOR_CLAIMS) && !claims::apply_claimed(&self.services).await? {
            self.looked_for_claims = Some(Instant::now());
        }
        Ok(())
    }

    async fn look_for_others(&mut self) -> Result<()> {
        let (db, now) = (self.services.db(), self.services.clock().now());
        for writer in journal_writers::list(db).await? {
            if self.own.contains(&writer.id) {
                journal_writers::mark_alive(db, writer.id, now).await?;
            } else if is_dead(db, &writer, now) && !self.finished.contains(&writer.id) {
                Part::new(&self.services, writer.id).drain().await?;
                self.finished.insert(writer.id);
            }
        }
        Ok(())
    }

    /// Lets the next process begin at once with what is left.
    async fn leave(&self) {
        for writer in &self.own {
            if let Err(error) =
                journal_writers::mark_alive(self.services.db(), *writer, Timestamp::from_millis(0)).await
            {
                tracing::debug!(%error, "the next process finds out by itself that this one ended");
            }
        }
    }
}

/// Whether nobody else applies what it wrote. A SQLite file belongs to one process.
fn is_dead(db: &Db, writer: &WriterRow, now: Timestamp) -> bool {
    matches!(db, Db::Sqlite { .. }) || now.since(writer.beat_at) >= DEAD
}

fn is_due(last: Option<Instant>, every: Duration) -> bool {
    last.is_none_or(|last| last.elapsed() >= every)
}
