//! Group commit: one task stores everything that waits in one statement, and each request is answered after the commit
//! that holds its body.
//!
//! Nobody waits for a batch to fill: while one commit is on its way to the disk, the next batch gathers by itself.

mod room;
mod task;

pub(crate) use room::Memory;
pub use room::Room;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::body::Bytes;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::Refusal;
use crate::{clock::Clock, db::Db, meta::AppId};

/// With so many deliveries waiting for their commit, whoever works in the background had better rest.
const BUSY: usize = 8;

/// How much may wait.
#[derive(Debug, Clone, Copy)]
pub struct JournalLimits {
    /// Deliveries that wait to be stored.
    pub deliveries: usize,
    /// Bytes of bodies that are being read or wait to be stored.
    pub bytes: usize,
}

impl Default for JournalLimits {
    fn default() -> Self {
        Self { deliveries: 8192, bytes: 64 * 1024 * 1024 }
    }
}

/// The way into the journal. Cheap to clone; every clone leads to the same writer.
#[derive(Debug, Clone)]
pub struct Journal {
    queue: mpsc::Sender<Waiting>,
    memory: Arc<Memory>,
    gauges: Arc<Gauges>,
    closing: CancellationToken,
    tasks: TaskTracker,
}

/// A delivery that waits for its commit.
#[derive(Debug)]
struct Waiting {
    app: AppId,
    body: Bytes,
    /// Given back when the body is let go.
    _room: Room,
    answer: oneshot::Sender<Result<(), Refusal>>,
}

/// What the rest of the process may know of the writer.
#[derive(Debug, Default)]
struct Gauges {
    waiting: AtomicUsize,
    committed: watch::Sender<i64>,
}

impl Journal {
    /// Begins to accept. The database is asked for nothing until the first delivery comes. Must be called in a tokio
    /// runtime.
    pub fn start(db: Db, clock: Clock, limits: JournalLimits) -> Self {
        let (queue, waiting) = mpsc::channel(limits.deliveries.max(1));
        let (closing, tasks, gauges) = (CancellationToken::new(), TaskTracker::new(), Arc::default());
        let memory = Arc::new(Memory::new(limits.bytes, clock.clone()));
        task::start(&tasks, task::Task::new(db, clock, waiting, Arc::clone(&gauges), closing.clone()));
        Self { queue, memory, gauges, closing, tasks }
    }

    /// Room for a body that is about to be read: none at first.
    pub fn room(&self) -> Room {
        Room::new(self.memory.clone())
    }

    /// Stores a delivery. When it returns, the body is on disk.
    ///
    /// # Errors
    /// [`Refusal::Full`], [`Refusal::NotStored`] or [`Refusal::Closing`]. After the second it is not known whether the
    /// body is stored.
    pub async fn append(&self, app: &AppId, body: Bytes, room: Room) -> Result<(), Refusal> {
        let (answer, stored) = oneshot::channel();
        let waiting = Waiting { app: app.clone(), body, _room: room, answer };
        self.queue.try_send(waiting).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Refusal::Full,
            mpsc::error::TrySendError::Closed(_) => Refusal::Closing,
        })?;
        self.gauges.waiting.fetch_add(1, Ordering::Relaxed);
        stored.await.unwrap_or(Err(Refusal::NotStored))
    }

    /// Hears of each commit: the id of its last delivery. Only of this process; others are seen in the database.
    pub fn committed(&self) -> watch::Receiver<i64> {
        self.gauges.committed.subscribe()
    }

    /// How many bytes of memory are free for bodies.
    pub fn free_bytes(&self) -> usize {
        self.memory.free()
    }

    /// How many deliveries wait for their commit.
    pub fn waiting(&self) -> usize {
        self.gauges.waiting.load(Ordering::Relaxed)
    }

    /// Whether so many wait that work in the background had better rest.
    pub fn is_busy(&self) -> bool {
        self.waiting() >= BUSY
    }

    /// Waits until nothing more is taken and everything that was taken is stored.
    pub async fn closed(&self) {
        self.closing.cancelled().await;
        self.tasks.wait().await;
    }

    /// Takes nothing more, and waits until everything that was taken is stored.
    pub async fn close(&self) {
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
