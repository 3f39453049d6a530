//! Opening either database and bringing its schema up to date.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{
    ConnectOptions as _, Executor as _,
    migrate::MigrateError,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Db, chunks, journal, migrations};

/// How long a statement may wait for SQLite's write lock before it fails.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// Which database to use. Holds the PostgreSQL password, so it never prints.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file, created when absent with permissions for its owner alone.
    Sqlite(PathBuf),
    /// A server, as a `postgres://` URL.
    Postgres(SecretString),
}

impl FromStr for DatabaseUrl {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(SecretString::from(text.to_owned())))
        } else if let Some(path) = text.strip_prefix("sqlite:") {
            Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path))))
        } else {
            Err(OpenError::UnknownScheme)
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// How to open the database.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Which database.
    pub url: DatabaseUrl,
    /// How many connections at most, for reading on SQLite and for everything on PostgreSQL.
    pub max_connections: u32,
    /// Whether to bring an older schema up to date. When false, an older schema is an error.
    pub migrate: bool,
    /// The PostgreSQL schema to work in; the server's default when `None`.
    pub schema: Option<String>,
}

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// `DATABASE_URL` is neither kind.
    #[error("the database URL must begin with `sqlite:` or `postgres://`")]
    UnknownScheme,
    /// The schema is older than this version needs and migrating was not allowed.
    #[error(
        "the database schema is older than this version needs; run `attache migrate`, or start without `--no-migrate`"
    )]
    Stale,
    /// The schema was brought up to date by a newer version.
    #[error(
        "the database schema is newer than this version; start the newer version, or restore a backup of the older schema"
    )]
    Newer,
    /// The schema was changed by hand, or a migration did not run to its end.
    #[error("the database schema does not fit this version: {0}")]
    Migrate(#[from] MigrateError),
    /// The database itself refused.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    /// The file cannot be made.
    #[error("the database file cannot be made: {0}")]
    File(#[from] std::io::Error),
}

impl Db {
    /// Opens the database and checks or updates its schema.
    ///
    /// # Errors
    /// Each [`OpenError`].
    pub async fn open(options: &OpenOptions) -> Result<Self, OpenError> {
        let db = match &options.url {
            DatabaseUrl::Sqlite(path) => {
                keep_private(path)?;
                let file = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .busy_timeout(BUSY)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .disable_statement_logging();
                let writer = file
                    .clone()
                    // What one statement about many rows finds: with fewer places SQLite waits for whoever reads them.
                    .row_buffer_size(2 * chunks::MOST)
                    // In units of 1,024 bytes when negative: 16 MB. Applying comes back to the same pages again and again.
                    .pragma("cache_size", "-16000")
                    // In pages of 4 KB. Pages that every batch touches are folded into the file four times less often.
                    .pragma("wal_autocheckpoint", "4000");
                let write = SqlitePoolOptions::new()
                    .max_connections(1)
                    // Applying webhooks lowers it for itself (db/transaction.rs).
                    .after_release(|writer, _| {
                        Box::pin(async { writer.execute("PRAGMA synchronous = FULL").await.map(|_| true) })
                    })
                    .connect_with(writer)
                    .await?;
                let read = SqlitePoolOptions::new()
                    .max_connections(options.max_connections)
                    .connect_with(file.read_only(true).create_if_missing(false))
                    .await?;
                let journal = journal::open_file(path).await?;
                Self::Sqlite { read, write, journal }
            }
            DatabaseUrl::Postgres(url) => {
                let mut server = PgConnectOptions::from_str(url.expose_secret())?.disable_statement_logging();
                if let Some(schema) = &options.schema {
                    server = server.options([("search_path", schema)]);
                }
                Self::Postgres(
                    PgPoolOptions::new().max_connections(options.max_connections).connect_with(server).await?,
                )
            }
        };
        if options.migrate {
            migrations::run(&db).await.map_err(|error| match error {
                MigrateError::VersionMissing(_) => OpenError::Newer,
                other => OpenError::Migrate(other),
            })?;
        } else {
            migrations::check(&db).await?;
        }
        Ok(db)
    }

    /// Answers when the database answers: for readiness probes.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), OpenError> {
        on_read!(self, pool => sqlx::query("SELECT 1").execute(pool).await.map(drop))?;
        Ok(())
    }

    /// Closes every connection; SQLite's journal is folded into its file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, journal } => {
                read.close().await;
                journal.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Makes the file, when absent, readable by its owner alone, before SQLite makes it for everyone.
pub(super) fn keep_private(path: &std::path::Path) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut file = std::fs::OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path).map(drop)
}
