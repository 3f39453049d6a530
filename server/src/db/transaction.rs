//! A write transaction that is handed from function to function.

use super::Db;
use crate::{error::Result, ids::TenantId};

/// A write transaction on either database. What is not committed leaves nothing behind.
#[derive(Debug)]
pub enum Tx {
    /// Holds the only writer.
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// READ COMMITTED: each statement sees what others committed before it began.
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// Runs `$body` with `$connection` bound to the connection of the transaction `$tx`.
macro_rules! on_tx {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            $crate::db::transaction::Tx::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body
            }
            $crate::db::transaction::Tx::Postgres(tx) => {
                let $connection = &mut **tx;
                $body
            }
        }
    };
}

impl Tx {
    /// Begins.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(db: &Db) -> Result<Self> {
        Ok(match db {
            Db::Sqlite { write, .. } => Self::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Self::Postgres(pool.begin().await?),
        })
    }

    /// Begins one that applies webhooks.
    ///
    /// PostgreSQL's statistics lag behind a burst: its planner takes tables that grow by thousands of rows a second for the
    /// small ones that they were, and reads them whole. Every question of applying is about single rows by a unique index.
    ///
    /// The commit need not reach the disk before it is answered: a crash takes back the effects together with the place
    /// in the journal, from which they are made again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_applying(db: &Db) -> Result<Self> {
        Ok(match db {
            // It holds until the connection is given back (db/open.rs).
            Db::Sqlite { write, .. } => {
                Self::Sqlite(write.begin_with("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE").await?)
            }
            Db::Postgres(pool) => Self::Postgres(pool.begin_with(BEGIN_APPLYING).await?),
        })
    }

    /// Begins a second one that applies webhooks, for whoever has begun the first and written nothing: PostgreSQL works for
    /// both at once. `None` when there is no connection to spare, and on SQLite, which has a single writer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_applying_beside(db: &Db) -> Result<Option<Self>> {
        match db {
            Db::Postgres(pool) if pool.num_idle() > 0 || pool.size() < pool.options().get_max_connections() => {
                Ok(Some(Self::Postgres(pool.begin_with(BEGIN_APPLYING).await?)))
            }
            _ => Ok(None),
        }
    }

    /// Makes it stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Waits until no other process applies webhooks for these tenants, and keeps others from it until the end of the
    /// transaction: what is read from here on cannot change before it is written. SQLite's one writer needs no lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_tenants(&mut self, tenants: &[&TenantId]) -> Result<()> {
        const SQL: &str = "SELECT COUNT(pg_advisory_xact_lock($1, slot))
            FROM (SELECT DISTINCT hashtext(id) % 256 AS slot FROM UNNEST($2::TEXT[]) AS t (id) ORDER BY slot) AS slots";
        if let Self::Postgres(tx) = self {
            let ids: Vec<&str> = tenants.iter().map(|id| id.as_str()).collect();
            sqlx::query(SQL).bind(LOCKS).bind(ids).execute(&mut **tx).await?;
        }
        Ok(())
    }
}

const BEGIN_APPLYING: &str = "BEGIN; SET LOCAL synchronous_commit = off; SET LOCAL enable_seqscan = off;
    SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL plan_cache_mode = force_generic_plan";

/// Tells these locks from others in the same database.
const LOCKS: i32 = 0x0A77_AC4E;
