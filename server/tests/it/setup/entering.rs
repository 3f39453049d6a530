//! An operator with an empty installation pastes ids and secrets until they are right.

use secrecy::ExposeSecret as _;
use server::{
    connect::status,
    db::{Db, setup_answers},
    error::Error,
    live,
    setup::{self, Origin, State},
    words::Language,
};

use super::{check, empty, enter, entered, state};
use crate::support::{KEY, TestApp};

/// The field that is wrong, and what is said of it.
fn refused(outcome: server::error::Result<()>) -> (&'static str, String) {
    let error = outcome.unwrap_err();
    (error.field().unwrap(), error.explain().told(Language::En).what)
}

db_test! {
    async fn from_nothing_to_a_connection(app: &TestApp, empty()) {
        app.expect_refusals();
        let (op, ada) = (app.operator().await, app.owner("ada").await);
        let first = check(app, &op, "app.credentials").await;
        assert_eq!((first.state, first.what.as_str()), (State::Wrong, "Meta App credentials not configured"));
        assert_eq!(app.services.meta().unwrap_err().explain().code, "meta.not_configured");

        let calls = app.meta().call_count();
        let (field, what) = refused(enter(app, &op, "my app", &app.app_secret(), "").await);
        assert!(field == "app_id" && what.starts_with("Invalid App ID format."), "{what}");
        assert_eq!(app.meta().call_count(), calls, "what is no App ID is not asked about");
        let (field, what) = refused(enter(app, &op, "123456789", &app.app_secret(), "").await);
        assert!(field == "app_id" && what.starts_with("Meta knows no app with this App ID."), "{what}");
        let wrong = "0".repeat(32);
        let (field, what) = refused(enter(app, &op, &app.app_id(), &wrong, "").await);
        assert!(field == "app_secret" && what.starts_with("This App Secret does not belong to the App ID."), "{what}");
        let (field, _) = refused(enter(app, &op, &app.app_id(), "", "").await);
        assert_eq!(field, "app_secret", "there is none to keep");
        let (field, _) = refused(enter(app, &op, &app.app_id(), &app.app_secret(), &app.app_id()).await);
        assert_eq!(field, "config_id");
        assert!(app.services.meta().is_err(), "nothing was saved");

        entered(app, &op).await;
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        let card = view.app.unwrap();
        assert_eq!((card.app_id.as_str(), card.origin, card.config_id), (app.app_id().as_str(), Origin::Entered, None));
        assert_eq!(card.secret_set, Some((app.clock.now(), "op".to_owned())));
        assert_eq!(check(app, &op, "app.credentials").await.what, "App ID and App Secret accepted");

        app.connected(&ada).await;
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.assets.len(), 5);
        for name in ["login.redirect_uri", "login.first_connection", "webhooks.subscriptions", "webhooks.handshake"] {
            setup::check_again(&app.services, &op.actor).await.unwrap();
            assert_eq!(state(app, &op, name).await, State::Proven, "{name}");
        }
    }
}

db_test! {
    async fn the_secret_is_kept_sealed_and_shown_to_nobody(app: &TestApp, empty()) {
        let op = app.operator().await;
        entered(app, &op).await;
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        assert!(!format!("{view:?}").contains(&app.app_secret()));
        let id = app.app_id().parse().unwrap();
        let kept = setup_answers::get(app.services.db(), &id).await.unwrap().unwrap();
        assert!(!kept.contains(&app.app_secret()) && kept.contains("credentials"), "{kept}");
        let saved = server::db::meta_apps::list_across_tenants(app.services.db()).await.unwrap();
        assert!(!format!("{saved:?}").contains(&app.app_secret()));
        assert_eq!(saved[0].secret_mark.len(), 4);
    }
}

db_test! {
    async fn only_operators_set_up(app: &TestApp, empty()) {
        let (op, ada) = (app.operator().await, app.owner("ada").await);
        let outcome = enter(app, &ada, &app.app_id(), &app.app_secret(), "").await;
        assert!(matches!(outcome, Err(Error::Forbidden(_))), "{outcome:?}");
        entered(app, &op).await;
        assert!(setup::view(&app.services, &ada.actor).await.is_err());
        assert!(setup::check_again(&app.services, &ada.actor).await.is_err());
        assert!(setup::show_verify_token(&app.services, &ada.actor).is_err());
        assert!(setup::subscribe_webhooks(&app.services, &ada.actor).await.is_err());
        assert!(setup::end_overlap(&app.services, &ada.actor).await.is_err());
        assert!(setup::review_kit(&app.services, &ada.actor).await.is_err());
        let token = setup::show_verify_token(&app.services, &op.actor).unwrap();
        assert_eq!(token.expose_secret().len(), 64);
    }
}

db_test! {
    async fn what_the_settings_name_goes_before_the_page(app: &TestApp) {
        let op = app.operator().await;
        let outcome = enter(app, &op, &app.app_id(), &app.app_secret(), "").await;
        assert_eq!(outcome.unwrap_err().explain().code, "setup.set_elsewhere");
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        let card = view.app.unwrap();
        assert_eq!((card.origin, card.secret_set), (Origin::Settings, None));
    }
}

db_test! {
    async fn another_process_knows_the_app(app: &TestApp, empty()) {
        let op = app.operator().await;
        let other = app.restarted_with(KEY);
        if matches!(app.services.db(), Db::Postgres(_)) {
            live::spawn_relay(app.services.live(), app.services.db()).await.unwrap();
            live::spawn_relay(other.live(), other.db()).await.unwrap();
        }
        let following = tokio::spawn(server::follow_apps(other.clone()));
        let mut told = other.live().watch_installation(None);
        entered(app, &op).await;
        // On SQLite there is one process; a second one reads when it starts.
        if matches!(app.services.db(), Db::Postgres(_)) {
            told.changed().await;
        }
        // The follower hears the same word; it may still be reading.
        other.load_apps().await.unwrap();
        assert_eq!(other.meta().unwrap().app.app_id.as_str(), app.app_id());
        let token = |services| setup::show_verify_token(services, &op.actor).unwrap();
        assert_eq!(token(&other).expose_secret(), token(&app.services).expose_secret());
        other.live().close();
        following.await.unwrap();
        other.journal().close().await;
    }
}

db_test! {
    async fn when_meta_cannot_be_asked_the_app_is_saved_and_checked_later(app: &TestApp, empty()) {
        app.expect_refusals();
        let op = app.operator().await;
        let fault = app.meta().set_fault(simulator::Fault::new(simulator::Effect::Html { status: 503 }));
        entered(app, &op).await;
        let first = check(app, &op, "app.credentials").await;
        assert_eq!((first.state, first.what.as_str()), (State::Waiting, "Meta could not be asked about the app"));
        app.meta().remove_fault(fault);
        setup::check_again(&app.services, &op.actor).await.unwrap();
        assert_eq!(state(app, &op, "app.credentials").await, State::Proven);
    }
}

db_test! {
    async fn a_page_that_is_opened_asks_meta_once_a_minute(app: &TestApp) {
        let op = app.operator().await;
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        assert!(view.asking && view.asked_at.is_none());
        app.idle().await;
        let calls = app.meta().call_count();
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        assert!(!view.asking && view.asked_at == Some(app.clock.now()));
        app.idle().await;
        assert_eq!(app.meta().call_count(), calls);
        app.advance(std::time::Duration::from_secs(60));
        assert!(setup::view(&app.services, &op.actor).await.unwrap().asking);
        app.idle().await;
        assert_eq!(app.meta().call_count(), calls + 3);
    }
}
