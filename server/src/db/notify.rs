//! Short messages between the processes that share one PostgreSQL (`LISTEN`, `NOTIFY`). SQLite has one process.

use sqlx::postgres::{PgListener, PgPoolOptions};

use super::Db;
use crate::error::Result;

/// The most bytes of a message; PostgreSQL takes less than 8,000.
pub const MOST_BYTES: usize = 7_900;

/// One connection, kept for listening.
#[derive(Debug)]
pub struct Listener(PgListener);

/// What a listener heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A message, of this process or another.
    Told(String),
    /// The connection broke and stands again: messages may have been missed.
    Missed,
}

/// Begins to listen, on a connection beside the pool. `None` on SQLite.
///
/// # Errors
/// When the database fails.
pub async fn listen(db: &Db) -> Result<Option<Listener>> {
    // Installations in several schemas of one database do not hear one another.
    const CHANNEL: &str = "SELECT 'attache_' || md5(current_schema())";
    let Db::Postgres(pool) = db else { return Ok(None) };
    let channel: String = sqlx::query_scalar(CHANNEL).fetch_one(pool).await?;
    let own = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let own = own.connect_with(pool.connect_options().as_ref().clone()).await?;
    let mut listener = PgListener::connect_with(&own).await?;
    listener.listen(&channel).await?;
    Ok(Some(Listener(listener)))
}

impl Listener {
    /// Waits for the next message.
    ///
    /// # Errors
    /// When the connection broke for good: listen anew.
    pub async fn next(&mut self) -> Result<Heard> {
        let heard = self.0.try_recv().await?;
        Ok(heard.map_or(Heard::Missed, |message| Heard::Told(message.payload().to_owned())))
    }
}

/// Tells every listener, this process's too. Does nothing on SQLite.
///
/// # Errors
/// When the database fails.
pub async fn notify(db: &Db, message: &str) -> Result<()> {
    const SQL: &str = "SELECT pg_notify('attache_' || md5(current_schema()), $1)";
    if let Db::Postgres(pool) = db {
        sqlx::query(SQL).bind(message).execute(pool).await?;
    }
    Ok(())
}
