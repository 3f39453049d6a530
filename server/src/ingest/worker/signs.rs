//! Signs of life, for other processes: what one left that shows none is theirs to apply.

use std::collections::BTreeSet;

use super::{BEAT, writer_of};
use crate::{clock::Timestamp, db::journal_writers, services::Services};

/// Shows that this process lives, however long it takes to apply something, until nothing more is stored under its numbers.
/// Then others may begin at once with what is left.
pub(super) async fn show(services: Services) {
    let journal = services.journal();
    let mut committed = journal.committed();
    let mut own = BTreeSet::new();
    loop {
        own.extend(writer_of(*committed.borrow_and_update()));
        mark(&services, &own, services.clock().now()).await;
        tokio::select! {
            () = journal.closed() => break,
            () = tokio::time::sleep(BEAT) => {}
        }
    }
    own.extend(writer_of(*committed.borrow_and_update()));
    mark(&services, &own, Timestamp::from_millis(0)).await;
}

async fn mark(services: &Services, own: &BTreeSet<i64>, at: Timestamp) {
    for writer in own {
        if let Err(error) = journal_writers::mark_alive(services.db(), *writer, at).await {
            tracing::debug!(%error, "no sign of life could be given");
        }
    }
}
