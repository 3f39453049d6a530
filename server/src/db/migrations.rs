//! The two sets of migrations: of the database, and of the journal of webhooks, which on SQLite is a file of its own.

use std::{collections::HashMap, sync::LazyLock};

use sqlx::{
    AssertSqlSafe,
    migrate::{MigrateError, Migrator},
};

use super::{Db, OpenError};

static DATABASE: Migrator = sqlx::migrate!("../migrations");

/// The journal's set is one of the few pairs that differ, see `migrations/journal`.
static SQLITE_JOURNAL: LazyLock<Migrator> =
    LazyLock::new(|| of_journal(sqlx::migrate!("../migrations/journal/sqlite")));
static POSTGRES_JOURNAL: LazyLock<Migrator> =
    LazyLock::new(|| of_journal(sqlx::migrate!("../migrations/journal/postgres")));

/// With a table of its own, since on PostgreSQL both sets are in one schema.
fn of_journal(mut set: Migrator) -> Migrator {
    set.dangerous_set_table_name("_sqlx_migrations_journal");
    set
}

fn journal_set(db: &Db) -> &'static Migrator {
    match db {
        Db::Sqlite { .. } => &SQLITE_JOURNAL,
        Db::Postgres(_) => &POSTGRES_JOURNAL,
    }
}

/// What a database says of one migration: version, checksum, and whether it ran to its end.
type Applied = (i64, Vec<u8>, bool);

/// Brings both up to date.
pub(super) async fn run(db: &Db) -> Result<(), MigrateError> {
    on_write!(db, pool => DATABASE.run(pool).await)?;
    let journal = journal_set(db);
    on_journal!(db, pool => journal.run(pool).await)
}

/// Whether both are exactly what this version needs.
pub(super) async fn check(db: &Db) -> Result<(), OpenError> {
    let sql = applied_sql(&DATABASE);
    let applied = on_read!(db, pool => sqlx::query_as(sql).fetch_all(pool).await);
    compare(&DATABASE, unless_missing(applied)?)?;
    let journal = journal_set(db);
    let sql = applied_sql(journal);
    let applied = on_journal!(db, pool => sqlx::query_as(sql).fetch_all(pool).await);
    compare(journal, unless_missing(applied)?)
}

fn applied_sql(known: &Migrator) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("SELECT version, checksum, success FROM {}", known.table_name))
}

/// A database without the table is empty: everything is pending.
fn unless_missing(applied: Result<Vec<Applied>, sqlx::Error>) -> Result<Vec<Applied>, sqlx::Error> {
    match applied {
        Err(sqlx::Error::Database(error))
            if error.code().as_deref() == Some("42P01") || error.message().starts_with("no such table") =>
        {
            Ok(Vec::new())
        }
        other => other,
    }
}

fn compare(known: &Migrator, applied: Vec<Applied>) -> Result<(), OpenError> {
    let mut checksums = HashMap::new();
    for (version, checksum, success) in applied {
        if !success {
            return Err(MigrateError::Dirty(version).into());
        }
        if !known.version_exists(version) {
            return Err(OpenError::Newer);
        }
        checksums.insert(version, checksum);
    }
    for migration in known.iter() {
        match checksums.get(&migration.version) {
            None => return Err(OpenError::Stale),
            Some(checksum) if *checksum != *migration.checksum => {
                return Err(MigrateError::VersionMismatch(migration.version).into());
            }
            Some(_) => {}
        }
    }
    Ok(())
}
