//! What a failure of the database says about trying again.

use crate::error::Error;

/// SQLite's primary result codes that do not depend on the statement: the file is busy, gone, full, or out of memory.
const SQLITE_PASSING: [i64; 8] = [5, 6, 7, 8, 10, 13, 14, 15];

/// Classes of PostgreSQL's SQLSTATE that do not depend on the statement: the connection, the transaction's state, a rollback
/// because of others, resources, an operator's doing, the system. `25` is a server that only reads, as after a fail-over.
const POSTGRES_PASSING: [&str; 7] = ["08", "25", "40", "53", "55", "57", "58"];

/// Whether the same statements may work later as they are, because the failure lies in the database or in what others did.
pub(crate) fn will_pass(error: &Error) -> bool {
    let Error::Internal(source) = error else { return false };
    let Some(error) = source.downcast_ref::<sqlx::Error>() else { return false };
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            match code.parse::<i64>() {
                // SQLite's extended codes carry the primary one in their last eight bits.
                Ok(number) if code.len() != 5 => SQLITE_PASSING.contains(&(number & 0xFF)),
                _ => POSTGRES_PASSING.iter().any(|class| code.starts_with(class)),
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_) => true,
        _ => false,
    }
}
