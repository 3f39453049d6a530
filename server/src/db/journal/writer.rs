//! The connection that accepts webhooks: one for each process, and nobody waits for it but those who deliver.

use std::sync::Arc;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use super::{IDS_OF_A_WRITER, checkpoint::Checkpoints, max_id};
use crate::{
    clock::Timestamp,
    db::{Db, journal_writers},
    error::Result,
    meta::AppId,
};

/// The most rows of one [`Writer::insert`].
const ROWS: usize = 128;

/// A body to be stored.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The app whose secret signed it.
    pub meta_app_id: &'a AppId,
    /// The bytes that were signed.
    pub body: &'a [u8],
}

/// Writes the journal. Its number belongs to it alone: after a failure that leaves open what was stored, a new writer
/// begins, so that no row can appear behind one that was read already.
#[derive(Debug)]
pub struct Writer {
    number: i64,
    last_id: i64,
    connection: Driver,
}

#[derive(Debug)]
enum Driver {
    Sqlite {
        connection: SqliteConnection,
        /// The statement for each number of rows, made when it is first needed.
        statements: Vec<Option<Arc<str>>>,
        checkpoints: Checkpoints,
    },
    Postgres(PgConnection),
}

impl Writer {
    /// The most rows of one [`Writer::insert`].
    pub const ROWS: usize = ROWS;

    /// Connects, under a number that nobody had before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(db: &Db, now: Timestamp) -> Result<Self> {
        let connection = match db {
            Db::Sqlite { journal, .. } => {
                let options = journal.connect_options().as_ref().clone().statement_cache_capacity(ROWS + 1);
                Driver::Sqlite {
                    connection: SqliteConnection::connect_with(&options).await?,
                    statements: vec![None; ROWS + 1],
                    checkpoints: Checkpoints::new(journal.clone()),
                }
            }
            Db::Postgres(pool) => {
                let mut connection = PgConnection::connect_with(&pool.connect_options()).await?;
                // Whatever the server's default: what was acknowledged survives a power cut.
                sqlx::query("SET synchronous_commit = on").execute(&mut connection).await?;
                Driver::Postgres(connection)
            }
        };
        // The database may be an older copy than the journal beside it.
        let number = journal_writers::insert(db, max_id(db).await? / IDS_OF_A_WRITER, now).await?;
        Ok(Self { number, last_id: number.saturating_mul(IDS_OF_A_WRITER), connection })
    }

    /// Its number.
    pub fn number(&self) -> i64 {
        self.number
    }

    /// Stores up to [`Writer::ROWS`] bodies, all or none, and answers the id of the last one; the others have those
    /// before it. When it returns, they are on disk.
    ///
    /// # Errors
    /// When the database fails. It is then not known whether they are stored, and this writer must not be used again.
    pub async fn insert(&mut self, entries: &[Entry<'_>], now: Timestamp) -> Result<i64> {
        let first = self.last_id.saturating_add(1);
        let last = self.last_id.saturating_add(i64::try_from(entries.len()).unwrap_or(i64::MAX));
        match &mut self.connection {
            Driver::Sqlite { connection, statements, checkpoints } => {
                insert_sqlite(connection, statements, first, now, entries).await?;
                let bytes = entries.iter().map(|entry| entry.body.len()).sum();
                checkpoints.committed(connection, bytes).await;
            }
            Driver::Postgres(connection) => insert_postgres(connection, self.last_id, now, entries).await?,
        }
        self.last_id = last;
        Ok(last)
    }

    /// Closes the connection.
    pub async fn close(self) {
        let closed = match self.connection {
            Driver::Sqlite { connection, .. } => connection.close().await,
            Driver::Postgres(connection) => connection.close().await,
        };
        if let Err(error) = closed {
            tracing::debug!(%error, "the journal's connection did not close cleanly");
        }
    }
}

async fn insert_sqlite(
    connection: &mut SqliteConnection,
    statements: &mut [Option<Arc<str>>],
    first: i64,
    now: Timestamp,
    entries: &[Entry<'_>],
) -> Result<(), sqlx::Error> {
    let statement = match statements.get_mut(entries.len()) {
        Some(statement) => statement.get_or_insert_with(|| sqlite_statement(entries.len())).clone(),
        None => sqlite_statement(entries.len()),
    };
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for (id, entry) in (first..).zip(entries) {
        query = query.bind(id).bind(entry.meta_app_id.as_str()).bind(now).bind(entry.body);
    }
    query.execute(connection).await.map(drop)
}

/// Without numbers: see [`Marks::Plain`](crate::db::chunks::Marks).
fn sqlite_statement(rows: usize) -> Arc<str> {
    let rows = vec!["(?,?,?,?)"; rows].join(",");
    format!("INSERT INTO journal (id, meta_app_id, received_at, body) VALUES {rows}").into()
}

/// Arrays keep it one statement for every number of rows; SQLite has none. (A COPY writes rows by the page, but the driver
/// sends it in several small packets and does not turn off waiting between them: each batch took 40 ms.)
async fn insert_postgres(
    connection: &mut PgConnection,
    last_id: i64,
    now: Timestamp,
    entries: &[Entry<'_>],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO journal (id, meta_app_id, received_at, body)
        SELECT $1 + n, meta_app_id, $2, body
        FROM UNNEST($3::TEXT[], $4::BYTEA[]) WITH ORDINALITY AS t (meta_app_id, body, n)";
    let apps: Vec<&str> = entries.iter().map(|entry| entry.meta_app_id.as_str()).collect();
    let bodies: Vec<&[u8]> = entries.iter().map(|entry| entry.body).collect();
    sqlx::query(SQL).bind(last_id).bind(now).bind(apps).bind(bodies).execute(connection).await.map(drop)
}
