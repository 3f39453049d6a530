//! The body of a query, compiled once for each driver.

/// Runs `$body` with `$pool` bound to the pool that reads.
macro_rules! on_read {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { read: $pool, .. } => $body,
            $crate::db::Db::Postgres($pool) => $body,
        }
    };
}

/// Runs `$body` with `$pool` bound to the pool that writes: for a single statement.
macro_rules! on_write {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { write: $pool, .. } => $body,
            $crate::db::Db::Postgres($pool) => $body,
        }
    };
}

/// Runs `$body` with `$pool` bound to the pool that reaches the journal of webhooks: for a single statement.
macro_rules! on_journal {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { journal: $pool, .. } => $body,
            $crate::db::Db::Postgres($pool) => $body,
        }
    };
}

/// One write transaction: `$body` yields `Result`, its error leaves nothing behind, and `$ending` does with its `$value` and the
/// transaction what is to be done.
macro_rules! transact {
    ($db:expr, $tx:ident => $body:block, $value:ident => $ending:block) => {
        match $db {
            $crate::db::Db::Sqlite { write, .. } => {
                let done: $crate::error::Result<_> = async {
                    // IMMEDIATE takes the write lock at once: a later upgrade from a read could be refused as busy.
                    let mut $tx = write.begin_with("BEGIN IMMEDIATE").await?;
                    let outcome: $crate::error::Result<_> = async { $body }.await;
                    let $value = outcome?;
                    $ending
                }
                .await;
                done
            }
            $crate::db::Db::Postgres(pool) => {
                let done: $crate::error::Result<_> = async {
                    let mut $tx = pool.begin().await?;
                    let outcome: $crate::error::Result<_> = async { $body }.await;
                    let $value = outcome?;
                    $ending
                }
                .await;
                done
            }
        }
    };
}

/// Runs `$body` in one write transaction, with `$tx` bound to its connection (`&mut *$tx` executes). `$body` is a block
/// that yields `Result`; its error, or a failing commit, leaves nothing behind. The macro yields that `Result`: nothing in
/// it leaves the function that it stands in.
macro_rules! in_transaction {
    ($db:expr, $tx:ident => $body:block) => {
        transact!($db, $tx => $body, value => {
            $tx.commit().await?;
            Ok(value)
        })
    };
}

/// The same for a `$body` that may come to a refusal after it has written: `Continue(value)` stands, `Break(value)` is taken back.
/// The macro yields the value either way.
macro_rules! in_revocable_transaction {
    ($db:expr, $tx:ident => $body:block) => {
        transact!($db, $tx => $body, value => {
            match value {
                ::std::ops::ControlFlow::Continue(value) => {
                    $tx.commit().await?;
                    Ok(value)
                }
                ::std::ops::ControlFlow::Break(value) => {
                    $tx.rollback().await?;
                    Ok(value)
                }
            }
        })
    };
}
