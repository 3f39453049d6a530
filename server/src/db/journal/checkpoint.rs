//! Moving what was committed from SQLite's write-ahead log into the journal's file, away from those who wait.
//!
//! Another connection moves the bulk while commits go on. A log that always grows would never start over, though: so
//! afterwards the writer itself moves the little that came meanwhile, and its next commit begins the log anew.

use sqlx::{SqliteConnection, SqlitePool};
use tokio::task::JoinHandle;

/// How many bytes of bodies are committed between two checkpoints.
const BETWEEN: usize = 16 * 1024 * 1024;

const SQL: &str = "PRAGMA wal_checkpoint(PASSIVE)";

#[derive(Debug)]
pub(super) struct Checkpoints {
    pool: SqlitePool,
    written: usize,
    bulk: Option<JoinHandle<()>>,
}

impl Checkpoints {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool, written: 0, bulk: None }
    }

    /// Takes note of a commit and does what is due. Nothing is lost when a checkpoint fails: the log stays longer.
    pub(super) async fn committed(&mut self, writer: &mut SqliteConnection, bytes: usize) {
        self.written = self.written.saturating_add(bytes);
        match &self.bulk {
            Some(bulk) if bulk.is_finished() => {
                self.bulk = None;
                self.written = 0;
                report(sqlx::query(SQL).execute(writer).await);
            }
            None if self.written >= BETWEEN => {
                let pool = self.pool.clone();
                self.bulk = Some(tokio::spawn(async move { report(sqlx::query(SQL).execute(&pool).await) }));
            }
            _ => {}
        }
    }
}

fn report<T>(done: Result<T, sqlx::Error>) {
    if let Err(error) = done {
        tracing::warn!(%error, "the journal's write-ahead log could not be folded into its file");
    }
}
