//! Testing a connection, and what time does to it.

use std::time::Duration;

use serde_json::json;
use server::{
    connect::{self, status},
    error::Error,
};
use simulator::{Effect, Fault, Revocation};

use crate::support::{START, TestApp, describe};

const LUCIA: &str = "10215550001110001";
const PAGE: &str = "110220330440551";
const DAY: Duration = Duration::from_secs(86_400);

db_test! {
    async fn a_connection_that_works_is_proven_again(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.advance(DAY);
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!((report.asked, report.proven, report.problem), (5, 5, None));
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(overview.assets.iter().all(|status| status.asset.verified_at == Some(app.clock.now().as_millis())));
        assert_eq!(connect::check_all(&app.services, &ada.actor).await.unwrap().len(), 1);
    }
}

db_test! {
    async fn a_subscription_that_went_is_seen(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let gone = Effect::Body { status: 200, body: r#"{"data":[]}"#.into() };
        let _fault = app.meta().set_fault(Fault::new(gone).on_path(&format!("/{PAGE}/subscribed_apps")));
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!((report.asked, report.proven, report.problem), (5, 3, None));
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("unsubscribed_overview", describe::overview(&overview));
    }
}

db_test! {
    async fn when_meta_cannot_be_asked_nothing_that_was_known_changes(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let before = describe::overview(&status::overview(&app.services, &ada.actor).await.unwrap());
        let fault = app.meta().set_fault(Fault::new(Effect::Html { status: 503 }));
        let failed = connect::check_connection(&app.services, &ada.actor, &id).await;
        assert!(matches!(failed, Err(Error::Meta(_))), "{failed:?}");
        assert_eq!(describe::overview(&status::overview(&app.services, &ada.actor).await.unwrap()), before);
        app.meta().remove_fault(fault);

        let _fault = app.meta().set_fault(Fault::error("subscribed_apps", 500, 2));
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!((report.asked, report.proven, report.problem), (5, 1, None), "the ad account answered");
        assert_eq!(describe::overview(&status::overview(&app.services, &ada.actor).await.unwrap()), before);
    }
}

db_test! {
    async fn each_end_of_a_token_has_its_own_name(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        for (why, code) in [
            (Revocation::PasswordChanged, "meta.token.password_changed"),
            (Revocation::Checkpoint, "meta.token.checkpoint"),
            (Revocation::AppRemoved, "meta.token.app_removed"),
        ] {
            app.meta().revoke_person(LUCIA, why);
            let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
            assert_eq!(report.problem.unwrap().code, code);
            assert_eq!((report.asked, report.proven), (0, 0));
            let begun = app.begin_again(&ada, &id).await;
            app.finished(&ada, &begun, &simulator::Consent::everything()).await;
        }
    }
}

db_test! {
    async fn a_token_that_dies_between_two_questions_is_seen(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let fault = Fault::new(Effect::Revoke(Revocation::PasswordChanged)).on_path("/act_*").times(1);
        let _fault = app.meta().set_fault(fault);
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!(report.problem.unwrap().code, "meta.token.password_changed");
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(matches!(overview.banner, status::Banner::Error { .. }), "{:?}", overview.banner);
        assert!(overview.assets.iter().all(|status| status.ladder.problem().is_some()), "nothing is proven any more");
    }
}

db_test! {
    async fn the_end_is_announced_two_weeks_before_and_then_said(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let mut seen = Vec::new();
        for days in [0, 45, 1, 14] {
            app.advance(DAY * days);
            let overview = status::overview(&app.services, &ada.actor).await.unwrap();
            seen.push(match overview.banner {
                status::Banner::Connected { soon, .. } => format!("connected, soon: {soon}"),
                status::Banner::Expired { at, .. } => format!("expired at {at:?}"),
                other => format!("{other:?}"),
            });
        }
        let expected = ["connected, soon: false", "connected, soon: false", "connected, soon: true", "expired at 2026-07-31T10:00:00Z"];
        assert_eq!(seen, expected);
    }
}

db_test! {
    async fn a_page_whose_role_was_lost_does_not_take_the_others_with_it(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let token = app.meta().tokens().into_iter().rfind(|token| token.page.is_some()).unwrap();
        assert!(app.meta().revoke(&token.fingerprint, Revocation::RoleLost));
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!((report.asked, report.proven, report.problem), (5, 3, None));
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("role_lost_overview", describe::overview(&overview));
    }
}

db_test! {
    async fn a_token_that_outlives_the_right_to_read_data_shows_the_clock_of_that_right(app: &TestApp) {
        app.meta().switch(|switches| switches.exchanged_token_seconds = Some(120 * 86_400));
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let end = START.plus(DAY * 90);
        for (days, is_soon) in [(0, false), (75, false), (1, true)] {
            app.advance(DAY * days);
            let overview = status::overview(&app.services, &ada.actor).await.unwrap();
            let status::Banner::Connected { clock, soon, renews, .. } = overview.banner else {
                panic!("{:?}", overview.banner)
            };
            assert_eq!((clock, soon), (status::TokenClock::DataAccessEnds(end), is_soon));
            assert!(!renews, "only the person can do that");
            assert_eq!(overview.connections[0].clock, clock);
        }
        app.advance(DAY * 14);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(matches!(overview.banner, status::Banner::Expired { at, .. } if at == end), "{:?}", overview.banner);
    }
}

db_test! {
    async fn a_grant_that_changed_is_tested_in_every_tenant_whatever_happens_in_one(app: &TestApp) {
        app.expect_refusals();
        // Lucía's grant serves both.
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        for (who, asset) in [(&ada, PAGE), (&eve, "act_880770660550551")] {
            let view = app.discovered(who).await;
            app.choose(who, &view, &[asset]).await;
        }
        // In the first one there were so many tests that no further one is allowed now.
        while connect::check_all(&app.services, &ada.actor).await.is_ok() {}
        app.meta().revoke_person(LUCIA, Revocation::PasswordChanged);
        let changed = json!({"object": "permissions", "entry": [{"id": "0", "uid": LUCIA, "time": 1_780_000_100,
            "changed_fields": ["pages_messaging"]}]});
        app.arrive(&[changed]).await;
        app.idle().await;
        let stands = app.see("SELECT t.name || ' ' || c.status FROM connections c JOIN tenants t ON t.id = c.tenant_id ORDER BY 1").await;
        assert_eq!(stands, ["ada's business error", "eve's business error"]);
    }
}
