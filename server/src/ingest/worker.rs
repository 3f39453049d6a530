//! Applies what the journal holds: one task for each process, for what the process itself accepted and for what others left.

mod backoff;
mod part;
mod signs;

use std::{
    collections::{BTreeSet, HashMap},
    time::{Duration, Instant},
};

use tokio::sync::Notify;

use self::{
    backoff::Backoff,
    part::{Bound, Part},
};
use super::{claims, without_panic};
use crate::{
    clock::Timestamp,
    db::{
        Db,
        journal::{self, IDS_OF_A_WRITER},
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
/// So many batches of one writer, and others have their turn.
const BATCHES: usize = 8;

/// Tells the worker that somebody may hold now what nobody held.
#[derive(Debug, Default)]
pub(crate) struct Claims(Notify);

impl Claims {
    /// There may be something to do.
    pub(crate) fn look(&self) {
        self.0.notify_one();
    }
}

/// Begins to apply what the journal holds, until the process is about to end; and shows that it lives until the journal is
/// closed.
pub fn spawn_worker(services: &Services) {
    let (worker, signs) = (Worker::new(services.clone()), signs::show(services.clone()));
    services.tasks().spawn(async move {
        tokio::join!(worker.run(), signs);
    });
}

/// Applies everything that is there now, whoever accepted it. For tests and commands; [`spawn_worker`] does it all the time.
///
/// # Errors
/// When the database fails.
pub async fn drain(services: &Services) -> Result<()> {
    for writer in journal_writers::list(services.db()).await? {
        Part::new(services, writer.id).drain(Bound::All).await?;
    }
    while claims::apply_claimed(services).await? {}
    Ok(())
}

struct Worker {
    services: Services,
    /// The numbers under which this process accepted something.
    own: BTreeSet<i64>,
    /// The numbers of others that this process has begun to apply: that is a sign of life too, and no reason to stop.
    taken: BTreeSet<i64>,
    looked_for_others: Option<Instant>,
    looked_for_claims: Option<Instant>,
}

impl Worker {
    fn new(services: Services) -> Self {
        Self {
            services,
            own: BTreeSet::new(),
            taken: BTreeSet::new(),
            looked_for_others: None,
            looked_for_claims: None,
        }
    }

    async fn run(mut self) {
        let services = self.services.clone();
        let mut committed = services.journal().committed();
        let mut backoff = Backoff::default();
        loop {
            self.own.extend(writer_of(*committed.borrow_and_update()));
            // After a failure news are no reason to hurry.
            let (pause, calm) = match without_panic(self.round()).await {
                Ok(more) => {
                    backoff = Backoff::default();
                    (if more { Duration::ZERO } else { BEAT }, true)
                }
                Err(error) => {
                    let pause = backoff.next(services.entropy());
                    tracing::warn!(%error, ?pause, "webhooks cannot be applied now; they are kept and tried again");
                    (pause, false)
                }
            };
            tokio::select! {
                biased;
                () = services.live().closed() => break,
                () = services.intake().claims.0.notified(), if calm => self.looked_for_claims = None,
                news = committed.changed(), if calm => if news.is_err() { break },
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Applies some of what there is: of what this process accepted, of what others left, of what somebody claimed. Answers
    /// whether there is more.
    async fn round(&mut self) -> Result<bool> {
        let mut more = false;
        for writer in &self.own {
            more |= !Part::new(&self.services, *writer).drain(Bound::Batches(BATCHES)).await?;
        }
        if is_due(self.looked_for_others, BEAT) {
            let left = self.look_for_others().await?;
            self.looked_for_others = (!left).then(Instant::now);
            more |= left;
        }
        if is_due(self.looked_for_claims, LOOK_FOR_CLAIMS) {
            let left = claims::apply_claimed(&self.services).await?;
            self.looked_for_claims = (!left).then(Instant::now);
            more |= left;
        }
        Ok(more)
    }

    /// Applies some of what others left who show no sign of life any more. Answers whether there is more.
    async fn look_for_others(&mut self) -> Result<bool> {
        let (db, now) = (self.services.db(), self.services.clock().now());
        let others = journal_writers::list(db).await?;
        let dead: Vec<WriterRow> = others
            .into_iter()
            .filter(|writer| {
                !self.own.contains(&writer.id) && (self.taken.contains(&writer.id) || is_dead(db, writer, now))
            })
            .collect();
        let ids: Vec<i64> = dead.iter().map(|writer| writer.id).collect();
        // Asked each time: one that was only slow may have stored more since, and be dead by now.
        let last: HashMap<i64, i64> = journal::list_last(db, &ids).await?.into_iter().collect();
        let is_behind = |writer: &&WriterRow| last.get(&writer.id).is_some_and(|last| *last > writer.applied_through);
        let behind: Vec<i64> = dead.iter().filter(is_behind).map(|writer| writer.id).collect();
        self.taken.retain(|taken| behind.contains(taken));
        let mut more = false;
        for writer in behind {
            self.taken.insert(writer);
            more |= !Part::new(&self.services, writer).drain(Bound::Batches(BATCHES)).await?;
        }
        Ok(more)
    }
}

/// The number of the writer that stored the delivery of this id; none before the first one.
fn writer_of(last: i64) -> Option<i64> {
    (last > 0).then_some(last / IDS_OF_A_WRITER)
}

/// Whether nobody else applies what it wrote. A SQLite file belongs to one process.
fn is_dead(db: &Db, writer: &WriterRow, now: Timestamp) -> bool {
    matches!(db, Db::Sqlite { .. }) || now.since(writer.beat_at) >= DEAD
}

fn is_due(last: Option<Instant>, every: Duration) -> bool {
    last.is_none_or(|last| last.elapsed() >= every)
}
