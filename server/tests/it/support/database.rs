//! A database for one test alone: a file, or a schema of its own in the server that `ATTACHE_TEST_POSTGRES` names.
#![allow(
    clippy::disallowed_methods,
    reason = "tests look into tables behind the product's back, and are told where the \
    server is by the environment"
)]

use std::{collections::BTreeMap, path::Path};

use secrecy::SecretString;
use server::db::{DatabaseUrl, Db, OpenOptions};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Postgres, Row as _, Sqlite, Transaction};
use tempfile::TempDir;
use url::Url;

use super::Line;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

/// An open database and what has to go when the test is over.
pub(crate) struct Storage {
    pub(crate) db: Db,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Schema { url: String, name: String, line: Option<Line> },
}

/// The journal, held.
pub(crate) enum Held {
    Sqlite { _tx: Transaction<'static, Sqlite> },
    Postgres { _tx: Transaction<'static, Postgres> },
}

impl Storage {
    /// An empty database with the current schema; `None` when there is no PostgreSQL to use.
    pub(crate) async fn open(database: Database) -> Option<Self> {
        Self::open_over(database, false).await
    }

    /// The same; `by_line` has PostgreSQL reached over a line that can be cut.
    pub(crate) async fn open_over(database: Database, by_line: bool) -> Option<Self> {
        let (url, schema, place) = match database {
            Database::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = DatabaseUrl::Sqlite(folder.path().join("attache.db"));
                (url, None, Place::Folder(folder))
            }
            Database::Postgres => {
                let url = server_url()?;
                let name = format!("test_{}", uuid::Uuid::now_v7().simple());
                admin(&url, &format!("CREATE SCHEMA {name}")).await;
                let line = if by_line { Some(Line::to(&url).await) } else { None };
                let mut used: Url = line.as_ref().map_or(url.as_str(), |line| &line.url).parse().unwrap();
                // So that its connections are told from those of other tests.
                used.query_pairs_mut().append_pair("application_name", &name);
                let database_url = DatabaseUrl::Postgres(SecretString::from(used.to_string()));
                (database_url, Some(name.clone()), Place::Schema { url, name, line })
            }
        };
        // Few, so that whoever waits for a connection while holding another is found out.
        let db = Db::open(&OpenOptions { url, max_connections: 2, migrate: true, schema }).await.unwrap();
        Some(Self { db, place })
    }

    /// How to open the same database once more.
    pub(crate) fn options(&self, migrate: bool) -> OpenOptions {
        let (url, schema) = match &self.place {
            Place::Folder(folder) => (DatabaseUrl::Sqlite(folder.path().join("attache.db")), None),
            Place::Schema { url, name, .. } => {
                (DatabaseUrl::Postgres(SecretString::from(url.clone())), Some(name.clone()))
            }
        };
        OpenOptions { url, max_connections: 2, migrate, schema }
    }

    /// The folder of the database file.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder.path()),
            Place::Schema { .. } => None,
        }
    }

    /// Whether it is PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Schema { .. })
    }

    /// The schema, its server, and the line to it.
    pub(super) fn schema(&self) -> Option<(&str, &str, Option<&Line>)> {
        match &self.place {
            Place::Folder(_) => None,
            Place::Schema { url, name, line } => Some((url, name, line.as_ref())),
        }
    }

    /// Changes the database behind the product's back; answers how many rows.
    pub(crate) async fn tamper(&self, sql: &str) -> u64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.db {
            Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.unwrap().rows_affected(),
            Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.unwrap().rows_affected(),
        }
    }

    /// Runs several statements behind the product's back.
    pub(crate) async fn tamper_all(&self, sql: &str) {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &self.db {
            Db::Sqlite { write, .. } => drop(sql.execute(write).await.unwrap()),
            Db::Postgres(pool) => drop(sql.execute(pool).await.unwrap()),
        }
    }

    /// The first column of every row, as text; NULL is `-`.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let text = |value: Option<String>| value.unwrap_or_else(|| "-".into());
        match &self.db {
            Db::Sqlite { write, .. } => {
                sqlx::query(sql).fetch_all(write).await.unwrap().iter().map(|row| text(row.get(0))).collect()
            }
            Db::Postgres(pool) => {
                sqlx::query(sql).fetch_all(pool).await.unwrap().iter().map(|row| text(row.get(0))).collect()
            }
        }
    }

    /// How far a commit goes before it is answered: SQLite's `synchronous`, PostgreSQL's `synchronous_commit`.
    pub(crate) async fn durability(&self) -> String {
        match &self.db {
            Db::Sqlite { write, .. } => {
                sqlx::query_scalar::<_, i64>("PRAGMA synchronous").fetch_one(write).await.unwrap().to_string()
            }
            Db::Postgres(pool) => sqlx::query_scalar("SHOW synchronous_commit").fetch_one(pool).await.unwrap(),
        }
    }

    /// Changes the journal of webhooks behind the product's back.
    pub(crate) async fn tamper_journal(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.db {
            Db::Sqlite { journal, .. } => drop(sqlx::query(sql).execute(journal).await.unwrap()),
            Db::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
        }
    }

    /// Keeps everybody else from writing the journal of webhooks until it is dropped.
    pub(crate) async fn hold_journal(&self) -> Held {
        match &self.db {
            Db::Sqlite { journal, .. } => Held::Sqlite { _tx: journal.begin_with("BEGIN IMMEDIATE").await.unwrap() },
            Db::Postgres(pool) => {
                let mut tx = pool.begin().await.unwrap();
                sqlx::query("LOCK TABLE journal IN SHARE MODE").execute(&mut *tx).await.unwrap();
                Held::Postgres { _tx: tx }
            }
        }
    }

    /// The apps and bodies in the journal of webhooks, oldest first.
    pub(crate) async fn journal(&self) -> Vec<(String, Vec<u8>)> {
        let sql = "SELECT meta_app_id, body FROM journal ORDER BY id";
        match &self.db {
            Db::Sqlite { journal, .. } => sqlx::query_as(sql).fetch_all(journal).await.unwrap(),
            Db::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await.unwrap(),
        }
    }

    /// Every value of every column, as text, with where it stands.
    pub(crate) async fn dump(&self) -> Vec<(String, String)> {
        let columns = match &self.db {
            Db::Sqlite { .. } => {
                "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1"
            }
            Db::Postgres(_) => {
                "SELECT table_name || '.' || column_name FROM information_schema.columns
                 WHERE table_schema = current_schema() ORDER BY 1"
            }
        };
        let mut values = Vec::new();
        for place in self.texts(columns).await {
            let (table, column) = place.split_once('.').unwrap();
            if table.starts_with("_sqlx_migrations") {
                continue;
            }
            let sql = format!("SELECT CAST({column} AS TEXT) FROM {table} ORDER BY 1");
            values.extend(self.texts(&sql).await.into_iter().map(|value| (place.clone(), value)));
        }
        values
    }

    /// How many rows each table has; empty tables are left out.
    pub(crate) async fn rows(&self) -> BTreeMap<&'static str, usize> {
        let mut rows = BTreeMap::new();
        for table in TABLES {
            let count = self.texts(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).await;
            let count: usize = count[0].parse().unwrap();
            if count > 0 {
                rows.insert(*table, count);
            }
        }
        rows
    }

    /// Closes the database and removes it.
    pub(crate) async fn remove(self) {
        self.db.close().await;
        match self.place {
            Place::Folder(folder) => folder.close().unwrap(),
            Place::Schema { url, name, .. } => admin(&url, &format!("DROP SCHEMA {name} CASCADE")).await,
        }
    }
}

/// The tables that hold what tenants connect.
const TABLES: &[&str] = &[
    "assets",
    "audit_log",
    "connect_attempts",
    "connection_log",
    "connections",
    "contact_identities",
    "contacts",
    "conversations",
    "credentials",
    "delivery_parts",
    "invitations",
    "locations",
    "memberships",
    "messages",
    "rate_limits",
    "routes",
    "sessions",
    "set_up_links",
    "staged_grants",
    "tenants",
    "users",
];

fn server_url() -> Option<String> {
    match std::env::var("ATTACHE_TEST_POSTGRES") {
        Ok(url) => Some(url),
        Err(_) => {
            let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!ci, "ATTACHE_TEST_POSTGRES is not set: in CI every test runs on PostgreSQL too");
            skipped();
            None
        }
    }
}

#[allow(clippy::print_stderr, reason = "a test that did not run must say so")]
fn skipped() {
    eprintln!("skipped: ATTACHE_TEST_POSTGRES is not set; tools/with-postgres.sh COMMAND sets it");
}

pub(super) async fn admin(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
