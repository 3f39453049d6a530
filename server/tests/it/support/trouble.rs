//! What goes wrong with databases, as the product meets it.
#![allow(clippy::disallowed_methods, reason = "tests make trouble behind the product's back")]

use std::time::Duration;

use server::db::Db;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{Storage, database::admin};

/// A moment: nobody waits for a lock that a test holds.
const MOMENT: Duration = Duration::from_millis(1);

/// Trouble that goes on until it is ended.
pub(crate) enum Trouble {
    /// Somebody else holds SQLite's lock.
    Locked(SqliteConnection),
    /// SQLite's disk is full.
    Full,
    /// PostgreSQL cannot be reached.
    Gone,
    /// PostgreSQL ended every connection.
    Ended,
}

impl Storage {
    /// Nothing can be written into the journal: its lock is held by somebody else, or the server is gone. Before the first
    /// delivery.
    pub(crate) async fn journal_out_of_reach(&self) -> Trouble {
        match &self.db {
            Db::Sqlite { journal, .. } => {
                let options = journal.connect_options().as_ref().clone();
                journal.set_connect_options(options.clone().busy_timeout(MOMENT));
                Trouble::Locked(locked(&options).await)
            }
            Db::Postgres(_) => self.cut(),
        }
    }

    /// The same in another way: the disk is full, or the server ends every connection.
    pub(crate) async fn journal_broken(&self) -> Trouble {
        match &self.db {
            Db::Sqlite { journal, .. } => {
                let options = journal.connect_options().as_ref().clone();
                // It grows no more.
                journal.set_connect_options(options.pragma("max_page_count", "1"));
                Trouble::Full
            }
            Db::Postgres(_) => self.end_connections().await,
        }
    }

    /// Nothing can be applied: the lock of the database is held by somebody else, or the server is gone.
    pub(crate) async fn out_of_reach(&self) -> Trouble {
        match &self.db {
            Db::Sqlite { write, .. } => {
                self.tamper("PRAGMA busy_timeout = 1").await;
                Trouble::Locked(locked(&write.connect_options()).await)
            }
            Db::Postgres(_) => self.cut(),
        }
    }

    /// The same in another way: the disk is full, or the server ends every connection.
    pub(crate) async fn broken(&self) -> Trouble {
        match &self.db {
            Db::Sqlite { .. } => {
                self.tamper("PRAGMA max_page_count = 1").await;
                Trouble::Full
            }
            Db::Postgres(_) => self.end_connections().await,
        }
    }

    /// The trouble is over.
    pub(crate) async fn end(&self, trouble: Trouble) {
        match (trouble, &self.db) {
            (Trouble::Locked(connection), _) => connection.close().await.unwrap(),
            (Trouble::Full, Db::Sqlite { journal, .. }) => {
                let options = journal.connect_options().as_ref().clone();
                journal.set_connect_options(options.pragma("max_page_count", MOST_PAGES));
                self.tamper(&format!("PRAGMA max_page_count = {MOST_PAGES}")).await;
            }
            (Trouble::Gone, _) => self.schema().unwrap().2.unwrap().mend(),
            _ => {}
        }
    }

    fn cut(&self) -> Trouble {
        self.schema().unwrap().2.expect("Setup::by_line").cut();
        Trouble::Gone
    }

    async fn end_connections(&self) -> Trouble {
        let (url, name, _) = self.schema().unwrap();
        let own = format!("FROM pg_stat_activity WHERE application_name = '{name}'");
        admin(url, &format!("SELECT pg_terminate_backend(pid, 10000) {own}")).await;
        Trouble::Ended
    }

    /// Holds a table of PostgreSQL, over a connection that no trouble touches, until the connection is closed. Nothing on
    /// SQLite, where one lock is for all.
    pub(crate) async fn hold_table(&self, table: &str) -> Option<PgConnection> {
        let (url, name, _) = self.schema()?;
        let mut connection = PgConnection::connect(url).await.unwrap();
        let lock = format!("BEGIN; LOCK TABLE {name}.{table} IN ACCESS EXCLUSIVE MODE");
        sqlx::raw_sql(AssertSqlSafe(lock)).execute(&mut connection).await.unwrap();
        Some(connection)
    }

    /// Runs `sql` in a transaction on PostgreSQL, over a connection that no trouble touches: what it changed is held until it is let
    /// go. Nothing on SQLite, where one lock is for all.
    pub(crate) async fn hold_rows(&self, sql: &str) -> Option<Holder> {
        let (url, name, _) = self.schema()?;
        let mut holder = Holder(PgConnection::connect(url).await.unwrap());
        holder.run(&format!("SET search_path TO {name}")).await;
        holder.run("BEGIN").await;
        holder.run(sql).await;
        Some(holder)
    }

    /// Waits until somebody waits for what [`Storage::hold_table`] holds.
    pub(crate) async fn somebody_waits(&self, holder: &mut PgConnection) {
        let (_, name, _) = self.schema().unwrap();
        let sql = format!(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = '{name}' AND wait_event_type = 'Lock'"
        );
        loop {
            // What a transaction sees of others' activity it sees once, unless told.
            sqlx::query("SELECT pg_stat_clear_snapshot()").execute(&mut *holder).await.unwrap();
            let waiting: i64 = sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_one(&mut *holder).await.unwrap();
            if waiting > 0 {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
}

/// A transaction that holds rows.
pub(crate) struct Holder(PgConnection);

impl Holder {
    /// Runs one more statement in it; answers how many rows it changed.
    pub(crate) async fn run(&mut self, sql: &str) -> u64 {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        sql.execute(&mut self.0).await.unwrap().rows_affected()
    }

    /// Waits until somebody waits for what it holds.
    pub(crate) async fn somebody_waits(&mut self, storage: &Storage) {
        storage.somebody_waits(&mut self.0).await;
    }

    /// Makes what it changed stand, and holds nothing any more.
    pub(crate) async fn let_go(mut self) {
        self.run("COMMIT").await;
        self.0.close().await.unwrap();
    }
}

/// As many as SQLite allows.
const MOST_PAGES: &str = "1073741823";

async fn locked(options: &SqliteConnectOptions) -> SqliteConnection {
    // Whoever has the lock at the moment gives it back.
    let patient = options.clone().busy_timeout(Duration::from_secs(10));
    let mut connection = SqliteConnection::connect_with(&patient).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
    connection
}
