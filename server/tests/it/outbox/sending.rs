//! An event on its way: signed, tried again, replayed.

use std::time::Duration;

use server::{clock::Timestamp, db::event_deliveries::DeliveryFilter, outbox};

use super::{endpoint, stands};
use crate::support::{Receiver, Reply, TestApp};

/// The waits between tries, without what they are spread by.
const WAITS: [u64; 7] = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600];

async fn view(
    app: &TestApp,
    who: &crate::support::Person,
    id: &server::ids::WebhookEndpointId,
) -> outbox::DeliveryView {
    let page = outbox::list_deliveries(&app.services, &who.actor, id, &DeliveryFilter::default(), 10).await.unwrap();
    page.rows.into_iter().next().unwrap()
}

db_test! {
    async fn an_event_arrives_signed_and_as_it_was_written(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, secret) = endpoint(app, &ada.actor, &receiver.url).await;
        let event = outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!(app.send_events().await, 1);
        let received = receiver.received();
        assert_eq!(received.len(), 1);
        let one = &received[0];
        assert_eq!(one.id(), event.as_str());
        assert_eq!(one.header("webhook-timestamp"), app.clock.now().as_seconds().to_string());
        assert_eq!(one.header("content-type"), "application/json");
        assert!(one.header("user-agent").starts_with("Attache/"));
        assert_eq!(one.header("webhook-signature").split(' ').count(), 1);
        assert_eq!(one.signatures_by(&secret), 1);
        let other = secret.replace(&secret[10..14], if &secret[10..14] == "AAAA" { "BBBB" } else { "AAAA" });
        assert_eq!(one.signatures_by(&other), 0, "by another secret it does not fit");
        for altered in [one.body.replace("ada", "eve"), format!("{} ", one.body)] {
            let altered = crate::support::Received { body: altered, ..one.clone() };
            assert_eq!(altered.signatures_by(&secret), 0, "nor does it to another body");
        }
        assert_eq!(app.see("SELECT body FROM outgoing_events").await.concat(), one.body);
        assert_eq!(stands(app).await, ["endpoint.test delivered 1"]);
        assert_eq!(app.send_events().await, 0, "once");
        let view = view(app, &ada, &id).await;
        assert_eq!((view.status, view.problem, view.tried_at), (Some(200), None, Some(app.clock.now())));
    }
}

db_test! {
    async fn what_fails_is_tried_by_the_schedule_and_then_given_up(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, secret) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.usually(Reply::Says(500, "out of order"));
        outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!(app.send_events().await, 1, "at once");
        for (tries, wait) in (1..).zip(WAITS) {
            let view = view(app, &ada, &id).await;
            assert_eq!((view.tries, view.status, view.answer.as_deref()), (tries, Some(500), Some("out of order")));
            assert_eq!(view.problem.unwrap().code, "events.refused");
            let left = view.next_at.unwrap().since(app.clock.now());
            let (least, most) = (Duration::from_secs(wait), Duration::from_millis(wait * 1_100));
            assert!((least..=most).contains(&left), "{tries}: {left:?}");
            app.advance(left - Duration::from_millis(1));
            assert_eq!(app.send_events().await, 0, "not before its time");
            app.advance(Duration::from_millis(1));
            assert_eq!(app.send_events().await, 1);
        }
        assert_eq!(stands(app).await, ["endpoint.test failed 8"]);
        app.advance(Duration::from_secs(365 * 86_400));
        assert_eq!(app.send_events().await, 0);
        let received = receiver.received();
        assert_eq!(received.len(), 8);
        assert!(received.iter().all(|one| one.id() == received[0].id() && one.body == received[0].body));
        assert!(received.iter().all(|one| one.signatures_by(&secret) == 1), "each try is signed for its own moment");
        assert_ne!(received[0].header("webhook-timestamp"), received[7].header("webhook-timestamp"));
    }
}

db_test! {
    async fn a_replay_begins_anew_with_the_same_event(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let event = outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        app.send_events().await;
        receiver.next(Reply::Says(503, ""));
        outbox::replay(&app.services, &ada.actor, &id, &event).await.unwrap();
        assert_eq!(app.send_events().await, 1);
        assert_eq!(stands(app).await, ["endpoint.test waiting 1"]);
        app.advance(Duration::from_secs(6));
        assert_eq!(app.send_events().await, 1);
        assert_eq!(stands(app).await, ["endpoint.test delivered 2"]);
        let received = receiver.received();
        assert!(received.len() == 3 && received.iter().all(|one| one.id() == event.as_str()));
    }
}

db_test! {
    async fn an_endpoint_may_ask_to_be_left_alone_for_a_while(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.next(Reply::Later(120));
        outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        app.send_events().await;
        let next = view(app, &ada, &id).await.next_at.unwrap();
        assert_eq!(next, app.clock.now().plus(Duration::from_secs(120)));
    }
}

db_test! {
    async fn old_events_go_and_those_on_their_way_stay(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let event = outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        app.send_events().await;
        let sweep = || async { server::sweep(&app.services).await.unwrap() };
        app.advance(Duration::from_secs(30 * 86_400));
        sweep().await;
        assert_eq!(stands(app).await.len(), 1, "for thirty days");
        app.advance(Duration::from_millis(1));
        outbox::replay(&app.services, &ada.actor, &id, &event).await.unwrap();
        sweep().await;
        assert_eq!(stands(app).await, ["endpoint.test waiting 0"]);
        app.send_events().await;
        sweep().await;
        assert!(stands(app).await.is_empty() && app.see("SELECT id FROM outgoing_events").await.is_empty());
        assert_eq!(app.clock.now(), Timestamp::from_millis(crate::support::START.as_millis() + 30 * 86_400_000 + 1));
    }
}
