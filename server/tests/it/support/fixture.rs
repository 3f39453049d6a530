//! Running one test on both databases.

use std::{any::Any, future::Future, panic::AssertUnwindSafe};

use futures::FutureExt as _;

use super::Database;

/// What a test is given, made anew for each run.
pub(crate) trait Fixture: Sized {
    /// How it can be made differently.
    type Setup: Default;

    /// Makes it; `None` when this machine has no such database.
    async fn start(database: Database, setup: Self::Setup) -> Option<Self>;

    /// Takes it apart, and when the test `passed` checks that nothing was left undone.
    async fn finish(self, passed: bool);
}

/// Runs the body of a test; what it used is taken apart even when it fails.
pub(crate) async fn guarded(body: impl Future<Output = ()>) -> Result<(), Box<dyn Any + Send>> {
    AssertUnwindSafe(body).catch_unwind().await
}

/// `db_test! { async fn name(store: &Store) { … } }`: the test on SQLite and on PostgreSQL. A second argument is the setup.
macro_rules! db_test {
    ($(#[$meta:meta])* async fn $name:ident($fixture:ident: &$kind:ty) $body:block) => {
        db_test! { $(#[$meta])* async fn $name($fixture: &$kind, Default::default()) $body }
    };
    ($(#[$meta:meta])* async fn $name:ident($fixture:ident: &$kind:ty, $setup:expr) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "the body is in another module than the file's imports")]
            use super::*;

            async fn body($fixture: &$kind) $body

            async fn run(database: $crate::support::Database) {
                use $crate::support::Fixture;
                let Some(fixture) = <$kind as Fixture>::start(database, $setup).await else { return };
                let outcome = $crate::support::guarded(body(&fixture)).await;
                fixture.finish(outcome.is_ok()).await;
                if let Err(panic) = outcome {
                    std::panic::resume_unwind(panic);
                }
            }

            #[tokio::test]
            async fn sqlite() {
                run($crate::support::Database::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                run($crate::support::Database::Postgres).await;
            }
        }
    };
}
