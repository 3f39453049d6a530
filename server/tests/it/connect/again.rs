//! Renewing a connection, and a second person.

use std::time::Duration;

use server::{
    connect::status,
    db::{
        attempts::Phase,
        connections::{self, ConnectionStatus},
        credentials,
    },
    error::Error,
    ids::ConnectionId,
};
use simulator::{Consent, Effect, Fault, Revocation};

use crate::support::{Person, TestApp, describe};

const LUCIA: &str = "10215550001110001";
const MATEO: &str = "10215550001110002";
const PAGE: &str = "110220330440551";
const INSTAGRAM: &str = "17841400000000551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";
const DAY: Duration = Duration::from_secs(86_400);

async fn connection(app: &TestApp, who: &Person, id: &ConnectionId) -> connections::Connection {
    connections::get(app.services.db(), who.tenant(), id).await.unwrap().unwrap()
}

db_test! {
    async fn reconnecting_keeps_what_was_chosen_and_renews_the_rest(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.connected(&ada).await;
        let id = first.connection.as_ref().unwrap().id.clone();
        let before = status::overview(&app.services, &ada.actor).await.unwrap();
        app.advance(40 * DAY);
        let ada = app.sign_in(&ada.actor.user_id, Some(ada.tenant())).await;

        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        let renewed = view.connection.as_ref().unwrap();
        assert_eq!((&renewed.id, renewed.status), (&id, ConnectionStatus::Connected));
        assert_eq!(renewed.expires_at, Some(app.clock.now().plus(60 * DAY).as_millis()));
        assert_eq!(renewed.created_at, first.connection.as_ref().unwrap().created_at);

        let after = status::overview(&app.services, &ada.actor).await.unwrap();
        let ids = |overview: &status::Overview| -> Vec<_> {
            overview.assets.iter().map(|status| (status.asset.id.clone(), status.asset.subscribed_at)).collect()
        };
        assert_eq!(ids(&after), ids(&before), "identifiers and proof stay");
        assert_eq!(app.storage.rows().await["connections"], 1);
        assert_eq!(credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap().len(), 2);
    }
}

db_test! {
    async fn connecting_once_more_is_reconnecting(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.connected(&ada).await;
        let second = app.discovered(&ada).await;
        assert_eq!(second.connection.unwrap().id, first.connection.unwrap().id);
        assert_eq!(app.storage.rows().await["connections"], 1);
    }
}

db_test! {
    async fn reconnecting_mends_a_connection_that_meta_refused(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = app.connected(&ada).await;
        let id = view.connection.unwrap().id;
        app.meta().revoke_person(LUCIA, Revocation::PasswordChanged);
        let report = server::connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!(report.problem.unwrap().code, "meta.token.password_changed");
        let broken = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("refused_overview", describe::overview(&broken));

        app.advance(DAY);
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        assert_eq!(view.connection.unwrap().status, ConnectionStatus::Connected);
        let mended = status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(mended.assets.iter().all(|status| status.ladder.problem().is_none()));
        assert_eq!(mended.assets.len(), 5);
    }
}

db_test! {
    async fn another_person_cannot_renew_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.connected(&ada).await;
        let id = view.connection.unwrap().id;
        let before = connection(app, &ada, &id).await;
        app.advance(DAY);
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything().by(MATEO)).await;
        let problem = view.problem.unwrap();
        assert_eq!((view.phase, problem.code.as_ref()), (Phase::Failed, "connect.other_person"));
        assert_eq!(problem.told(server::words::Language::En).what, "You signed in to Meta as Mateo Brasa, but this connection belongs to Lucía Brasa.");
        let after = connection(app, &ada, &id).await;
        assert_eq!((after.checked_at, after.expires_at), (before.checked_at, before.expires_at));
        assert_eq!(app.storage.rows().await["connections"], 1);
    }
}

db_test! {
    async fn a_second_person_makes_a_second_connection(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.connected(&ada).await;
        let second = app.discovered_with(&ada, &Consent::everything().by(MATEO)).await;
        assert_ne!(second.connection.as_ref().unwrap().id, first.connection.as_ref().unwrap().id);
        assert_eq!(second.connection.as_ref().unwrap().status, ConnectionStatus::Pending);
        assert!(second.assets.iter().all(|row| !row.held_elsewhere), "the same tenant holds them");
        // What the second one takes over leaves the first.
        app.choose(&ada, &second, &["110220330440551"]).await;
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        let page = overview.assets.iter().find(|status| status.asset.meta_id == "110220330440551").unwrap();
        assert_eq!(page.asset.connection_id, second.connection.as_ref().unwrap().id);
        assert_eq!(overview.assets.len(), 5);
        assert_eq!(overview.connections.iter().map(|view| view.assets).collect::<Vec<_>>(), [4, 1]);
    }
}

