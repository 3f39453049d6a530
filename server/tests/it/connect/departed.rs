//! Browsers that leave in the middle, and connects that nobody finishes.

use std::{future::Future, pin::pin, time::Duration};

use secrecy::SecretString;
use server::{
    connect::{self, CallbackQuery},
    db::{attempts::Phase, connections::ConnectionStatus, credentials},
    error::Error,
};
use simulator::Consent;

use crate::support::TestApp;

const DAY: Duration = Duration::from_secs(86_400);

/// Follows `work` until Meta has been asked once more, and drops it then, as a server does when the browser leaves.
async fn left_alone<T>(app: &TestApp, work: impl Future<Output = T>) {
    let mut work = pin!(work);
    let calls = app.meta().call_count();
    while app.meta().call_count() == calls {
        assert!(futures::poll!(work.as_mut()).is_pending(), "it ended before Meta was asked");
        tokio::task::yield_now().await;
    }
}

db_test! {
    async fn a_code_is_used_to_the_end_though_the_browser_left(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let back = app.answer_dialog(&begun, &Consent::everything());
        let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        let query = CallbackQuery {
            code: Some(SecretString::from(code)),
            state: Some(begun.state.clone()),
            ..CallbackQuery::default()
        };
        app.meta().set_latency(Duration::from_millis(100));
        left_alone(app, connect::callback(&app.services, &ada.actor, &ada.session, query)).await;
        app.meta().set_latency(Duration::ZERO);
        app.idle().await;
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.assets.len()), (Phase::Choosing, 6));
    }
}

db_test! {
    async fn a_disconnect_is_carried_out_though_the_browser_left(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        {
            let choices = connect::DisconnectChoices::default();
            let mut asking = pin!(connect::disconnect(&app.services, &ada.actor, &id, choices, ""));
            assert!(futures::poll!(asking.as_mut()).is_pending(), "it ended before the browser left");
        }
        app.idle().await;
        assert_eq!(app.subscribed(), Vec::<String>::new());
        let log = server::observe::list_log(&app.services, &ada.actor, None, false).await.unwrap();
        assert!(log.iter().any(|entry| entry.kind == "disconnected"), "{log:#?}");
    }
}

db_test! {
    async fn a_connect_that_nobody_finished_loses_its_tokens_after_a_day(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let left = app.discovered(&ada).await;
        let waiting = app.begin(&ada).await;
        let kept = app.discovered_with(&eve, &Consent::everything().by("10215550001110002")).await;
        app.choose(&eve, &kept, &["110220330440551"]).await;
        app.advance(DAY);
        server::sweep(&app.services).await.unwrap();
        assert_eq!(app.view(&ada, &left.id).await.phase, Phase::Choosing, "a day is not over yet");

        app.advance(Duration::from_secs(1));
        server::sweep(&app.services).await.unwrap();
        let view = app.view(&ada, &left.id).await;
        let connection = view.connection.unwrap();
        assert_eq!((view.phase, connection.status), (Phase::Cancelled, ConnectionStatus::Disconnected));
        assert!(credentials::list(app.services.db(), ada.tenant(), &connection.id).await.unwrap().is_empty());
        assert_eq!(app.view(&ada, &waiting.attempt).await.phase, Phase::Cancelled);

        let kept = app.view(&eve, &kept.id).await;
        assert_eq!((kept.phase, kept.connection.unwrap().status), (Phase::Done, ConnectionStatus::Connected));
    }
}

db_test! {
    async fn a_tenant_asks_meta_sixty_times_in_five_minutes(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &["act_880770660550551"]).await;
        for _ in 0..60 {
            connect::check_all(&app.services, &ada.actor).await.unwrap();
        }
        let calls = app.meta().call_count();
        let id = view.connection.unwrap().id;
        for refused in [
            connect::check_all(&app.services, &ada.actor).await.map(drop),
            connect::check_connection(&app.services, &ada.actor, &id).await.map(drop),
        ] {
            assert!(matches!(refused, Err(Error::Busy { .. })), "{refused:?}");
        }
        assert_eq!(app.meta().call_count(), calls);
    }
}
