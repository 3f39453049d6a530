//! Several processes on one database, and processes that end in the middle.

use std::time::Duration;

use server::{
    db::{event_deliveries, outgoing_events, webhook_endpoints},
    outbox,
};

use super::{endpoint, stands};
use crate::support::{Receiver, Reply, TestApp};

db_test! {
    async fn two_processes_send_each_event_once(app: &TestApp) {
        let other = app.another_process().await;
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (first, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let (second, _) = endpoint(app, &ada.actor, &receiver.url).await;
        for _ in 0..20 {
            outbox::send_test(&app.services, &ada.actor, &first).await.unwrap();
            outbox::send_test(&app.services, &ada.actor, &second).await.unwrap();
        }
        let (one, two) = tokio::join!(outbox::run_due(&app.services), outbox::run_due(&other));
        // Whoever found both endpoints taken left; what was due is sent by the other.
        let rest = app.send_events().await;
        assert_eq!(one.unwrap() + two.unwrap() + rest, 40);
        let mut ids: Vec<String> = receiver.received().iter().map(|one| one.id().to_owned()).collect();
        assert_eq!(ids.len(), 40);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 40, "no event came twice");
        assert!(stands(app).await.iter().all(|line| line == "endpoint.test delivered 1"));
        other.close().await;
    }
}

db_test! {
    async fn what_a_process_left_between_claim_and_answer_is_sent_by_the_next(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let event = outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        let (db, now) = (app.services.db(), app.clock.now());
        let lease = Duration::from_secs(90);
        let claimed = webhook_endpoints::claim_across_tenants(db, "dead", 10, now, now.plus(lease)).await.unwrap();
        assert_eq!(claimed.iter().map(|one| &one.id).collect::<Vec<_>>(), [&id]);
        let again = webhook_endpoints::claim_across_tenants(db, "other", 10, now, now.plus(lease)).await.unwrap();
        assert!(again.is_empty(), "it is held");
        // It sends, and ends before it can write that down.
        let due = event_deliveries::list_due(db, ada.tenant(), &id, now, 10).await.unwrap();
        assert_eq!(due[0].event_id, event);
        app.advance(lease - Duration::from_millis(1));
        assert_eq!(app.restarted_run().await, 0);
        app.advance(Duration::from_millis(1));
        assert_eq!(app.restarted_run().await, 1);
        assert_eq!((receiver.received().len(), stands(app).await), (1, vec!["endpoint.test delivered 1".to_owned()]));
    }
}

db_test! {
    async fn a_worker_that_is_stopped_gives_back_what_it_holds(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.next(Reply::Silent);
        outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        let process = app.restarted();
        let worker = tokio::spawn(outbox::work(process.clone()));
        while receiver.received().is_empty() {
            tokio::task::yield_now().await;
        }
        process.outbox().stop();
        worker.await.unwrap();
        assert_eq!(stands(app).await, ["endpoint.test waiting 0"], "nobody knows whether it arrived");
        assert_eq!(app.send_events().await, 1, "so it is sent again, at once");
        assert_eq!(receiver.received().len(), 2);
    }
}

db_test! {
    async fn what_is_recorded_late_does_not_undo_what_came_after(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let event = outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        app.send_events().await;
        let (db, now) = (app.services.db(), app.clock.now());
        let late = event_deliveries::Tried { before: 0, took: 1, status: Some(500) };
        let failure = event_deliveries::Failure { problem: "{}", answer: None, next_at: Some(now), same_row_since: now };
        let marked = event_deliveries::mark_tried(db, ada.tenant(), (&id, &event), &late, &failure, now).await.unwrap();
        assert_eq!((marked, stands(app).await), (None, vec!["endpoint.test delivered 1".to_owned()]));
        assert!(!event_deliveries::mark_delivered(db, ada.tenant(), (&id, &event), &late, now).await.unwrap());
        assert_eq!(outgoing_events::delete_before_across_tenants(db, now).await.unwrap(), 0);
    }
}