db_test! {
    async fn what_is_taken_out_of_the_choice_is_unsubscribed_and_its_token_dropped(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.connected(&ada).await;
        let id = first.connection.as_ref().unwrap().id.clone();
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);

        // Without the Page itself its Instagram account still needs the subscription, and the account its number.
        let again = app.discovered(&ada).await;
        app.choose(&ada, &again, &[INSTAGRAM, NUMBER]).await;
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);

        let again = app.discovered(&ada).await;
        app.choose(&ada, &again, &[NUMBER]).await;
        assert_eq!(app.subscribed(), [ACCOUNT]);
        let kinds: Vec<_> = credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap();
        assert_eq!(kinds.len(), 1, "the Page's token is gone: {kinds:?}");
        let log = server::observe::list_log(&app.services, &ada.actor, None, false).await.unwrap();
        let told = log.iter().find(|entry| entry.kind == "unsubscribed").unwrap();
        assert_eq!(told.asset_name.as_deref(), Some("Brasa Café"));
    }
}

db_test! {
    async fn what_left_the_choice_stays_subscribed_for_whoever_else_needs_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let first = app.discovered(&ada).await;
        app.choose(&ada, &first, &[PAGE, NUMBER]).await;
        let second = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
        app.choose(&eve, &second, &[INSTAGRAM]).await;
        let again = app.discovered(&ada).await;
        app.choose(&ada, &again, &[NUMBER]).await;
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
    }
}

db_test! {
    async fn a_choice_stands_though_meta_refuses_to_unsubscribe(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let again = app.discovered(&ada).await;
        let fault = app.meta().set_fault(Fault::error("subscribed_apps", 500, 2).on_method("DELETE"));
        app.choose(&ada, &again, &[NUMBER]).await;
        app.meta().remove_fault(fault);
        let log = server::observe::list_log(&app.services, &ada.actor, None, true).await.unwrap();
        assert_eq!(log.iter().filter(|entry| entry.kind == "unsubscribe_failed").count(), 1, "{log:#?}");
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        let chosen: Vec<_> = overview.assets.iter().map(|status| status.asset.meta_id.as_str()).collect();
        assert_eq!(chosen, [ACCOUNT, NUMBER]);
        assert!(overview.assets.iter().all(|status| status.ladder.problem().is_none()));
    }
}

db_test! {
    async fn two_returns_at_once_make_one_connection(app: &TestApp) {
        let ada = app.owner("ada").await;
        let tabs = [app.begin(&ada).await, app.begin(&ada).await];
        let backs = tabs.each_ref().map(|begun| app.answer_dialog(begun, &Consent::everything()));
        // Who the person is takes so long to learn that both look for a connection side by side.
        let slow = app.meta().set_fault(Fault::new(Effect::Latency(300)).on_path("/me"));
        futures::future::join_all(backs.iter().map(|back| app.come_back(&ada, back))).await;
        app.meta().remove_fault(slow);
        app.idle().await;
        assert_eq!(app.storage.rows().await["connections"], 1);
        let views = [app.view(&ada, &tabs[0].attempt).await, app.view(&ada, &tabs[1].attempt).await];
        let connections = views.each_ref().map(|view| (view.phase, view.connection.as_ref().unwrap().id.clone()));
        assert_eq!(connections[0], connections[1]);
        assert_eq!(connections[0].0, Phase::Choosing);
    }
}

db_test! {
    async fn another_tenants_connection_cannot_be_renewed(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let flow = server::db::attempts::Flow::Redirect;
        let refused = server::connect::begin(&app.services, &eve.actor, &eve.session, flow, Some(&id)).await;
        assert!(matches!(refused, Err(Error::NotFound("connection"))), "{refused:?}");
    }
}

db_test! {
    async fn what_was_unticked_at_meta_is_not_proven_any_more(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = app.connected(&ada).await;
        let id = view.connection.unwrap().id;
        let none: [&str; 0] = [];
        let begun = app.begin_again(&ada, &id).await;
        app.finished(&ada, &begun, &Consent::everything().ticking(simulator::AssetKind::Whatsapp, none)).await;
        server::connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("unticked_overview", describe::overview(&overview));
    }
}
