//! The whole way by redirect, and every way to walk it twice.

use std::time::Duration;

use server::{
    connect::{self, status},
    db::attempts::Phase,
    error::Error,
};
use simulator::Consent;

use crate::support::{TestApp, describe, ids_of, usable};

db_test! {
    async fn from_the_button_to_an_honest_status(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let waiting = app.view(&ada, &begun.attempt).await;
        assert_eq!((waiting.phase, waiting.assets.len()), (Phase::Waiting, 0));

        let back = app.answer_dialog(&begun, &Consent::everything());
        let answer = app.come_back(&ada, &back).await;
        assert_eq!((answer.status, answer.header("location")), (303, format!("/connect/{}", begun.attempt).as_str()));
        app.idle().await;
        let choosing = app.view(&ada, &begun.attempt).await;
        insta::assert_snapshot!("corner_shop_choosing", describe::attempt(&choosing));

        app.advance(Duration::from_secs(90));
        let all = usable(&choosing);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(app.choose(&ada, &choosing, &all).await, 5);
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Done);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("corner_shop_overview", describe::overview(&overview));
        assert_eq!(app.subscribed(), ["102290129340551", "110220330440551"], "the account and the Page");
        let page = app.meta().subscriptions().remove(1);
        assert!(page.fields.contains(&"messages".to_owned()), "{page:?}");
    }
}

db_test! {
    async fn coming_back_twice_does_nothing_twice(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let back = app.answer_dialog(&begun, &Consent::everything());
        let first = app.come_back(&ada, &back).await;
        app.idle().await;
        let calls = app.meta().call_count();
        let second = app.come_back(&ada, &back).await;
        app.idle().await;
        assert_eq!((second.status, second.header("location")), (303, first.header("location")));
        assert_eq!(app.meta().call_count(), calls);
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Choosing);
    }
}

db_test! {
    async fn two_returns_at_once_exchange_the_code_once(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let back = app.answer_dialog(&begun, &Consent::everything());
        let (one, two) = tokio::join!(app.come_back(&ada, &back), app.come_back(&ada, &back));
        assert_eq!((one.status, two.status), (303, 303));
        app.idle().await;
        let exchanges = app.meta().requests().into_iter().filter(|request| request.params.contains_key("code")).count();
        assert_eq!(exchanges, 1);
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Choosing);
    }
}

db_test! {
    async fn choosing_twice_saves_once(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let first = app.choose(&ada, &view, &["110220330440551", "190638523274551"]).await;
        assert_eq!(first, 3, "the number brought its account");
        let calls = app.meta().call_count();
        let again = app.choose(&ada, &view, &["110220330440551", "190638523274551"]).await;
        assert_eq!(again, first);
        assert_eq!(app.meta().call_count(), calls);
        let other = ids_of(&view, &["17841400000000551"]);
        let refused = connect::choose(&app.services, &ada.actor, &view.id, &other).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.code == "connect.not_choosing"), "{refused:?}");
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.assets.len(), 3);
    }
}

db_test! {
    async fn two_clicks_at_once_save_once(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let chosen = ids_of(&view, &["110220330440551"]);
        let click = || connect::choose(&app.services, &ada.actor, &view.id, &chosen);
        let (one, two) = tokio::join!(click(), click());
        assert_eq!((one.unwrap(), two.unwrap()), (1, 1));
        app.idle().await;
        let subscribed = app.meta().requests().into_iter().filter(|request| request.method == "POST")
            .filter(|request| request.path.ends_with("subscribed_apps")).count();
        assert_eq!(subscribed, 1);
    }
}

db_test! {
    async fn a_choice_must_name_something_that_can_be_chosen(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let before = app.storage.rows().await;
        for chosen in [vec![], ids_of(&view, &["506070809010203"])] {
            let refused = connect::choose(&app.services, &ada.actor, &view.id, &chosen).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "asset", .. })), "{refused:?}");
        }
        assert_eq!(app.storage.rows().await, before);
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Choosing);
    }
}

db_test! {
    async fn the_attempt_that_waits_for_a_choice_is_offered_again(app: &TestApp) {
        let ada = app.owner("ada").await;
        let find = || connect::find_unfinished(&app.services, &ada.actor);
        assert_eq!(find().await.unwrap(), None);
        let view = app.discovered(&ada).await;
        assert_eq!(find().await.unwrap(), Some(view.id.clone()));
        app.choose(&ada, &view, &["110220330440551"]).await;
        assert_eq!(find().await.unwrap(), None);
    }
}

db_test! {
    async fn an_agent_connects_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let bob = app.member(&ada, "bob", server::accounts::Role::Agent).await;
        let services = &app.services;
        let begun = connect::begin(services, &bob.actor, &bob.session, server::db::attempts::Flow::Redirect, None).await;
        assert!(matches!(begun, Err(Error::Forbidden(_))), "{begun:?}");
        assert!(matches!(connect::view_attempt(services, &bob.actor, &view.id).await, Err(Error::Forbidden(_))));
        let chosen = ids_of(&view, &["110220330440551"]);
        assert!(matches!(connect::choose(services, &bob.actor, &view.id, &chosen).await, Err(Error::Forbidden(_))));
    }
}

db_test! {
    async fn a_tenant_begins_sixty_times_an_hour(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        for _ in 0..60 {
            app.begin(&ada).await;
        }
        let flow = server::db::attempts::Flow::Redirect;
        let begin = || connect::begin(&app.services, &ada.actor, &ada.session, flow, None);
        let Err(Error::Busy { retry_after }) = begin().await else { panic!("a limit was not held") };
        assert_eq!(retry_after, Duration::from_secs(3600), "the hour began with the test");
        app.begin(&eve).await;
        app.advance(retry_after);
        begin().await.unwrap();
    }
}
