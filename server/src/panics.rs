//! A fault of ours must not stop what goes on and on: the intake, the jobs.

use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;

use crate::error::{Error, Result};

/// Makes a panic in `work` a failure like any other. What `work` was in the middle of must not be used again: a transaction
/// is taken back by being dropped.
pub(crate) async fn without_panic<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.unwrap_or_else(|_| Err(Error::internal("a fault in the program: it panicked; the lines above say where")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::will_pass;

    #[tokio::test]
    async fn a_panic_is_a_failure_that_does_not_pass() {
        let work = async {
            tokio::task::yield_now().await;
            if std::hint::black_box(true) { panic!("a fault") } else { Ok(()) }
        };
        let failed = without_panic(work).await;
        assert!(failed.as_ref().is_err_and(|error| !will_pass(error)), "{failed:?}");
        assert!(without_panic(async { Ok(1) }).await.is_ok_and(|one| one == 1));
    }
}
