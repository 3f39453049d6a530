//! An answer means that the body is on disk; otherwise Meta is told to send it again.

use std::{pin::pin, task::Poll, time::Duration};

use axum::body::Bytes;
use futures::{StreamExt as _, poll, stream};
use server::ingest::{Journal, JournalLimits, Refusal};

use super::BODY;
use crate::support::{Store, TestApp};

async fn append(journal: &Journal, body: &'static str) -> Result<(), Refusal> {
    let mut room = journal.room();
    room.grow(body.len()).await?;
    journal.append(&"1".parse().unwrap(), Bytes::from_static(body.as_bytes()), room).await
}

fn journal(store: &Store, limits: JournalLimits) -> Journal {
    Journal::start(store.db().clone(), store.clock.clone(), limits)
}

db_test! {
    async fn nobody_is_answered_before_the_commit(app: &TestApp) {
        let held = app.storage.hold_journal().await;
        let mut delivery = pin!(app.deliver(BODY));
        while app.services.journal().waiting() == 0 {
            assert!(poll!(&mut delivery).is_pending());
            tokio::task::yield_now().await;
        }
        for _ in 0..1000 {
            assert!(poll!(&mut delivery).is_pending());
            tokio::task::yield_now().await;
        }
        drop(held);
        assert_eq!(delivery.await.status, 200);
        assert_eq!(app.storage.journal().await.len(), 1);
    }
}

db_test! {
    async fn many_at_once_are_each_stored_once_and_in_order(app: &TestApp) {
        let mut committed = app.services.journal().committed();
        let bodies: Vec<String> = (0..300).map(|n| format!("body {n}")).collect();
        let sent = stream::iter(bodies.clone()).map(|body| app.deliver(body)).buffer_unordered(40);
        let statuses: Vec<u16> = sent.map(|answer| answer.status).collect().await;
        assert_eq!(statuses, vec![200; 300]);
        let mut stored: Vec<String> =
            app.storage.journal().await.into_iter().map(|(_, body)| String::from_utf8(body).unwrap()).collect();
        stored.sort_by_key(|body| body[5..].parse::<u32>().unwrap());
        assert_eq!(stored, bodies);
        let first = server::db::journal::IDS_OF_A_WRITER;
        assert_eq!(*committed.borrow_and_update(), first + 300, "ids count up without a gap");
    }
}

db_test! {
    async fn a_journal_that_fails_acknowledges_nothing_and_recovers(app: &TestApp) {
        app.storage.tamper_journal("ALTER TABLE journal RENAME TO away").await;
        for _ in 0..2 {
            let answer = app.deliver(BODY).await;
            assert_eq!((answer.status, answer.code().as_str()), (503, "webhook.not_stored"));
            assert_eq!(answer.header("retry-after"), "5");
        }
        app.storage.tamper_journal("ALTER TABLE away RENAME TO journal").await;
        assert_eq!(app.storage.journal().await, []);
        assert_eq!(app.deliver(BODY).await.status, 503, "it rests before it tries again");
        app.advance(Duration::from_secs(1));
        assert_eq!(app.deliver(BODY).await.status, 200);
        assert_eq!(app.storage.journal().await.len(), 1);
        assert_eq!(app.refused().await, [("not_stored".to_owned(), 3)]);
    }
}

db_test! {
    async fn a_writer_that_failed_is_not_used_again(app: &TestApp) {
        assert_eq!(app.deliver("one").await.status, 200);
        app.storage.tamper_journal("ALTER TABLE journal RENAME TO away").await;
        assert_eq!(app.deliver("two").await.status, 503);
        app.storage.tamper_journal("ALTER TABLE away RENAME TO journal").await;
        assert_eq!(app.deliver(BODY).await.status, 503, "it rests before it tries again");
        app.advance(Duration::from_secs(1));
        assert_eq!(app.deliver("three").await.status, 200);
        let writers = app.storage.texts("SELECT CAST(id AS TEXT) FROM journal_writers ORDER BY id").await;
        assert_eq!(writers, ["1", "2"]);
        let committed = *app.services.journal().committed().borrow();
        assert_eq!(committed, 2 * server::db::journal::IDS_OF_A_WRITER + 1);
    }
}

db_test! {
    async fn at_the_end_what_was_taken_is_stored_and_nothing_more_is_taken(app: &TestApp) {
        let held = app.storage.hold_journal().await;
        let mut delivery = pin!(app.deliver(BODY));
        while app.services.journal().waiting() == 0 {
            assert!(poll!(&mut delivery).is_pending());
            tokio::task::yield_now().await;
        }
        let mut closing = pin!(app.services.journal().close());
        assert!(poll!(&mut closing).is_pending(), "it waits for what was taken");
        drop(held);
        closing.await;
        assert_eq!(delivery.await.status, 200);
        let answer = app.deliver(BODY).await;
        assert_eq!((answer.status, answer.code().as_str()), (503, "webhook.closing"));
        assert_eq!(answer.header("retry-after"), "5");
        assert_eq!(app.storage.journal().await.len(), 1);
    }
}

db_test! {
    async fn what_is_too_much_to_wait_is_refused(store: &Store) {
        let journal = journal(store, JournalLimits { deliveries: 1, bytes: 100 });
        let held = store.storage.hold_journal().await;
        let mut first = pin!(append(&journal, "first"));
        assert!(poll!(&mut first).is_pending());
        // As soon as the writer has taken the first, with which it is held up, a second may wait.
        let mut second = pin!(append(&journal, "second"));
        while poll!(&mut second) == Poll::Ready(Err(Refusal::Full)) {
            tokio::task::yield_now().await;
            second.set(append(&journal, "second"));
        }
        assert_eq!(append(&journal, "third").await, Err(Refusal::Full));
        drop(held);
        assert_eq!(first.await, Ok(()));
        assert_eq!(second.await, Ok(()));
        journal.close().await;
    }
}

db_test! {
    async fn bodies_share_a_bounded_memory(store: &Store) {
        let journal = journal(store, JournalLimits { deliveries: 10, bytes: 10 });
        let (mut one, mut other) = (journal.room(), journal.room());
        assert_eq!(one.grow(6).await, Ok(()));
        assert_eq!(other.grow(5).await, Err(Refusal::Full));
        assert_eq!(one.grow(4).await, Ok(()));
        drop(one);
        assert_eq!(other.grow(10).await, Ok(()));
        drop(other);
        // What is stored gives its room back.
        for _ in 0..3 {
            assert_eq!(append(&journal, "ten bytes!").await, Ok(()));
        }
        journal.close().await;
    }
}

db_test! {
    async fn without_a_delivery_it_asks_the_database_for_nothing(store: &Store) {
        let journal = journal(store, JournalLimits::default());
        journal.close().await;
        assert!(store.storage.texts("SELECT CAST(id AS TEXT) FROM journal_writers").await.is_empty());
    }
}
