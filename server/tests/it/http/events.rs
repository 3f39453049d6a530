//! What a page hears of its tenant.

use std::time::Duration;

use server::{
    Services,
    accounts::{self, Role},
    db::Db,
    live::{self, Hint, Hints, MOST_STREAMS},
};

use crate::support::{Logs, Setup, TestApp};

db_test! {
    async fn a_page_hears_of_its_own_tenant_alone(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let mut stream = ada.browser.listen("/events").await;
        app.services.live().tenant_changed(eve.tenant(), Hint::Asset);
        app.services.live().tenant_changed(ada.tenant(), Hint::Delivery);
        app.services.live().tenant_changed(ada.tenant(), Hint::Conversation);
        let event = stream.next().await.unwrap();
        assert_eq!((event.name.as_str(), event.data.as_str()), ("changed", r#"{"what":["delivery","conversation"]}"#));
    }
}

db_test! {
    async fn a_page_misses_nothing_since_it_was_drawn(app: &TestApp) {
        let ada = app.owner("ada").await;
        let drawn = app.services.live().cursor();
        app.services.live().tenant_changed(ada.tenant(), Hint::Asset);
        let mut stream = ada.browser.listen(&format!("/events?after={drawn}")).await;
        let first = stream.next().await.unwrap();
        assert_eq!(first.data, r#"{"what":["asset"]}"#);
        // The browser comes back and tells where it was.
        app.services.live().tenant_changed(ada.tenant(), Hint::Delivery);
        let mut again = ada.browser.listen_after(&format!("/events?after={drawn}"), &first.id).await;
        assert_eq!(again.next().await.unwrap().data, r#"{"what":["delivery"]}"#);
    }
}

db_test! {
    async fn signing_out_ends_the_stream(app: &TestApp) {
        let ada = app.owner("ada").await;
        let mut here = ada.browser.listen("/events").await;
        let elsewhere = app.sign_in(&ada.actor.user_id, Some(ada.tenant())).await;
        let mut there = elsewhere.browser.listen("/events").await;
        ada.browser.post("/test/sign-out").await;
        assert_eq!(here.rest().await, [("ended".to_owned(), "signed_out".to_owned())]);
        app.services.live().tenant_changed(ada.tenant(), Hint::Asset);
        assert_eq!(there.next().await.unwrap().name, "changed", "another session goes on");
        accounts::sign_out_everywhere(&app.services, &elsewhere.actor).await.unwrap();
        // The session began in the same moment: only one that began before is ended.
        app.advance(Duration::from_millis(1));
        accounts::sign_out_everywhere(&app.services, &elsewhere.actor).await.unwrap();
        assert_eq!(there.rest().await, [("ended".to_owned(), "signed_out".to_owned())]);
        assert_eq!(ada.browser.get("/events").await.code(), "signed_out");
    }
}

db_test! {
    async fn leaving_the_tenant_ends_the_stream(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.member(&ada, "bob", Role::Agent).await;
        let mut stream = bob.browser.listen("/events").await;
        accounts::remove_member(&app.services, &ada.actor, &bob.actor.user_id).await.unwrap();
        assert_eq!(stream.rest().await, [("ended".to_owned(), "signed_out".to_owned())]);
    }
}

db_test! {
    async fn the_oldest_of_too_many_streams_gives_way(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let mut other = eve.browser.listen("/events").await;
        let mut streams = Vec::new();
        for _ in 0..=MOST_STREAMS {
            streams.push(ada.browser.listen("/events").await);
        }
        assert_eq!(streams.remove(0).rest().await, [("ended".to_owned(), "too_many".to_owned())]);
        for tenant in [ada.tenant(), eve.tenant()] {
            app.services.live().tenant_changed(tenant, Hint::Asset);
        }
        for stream in streams.iter_mut().chain([&mut other]) {
            assert_eq!(stream.next().await.unwrap().name, "changed");
        }
    }
}

db_test! {
    async fn the_end_of_the_process_ends_every_stream(app: &TestApp) {
        let ada = app.owner("ada").await;
        let mut stream = ada.browser.listen("/events").await;
        app.services.live().close();
        assert_eq!(stream.rest().await, [], "without a last word: the browser is to come back");
    }
}

db_test! {
    async fn who_belongs_to_no_tenant_hears_nothing(app: &TestApp) {
        assert_eq!(app.visitor().get("/events").await.code(), "signed_out");
        assert_eq!(app.operator().await.browser.get("/events").await.code(), "forbidden");
    }
}

db_test! {
    async fn what_one_process_changes_another_hears(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (here, there) = (&app.services, app.restarted());
        let mut watch = there.live().watch_tenant(ada.tenant(), None);
        for process in [here, &there] {
            live::spawn_relay(process.live(), process.db()).await.unwrap();
        }
        here.live().tenant_changed(ada.tenant(), Hint::Delivery);
        if shares_its_database(here) {
            assert_eq!(watch.changed().await, Hints::from(Hint::Delivery));
        } else {
            assert_eq!(there.live().cursor().to_string().split_once('-').unwrap().1, "0", "one process, one file");
        }
        for process in [here, &there] {
            process.live().close();
        }
    }
}

db_test! {
    async fn what_could_not_be_told_at_first_is_told_later(app: &TestApp, Setup { by_line: true, ..Setup::default() }) {
        if !shares_its_database(&app.services) {
            return;
        }
        let ada = app.owner("ada").await;
        // It reaches the server by another line.
        let there = app.another_process().await;
        let mut watch = there.live().watch_tenant(ada.tenant(), None);
        for process in [&app.services, &there] {
            live::spawn_relay(process.live(), process.db()).await.unwrap();
        }
        let logs = Logs::listen();
        let trouble = app.storage.out_of_reach().await;
        app.services.live().tenant_changed(ada.tenant(), Hint::Delivery);
        while !logs.text().contains("other processes could not be told") {
            tokio::task::yield_now().await;
        }
        app.storage.end(trouble).await;
        let told = tokio::time::timeout(Duration::from_secs(30), watch.changed()).await;
        assert_eq!(told.unwrap(), Hints::from(Hint::Delivery));
        app.services.live().close();
        there.close().await;
    }
}

fn shares_its_database(services: &Services) -> bool {
    matches!(services.db(), Db::Postgres(_))
}
