//! SQLite's file of the journal, beside the file of the database.

use std::path::{Path, PathBuf};

use sqlx::{
    ConnectOptions as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::db::{
    OpenError,
    open::{BUSY, keep_private},
};

/// Readers of the journal, sweeps and checkpoints. Few: accepting has a connection of its own.
const CONNECTIONS: u32 = 3;

/// Opens the journal that belongs to the database at `path`.
pub(in crate::db) async fn open_file(path: &Path) -> Result<SqlitePool, OpenError> {
    let path = beside(path);
    keep_private(&path)?;
    let file = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .busy_timeout(BUSY)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        // See `checkpoint`.
        .pragma("wal_autocheckpoint", "0")
        .disable_statement_logging();
    Ok(SqlitePoolOptions::new().max_connections(CONNECTIONS).connect_with(file).await?)
}

/// `attache.db` has its journal in `attache-journal.db`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push("-journal.db");
    path.with_file_name(name)
}
