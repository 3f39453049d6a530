//! Endpoints that are given up, and taken into use again.

use std::time::Duration;

use server::{
    accounts::Role,
    error::Error,
    outbox::{self, EndpointPatch},
};

use super::{endpoint, stands};
use crate::support::{Person, Receiver, Reply, TestApp};

const HOUR: Duration = Duration::from_secs(3600);

async fn test_event(app: &TestApp, who: &Person, id: &server::ids::WebhookEndpointId) {
    outbox::send_test(&app.services, &who.actor, id).await.unwrap();
    app.send_events().await;
}

async fn audit(app: &TestApp) -> Vec<String> {
    app.see("SELECT action || ' by ' || actor_name || ': ' || target FROM audit_log WHERE action LIKE 'webhook%' ORDER BY seq").await
}

async fn enable(app: &TestApp, who: &Person, id: &server::ids::WebhookEndpointId, enabled: bool) {
    let patch = EndpointPatch { enabled: Some(enabled), ..EndpointPatch::default() };
    outbox::update_endpoint(&app.services, &who.actor, id, &patch).await.unwrap();
}

db_test! {
    async fn gone_disables_at_once_and_tells_the_owners(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        app.member(&ada, "bob", Role::Admin).await;
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.next(Reply::Says(500, ""));
        test_event(app, &ada, &id).await;
        receiver.usually(Reply::Says(410, "gone"));
        test_event(app, &ada, &id).await;
        assert_eq!(stands(app).await, ["endpoint.test failed 1", "endpoint.test failed 1"], "what waited is failed too");
        assert_eq!(audit(app).await, ["webhook_endpoint.created by ada: 127.0.0.1", "webhook_endpoint.disabled by Attaché: 127.0.0.1"]);
        app.run_jobs().await;
        let mails = app.mails();
        assert_eq!(mails.len(), 1, "the owner alone");
        assert!(mails[0].contains("ada@example.com") && mails[0].contains(&format!("/developers/{id}")), "{}", mails[0]);
        assert!(!mails[0].contains(&format!(":{}/hook", receiver.port())), "the whole address is not in it");
        assert!(matches!(outbox::send_test(&app.services, &ada.actor, &id).await, Err(Error::Conflict(why)) if why.code == "events.disabled"));
        app.advance(HOUR * 48);
        assert_eq!(app.send_events().await, 0);

        receiver.usually(Reply::Says(200, ""));
        enable(app, &ada, &id, true).await;
        test_event(app, &ada, &id).await;
        assert_eq!(stands(app).await[2], "endpoint.test delivered 1");
        assert_eq!(outbox::replay_failed(&app.services, &ada.actor, &id).await.unwrap(), 2);
        assert_eq!(app.send_events().await, 2);
        assert!(stands(app).await.iter().all(|line| line == "endpoint.test delivered 1"));
        assert_eq!(outbox::replay_failed(&app.services, &ada.actor, &id).await.unwrap(), 0);
    }
}

db_test! {
    async fn five_days_of_failing_disable(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.usually(Reply::Says(500, ""));
        for hour in 0..120 {
            test_event(app, &ada, &id).await;
            let view = outbox::get_endpoint(&app.services, &ada.actor, &id).await.unwrap();
            assert!(view.endpoint.disabled_at.is_none(), "after {hour} hours");
            app.advance(HOUR);
        }
        test_event(app, &ada, &id).await;
        let view = outbox::get_endpoint(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!(view.endpoint.disabled_at, Some(app.clock.now().as_millis()));
        let why: server::explanation::Explanation = serde_json::from_str(&view.endpoint.disabled_why.unwrap()).unwrap();
        let told = why.told(server::words::Language::En);
        assert_eq!(told.code, "events.failing");
        assert_eq!(told.why, "Everything that was sent to it for 5 days failed. The last time: The endpoint did not take the event.");
        assert_eq!(view.counts.unwrap().waiting, 0);
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 1);
    }
}

db_test! {
    async fn a_success_and_a_long_pause_begin_the_five_days_anew(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let in_use = || async { outbox::get_endpoint(&app.services, &ada.actor, &id).await.unwrap().endpoint.disabled_at.is_none() };
        receiver.usually(Reply::Says(500, ""));
        for _ in 0..4 {
            test_event(app, &ada, &id).await;
            app.advance(HOUR * 24);
        }
        receiver.next(Reply::Says(200, ""));
        test_event(app, &ada, &id).await;
        for _ in 0..4 {
            app.advance(HOUR * 24);
            test_event(app, &ada, &id).await;
        }
        assert!(in_use().await);
        // Nothing was sent for weeks: one failure is no row of them.
        app.advance(HOUR * 24 * 20);
        app.storage.tamper("UPDATE event_deliveries SET state = 'failed'").await;
        test_event(app, &ada, &id).await;
        assert!(in_use().await);
    }
}

db_test! {
    async fn a_pause_that_a_person_makes_loses_nothing_that_was_on_its_way(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.next(Reply::Says(500, ""));
        test_event(app, &ada, &id).await;
        enable(app, &ada, &id, false).await;
        enable(app, &ada, &id, false).await;
        app.advance(HOUR);
        assert_eq!((app.send_events().await, stands(app).await), (0, vec!["endpoint.test waiting 1".to_owned()]));
        enable(app, &ada, &id, true).await;
        assert_eq!((app.send_events().await, stands(app).await), (1, vec!["endpoint.test delivered 2".to_owned()]));
        let said = audit(app).await;
        assert_eq!(said.iter().filter(|line| line.contains("disabled by ada")).count(), 1, "what changes nothing is not written down");
        assert!(app.mails().is_empty());
    }
}
