//! Endpoints that answer badly: slow, huge, elsewhere, or not at all.

use std::time::Duration;

use server::{
    db::event_deliveries::DeliveryFilter,
    ids::WebhookEndpointId,
    outbox::{self, DeliveryView, OutboxSettings},
};
use tokio::{io::AsyncReadExt as _, net::TcpListener};

use super::endpoint;
use crate::support::{Person, Receiver, Reply, Setup, TestApp};

/// An installation that waits a moment for an answer.
fn impatient() -> Setup {
    let outbox =
        OutboxSettings { allow_private: true, patience: Duration::from_millis(300), ..OutboxSettings::default() };
    Setup { outbox, ..Setup::default() }
}

async fn tried(app: &TestApp, who: &Person, id: &WebhookEndpointId) -> DeliveryView {
    outbox::send_test(&app.services, &who.actor, id).await.unwrap();
    assert_eq!(app.send_events().await, 1);
    let page = outbox::list_deliveries(&app.services, &who.actor, id, &DeliveryFilter::default(), 1).await.unwrap();
    page.rows.into_iter().next().unwrap()
}

fn code(view: &DeliveryView) -> &str {
    view.problem.as_ref().map_or("", |problem| problem.code.as_ref())
}

db_test! {
    async fn who_never_answers_is_not_waited_for(app: &TestApp, impatient()) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.next(Reply::Silent);
        let view = tried(app, &ada, &id).await;
        assert_eq!((code(&view), view.status), ("events.too_slow", None));
        assert!(view.took.unwrap() >= 300);
    }
}

db_test! {
    async fn the_head_of_an_answer_is_enough(app: &TestApp, impatient()) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        for reply in [Reply::Stuck(200), Reply::Endless(202)] {
            receiver.next(reply);
            let view = tried(app, &ada, &id).await;
            assert_eq!((code(&view), view.answer.as_deref()), ("", None));
        }
        receiver.next(Reply::Stuck(500));
        let view = tried(app, &ada, &id).await;
        assert_eq!((code(&view), view.answer.as_deref()), ("events.refused", None));
        receiver.next(Reply::Endless(500));
        let view = tried(app, &ada, &id).await;
        assert_eq!((code(&view), view.answer.as_ref().unwrap().len()), ("events.refused", 1_000), "the rest is not kept");
    }
}

db_test! {
    async fn redirects_are_not_followed(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        receiver.next(Reply::Elsewhere(elsewhere.url.clone()));
        let view = tried(app, &ada, &id).await;
        assert_eq!((code(&view), view.status), ("events.redirected", Some(307)));
        assert!(elsewhere.received().is_empty());
    }
}

db_test! {
    async fn only_200_to_299_count(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        for (status, said) in [(200, ""), (202, ""), (204, ""), (299, ""), (304, "events.redirected"), (400, "events.refused"),
            (401, "events.refused"), (404, "events.refused"), (429, "events.refused"), (599, "events.refused")]
        {
            receiver.next(Reply::Says(status, ""));
            let view = tried(app, &ada, &id).await;
            assert_eq!((code(&view), view.status), (said, Some(i64::from(status))));
        }
    }
}

db_test! {
    async fn nobody_there_and_a_broken_connection_are_told_apart(app: &TestApp) {
        let ada = app.owner("ada").await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let (id, _) = endpoint(app, &ada.actor, &address).await;
        let breaking = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let read = stream.read(&mut [0; 1_024]).await.unwrap();
            // It is dropped with what was not read, and nobody listens any more.
            read
        });
        let view = tried(app, &ada, &id).await;
        assert_eq!((code(&view), view.status), ("events.interrupted", None));
        assert!(breaking.await.unwrap() > 0);
        let view = tried(app, &ada, &id).await;
        assert_eq!(code(&view), "events.no_connection");
    }
}

db_test! {
    async fn a_slow_endpoint_does_not_hold_up_others(app: &TestApp, impatient()) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let (slow, quick) = (Receiver::start().await, Receiver::start().await);
        slow.usually(Reply::Silent);
        let (first, _) = endpoint(app, &ada.actor, &slow.url).await;
        let (second, _) = endpoint(app, &eve.actor, &quick.url).await;
        for _ in 0..20 {
            outbox::send_test(&app.services, &ada.actor, &first).await.unwrap();
        }
        outbox::send_test(&app.services, &eve.actor, &second).await.unwrap();
        let services = app.services.clone();
        let worker = tokio::spawn(outbox::work(services));
        while quick.received().is_empty() {
            tokio::task::yield_now().await;
        }
        assert!(slow.received().len() <= 8, "one endpoint is sent to by eight at a time");
        app.services.outbox().stop();
        worker.await.unwrap();
        assert_eq!(app.see("SELECT id FROM webhook_endpoints WHERE lease IS NOT NULL").await, Vec::<String>::new());
    }
}
