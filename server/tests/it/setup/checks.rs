//! What is checked of the app: by what Meta says, by what was seen, and by nobody.

use std::time::Duration;

use server::{
    db::webhook_handshakes,
    setup::{self, Action, State},
};
use simulator::{Effect, Fault};

use super::{check, state, told};
use crate::support::{Setup, TestApp};

fn old_version() -> Setup {
    Setup { graph_version: Some("v19.0"), ..Setup::default() }
}

fn not_https() -> Setup {
    Setup { public_url: Some("http://desk.example/"), ..Setup::default() }
}

db_test! {
    async fn an_app_that_was_just_entered(app: &TestApp) {
        let op = app.operator().await;
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        insta::assert_snapshot!("fresh_app", told(app, &view.checks));
        assert_eq!(view.asked_at, Some(app.clock.now()));
    }
}

db_test! {
    async fn an_app_that_works(app: &TestApp) {
        let (op, ada) = (app.operator().await, app.owner("ada").await);
        app.meta().set_compliance_callbacks(Some(app.base.join("meta/deauthorize").unwrap().as_str()), None);
        app.connected(&ada).await;
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        insta::assert_snapshot!("working_app", told(app, &view.checks));
    }
}

db_test! {
    async fn another_tool_is_named_and_gives_way_to_the_button(app: &TestApp) {
        let op = app.operator().await;
        setup::subscribe_webhooks(&app.services, &op.actor).await.unwrap();
        assert_eq!(state(app, &op, "webhooks.subscriptions").await, State::Proven);
        assert_eq!(state(app, &op, "webhooks.public_url").await, State::Proven, "Meta called it");

        assert!(app.meta().take_over_callback("instagram", "https://other.example/hook"));
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let stolen = check(app, &op, "webhooks.subscriptions").await;
        assert_eq!((stolen.state, stolen.action), (State::Wrong, Some(Action::Subscribe)));
        assert_eq!(stolen.what, "Another tool receives this app’s webhooks");
        assert!(stolen.why.contains("https://other.example/hook") && stolen.why.contains("instagram"), "{}", stolen.why);

        setup::subscribe_webhooks(&app.services, &op.actor).await.unwrap();
        assert_eq!(state(app, &op, "webhooks.subscriptions").await, State::Proven);
    }
}

db_test! {
    async fn a_field_that_is_missing_is_named(app: &TestApp) {
        let op = app.operator().await;
        setup::subscribe_webhooks(&app.services, &op.actor).await.unwrap();
        let used = app.services.app().unwrap();
        let callback = app.base.join("webhooks/meta").unwrap();
        used.graph.subscribe_app("instagram", &["messages"], &callback, &used.login.webhook_verify_token).await.unwrap();
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let lacking = check(app, &op, "webhooks.subscriptions").await;
        assert_eq!((lacking.state, lacking.what.as_str()), (State::Wrong, "Meta does not send every webhook"));
        assert!(lacking.why.starts_with("instagram lacks the fields messaging_postbacks"), "{}", lacking.why);
    }
}

db_test! {
    async fn an_expired_version_is_seen_by_what_meta_answers(app: &TestApp, old_version()) {
        let op = app.operator().await;
        let before = check(app, &op, "app.version").await;
        assert_eq!((before.state, before.what.as_str()), (State::Wrong, "Graph API v19.0 ended on 2026-05-21"));
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let seen = check(app, &op, "app.version").await;
        assert_eq!((seen.state, seen.what.as_str()), (State::Wrong, "Meta answers as Graph API v20.0 instead of v19.0"));
        let found = setup::version_check(&app.services).await.unwrap().unwrap();
        assert_eq!(found.what, seen.what);
        // Another process has not asked, and knows it from what was kept.
        let other = app.restarted();
        assert_eq!(setup::version_check(&other).await.unwrap().unwrap().what, seen.what);
        other.journal().close().await;
    }
}

db_test! {
    async fn a_wrong_clock_is_measured_by_metas(app: &TestApp) {
        let op = app.operator().await;
        for (ahead, expected, what) in [
            (0, State::Proven, "This machine’s clock agrees with Meta’s"),
            (90, State::Waiting, "This machine’s clock is 90 seconds behind Meta’s"),
            (400, State::Wrong, "This machine’s clock is 400 seconds behind Meta’s"),
        ] {
            app.meta().freeze(app.clock.now().as_seconds() + ahead);
            setup::check_again(&app.services, &op.actor).await.unwrap();
            let clock = check(app, &op, "app.clock").await;
            assert_eq!((clock.state, clock.what.as_str()), (expected, what));
        }
    }
}

db_test! {
    async fn an_address_that_meta_does_not_call_is_wrong_where_meta_is_real(app: &TestApp, not_https()) {
        // What stands in for Meta calls any address; the domain is not among those of its app.
        let op = app.operator().await;
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let domain = check(app, &op, "addresses.domains").await;
        assert_eq!((domain.state, domain.what.as_str()), (State::Wrong, "desk.example is missing from App Domains"));
    }
}

db_test! {
    async fn a_silent_meta_changes_nothing_that_was_known(app: &TestApp) {
        app.expect_refusals();
        let op = app.operator().await;
        setup::subscribe_webhooks(&app.services, &op.actor).await.unwrap();
        app.meta().set_fault(Fault::new(Effect::Html { status: 503 }));
        app.advance(Duration::from_secs(90));
        setup::check_again(&app.services, &op.actor).await.unwrap();
        assert_eq!(check(app, &op, "app.credentials").await.what, "Meta could not be asked about the app");
        assert_eq!(state(app, &op, "webhooks.subscriptions").await, State::Proven);
        assert_eq!(state(app, &op, "addresses.privacy").await, State::Proven);
    }
}

db_test! {
    async fn a_secret_that_was_reset_is_told(app: &TestApp) {
        app.expect_refusals();
        let op = app.operator().await;
        app.meta().edit_world(|world| world.app.secret = "1234567890abcdef1234567890abcdef".into()).unwrap();
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let told = check(app, &op, "app.credentials").await;
        assert_eq!((told.state, told.what.as_str()), (State::Wrong, "The App Secret does not belong to the App ID"));
        app.meta().edit_world(|world| world.app.id = "42".into()).unwrap();
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let told = check(app, &op, "app.credentials").await;
        assert!(told.what.starts_with("Meta knows no app with the App ID"), "{}", told.what);
    }
}

db_test! {
    async fn questions_of_strangers_prove_no_mistake(app: &TestApp) {
        let op = app.operator().await;
        let query = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess";
        assert_eq!(app.caller().get(&format!("/webhooks/meta?{query}")).await.status, 403);
        assert_eq!(state(app, &op, "webhooks.handshake").await, State::Waiting);
        let forged = app.unsigned_webhook("{}").header("x-hub-signature-256", format!("sha256={}", "0".repeat(64)));
        assert_eq!(app.caller().send(forged).await.status, 403);
        let told = check(app, &op, "webhooks.signatures").await;
        assert_eq!(told.state, State::Waiting);
        assert!(told.why.starts_with("1 time in the last 24 hours"), "{}", told.why);
        app.idle().await;
        let id = app.app_id().parse().unwrap();
        assert_eq!(webhook_handshakes::list(app.services.db(), &id, 9).await.unwrap().len(), 1);
    }
}
