//! A database that outlives the processes which use it.

use std::process::Command;

use secrecy::SecretString;
use server::db::{DatabaseUrl, Db, OpenOptions};
use tempfile::TempDir;

/// Where the killed processes keep what they know.
pub(crate) struct Database {
    /// The folder of the data, and of the SQLite files.
    pub(crate) folder: TempDir,
    postgres: Option<(String, String)>,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), postgres: None }
    }

    /// A schema of its own; `None` when there is no PostgreSQL to use.
    pub(crate) fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("ATTACHE_TEST_POSTGRES") else {
            assert!(std::env::var("CI").is_err(), "ATTACHE_TEST_POSTGRES is not set: in CI both databases are tried");
            eprintln!("skipped: ATTACHE_TEST_POSTGRES is not set; tools/with-postgres.sh COMMAND sets it");
            return None;
        };
        let schema = format!("crash_{}", std::process::id());
        psql(&server, &format!("CREATE SCHEMA {schema}"));
        Some(Self { folder: tempfile::tempdir().unwrap(), postgres: Some((server, schema)) })
    }

    /// As `DATABASE_URL` says it.
    pub(crate) fn url(&self) -> String {
        match &self.postgres {
            None => format!("sqlite:{}", self.folder.path().join("attache.db").display()),
            Some((server, schema)) => format!("{server}?options[search_path]={schema}"),
        }
    }

    /// Opens it beside the process that uses it.
    pub(crate) async fn open(&self) -> Db {
        let url = match &self.postgres {
            None => DatabaseUrl::Sqlite(self.folder.path().join("attache.db")),
            Some(_) => DatabaseUrl::Postgres(SecretString::from(self.url())),
        };
        Db::open(&OpenOptions { url, max_connections: 2, migrate: false, schema: None }).await.unwrap()
    }

    pub(crate) fn remove(self) {
        if let Some((server, schema)) = &self.postgres {
            psql(server, &format!("DROP SCHEMA {schema} CASCADE"));
        }
        self.folder.close().unwrap();
    }
}

fn psql(server: &str, sql: &str) {
    let done = Command::new("psql").args([server, "--quiet", "--set=ON_ERROR_STOP=1", "-c", sql]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
