//! An App ID belongs to whoever entered it first, and only who has its secret hears so.

use server::{
    error::Result,
    setup::{self, State},
    words::Language,
};
use simulator::{Effect, Fault};

use super::{empty, enter, entered};
use crate::support::{OWN_APP, OWN_SECRET, TestApp, input};

const WRONG: &str = "00000000000000000000000000000000";

fn code(outcome: Result<()>) -> String {
    outcome.unwrap_err().explain().code.into_owned()
}

fn told(outcome: Result<()>) -> String {
    let told = outcome.unwrap_err().explain().told(Language::En);
    format!("{} {} {}", told.what, told.why, told.todo)
}

db_test! {
    async fn another_business_is_refused_without_a_word_of_whose_it_is(app: &TestApp) {
        app.expect_refusals();
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.has_own_app(&bo).await;
        let known = told(app.enter_own(&ada, OWN_APP, WRONG).await);
        let unknown = told(app.enter_own(&ada, &app.app_id(), WRONG).await);
        assert_eq!(known, unknown, "without the secret nothing tells an app that is here from one that is not");
        assert!(known.starts_with("This App Secret does not belong to the App ID."), "{known}");
        let refused = app.enter_own(&ada, OWN_APP, OWN_SECRET).await;
        assert_eq!(refused.as_ref().unwrap_err().explain().code, "setup.app_taken");
        let told = told(refused);
        assert!(!told.contains("bo") && !told.contains(bo.tenant().as_str()), "{told}");
        assert_eq!(app.services.app_for(ada.tenant()).unwrap().login.app.app_id.as_str(), app.app_id());
        assert_eq!(app.services.app_for(bo.tenant()).unwrap().login.app.app_id.as_str(), OWN_APP);
    }
}

db_test! {
    async fn the_installations_apps_are_nobodys_own(app: &TestApp, empty()) {
        let (op, ada) = (app.operator().await, app.owner("ada").await);
        entered(app, &op).await;
        assert_eq!(code(app.enter_own(&ada, &app.app_id(), &app.app_secret()).await), "setup.app_taken");
        // Nor is one that it used before.
        app.add_meta_app(OWN_APP, OWN_SECRET);
        enter(app, &op, OWN_APP, OWN_SECRET, "").await.unwrap();
        assert_eq!(code(app.enter_own(&ada, &app.app_id(), &app.app_secret()).await), "setup.app_taken");
        assert_eq!(code(app.enter_own(&ada, OWN_APP, OWN_SECRET).await), "setup.app_taken");
    }
}

db_test! {
    async fn an_app_that_others_are_connected_with_is_nobodys_own(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.add_meta_app(OWN_APP, OWN_SECRET);
        // As the settings named it once.
        app.hold_through(&ada, server::asset_kind::AssetKind::FacebookPage, "1", OWN_APP).await;
        assert_eq!(code(app.enter_own(&bo, OWN_APP, OWN_SECRET).await), "setup.app_taken");
        app.enter_own(&ada, OWN_APP, OWN_SECRET).await.unwrap();
    }
}

db_test! {
    async fn nothing_is_kept_without_metas_word(app: &TestApp) {
        app.expect_refusals();
        let bo = app.owner("bo").await;
        app.add_meta_app(OWN_APP, OWN_SECRET);
        let rows = app.storage.rows().await;
        app.meta().set_fault(Fault::new(Effect::Html { status: 503 }));
        assert_eq!(code(app.enter_own(&bo, OWN_APP, OWN_SECRET).await), "setup.own_unasked");
        let mut after = app.storage.rows().await;
        // That somebody tried is counted.
        after.remove("rate_limits");
        assert!(rows.iter().filter(|(table, _)| **table != "rate_limits").all(|(table, rows)| after.get(table) == Some(rows)));
        assert_eq!(app.services.app_for(bo.tenant()).unwrap().login.app.app_id.as_str(), app.app_id());
    }
}

db_test! {
    async fn somebody_who_tries_too_often_has_to_wait(app: &TestApp) {
        app.expect_refusals();
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        let mut last = Ok(());
        for _ in 0..21 {
            last = app.enter_own(&bo, "1", WRONG).await;
        }
        assert!(matches!(last, Err(server::error::Error::Busy { .. })), "{last:?}");
        app.has_own_app(&ada).await;
    }
}

db_test! {
    async fn an_operator_cannot_take_a_businesss_app(app: &TestApp, empty()) {
        let (op, bo) = (app.operator().await, app.owner("bo").await);
        app.has_own_app(&bo).await;
        let error = enter(app, &op, OWN_APP, OWN_SECRET, "").await.unwrap_err();
        assert_eq!(error.field(), Some("app_id"));
        assert!(app.services.app().is_err());
    }
}

db_test! {
    async fn settings_that_name_a_businesss_app_do_not_make_it_everybodys(app: &TestApp, empty()) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.enter_own(&bo, &app.app_id(), &app.app_secret()).await.unwrap();
        let other = app.restarted_with_app();
        other.load_apps().await.unwrap();
        assert!(other.app_for(ada.tenant()).is_err(), "its owner could sign for everybody");
        assert_eq!(other.app_for(bo.tenant()).unwrap().owner.as_ref(), Some(bo.tenant()));
        let checks = setup::doctor(&other).await.unwrap();
        assert_eq!(checks[0].state, State::Wrong);
        assert!(checks[0].what.contains("a business entered as its own"), "{checks:?}");
        other.journal().close().await;
        let two = setup::save_own_app(&app.services, &ada.actor, &input(&app.app_id(), &app.app_secret())).await;
        assert_eq!(code(two), "setup.app_taken");
    }
}
