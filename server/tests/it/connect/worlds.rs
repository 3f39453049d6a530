//! What is found in each world.

use std::time::Duration;

use server::{
    connect::{self, AttemptView, Permissions, Ungranted, status},
    db::attempts::Phase,
    words::Language,
};
use simulator::{Consent, ErrorPage, Fault, World};

use crate::support::{Setup, TestApp, describe, usable};

db_test! {
    async fn a_person_without_assets_finds_nothing_and_that_is_no_error(app: &TestApp, Setup::world(World::empty())) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        insta::assert_snapshot!("empty", describe::attempt(&view));
    }
}

db_test! {
    async fn what_was_declined_is_told(app: &TestApp, Setup::world(World::declined())) {
        let ada = app.owner("ada").await;
        let declined = ["pages_messaging", "instagram_basic", "instagram_manage_messages", "business_management"];
        let view = app.discovered_with(&ada, &Consent::everything().declining(declined)).await;
        insta::assert_snapshot!("declined", describe::attempt(&view));
        let permissions: Permissions =
            serde_json::from_str(&view.connection.unwrap().permissions).unwrap();
        assert_eq!(permissions.missing.len(), 4, "{permissions:?}");
        assert!(permissions.missing.iter().all(|name| permissions.became[name] == Ungranted::Declined), "{permissions:?}");
    }
}

/// A configuration that asks for everything but one permission.
fn with_less(less: &'static str) -> Setup {
    let mut setup = Setup { config_id: Some("700100000000001"), ..Setup::default() };
    let configurations = &mut setup.world.app.configurations;
    let used = configurations.iter_mut().find(|one| one.id == "700100000000001").unwrap();
    used.permissions.retain(|name| name != less);
    setup
}

/// The permissions that are kept of the connection now.
async fn kept(app: &TestApp, view: &AttemptView) -> Permissions {
    let id = &view.connection.as_ref().unwrap().id;
    let permissions = app.see(&format!("SELECT permissions FROM connections WHERE id = '{id}'")).await;
    serde_json::from_str(&permissions[0]).unwrap()
}

db_test! {
    async fn what_meta_did_not_ask_for_is_told_apart_and_stays_known(app: &TestApp, with_less("ads_read")) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let permissions = kept(app, &view).await;
        assert!(permissions.missing.contains(&"ads_read".to_owned()), "{permissions:?}");
        assert_eq!(permissions.became.get("ads_read"), Some(&Ungranted::NotAsked));
        app.choose(&ada, &view, &["110220330440551"]).await;
        connect::check_connection(&app.services, &ada.actor, &view.connection.as_ref().unwrap().id).await.unwrap();
        assert_eq!(kept(app, &view).await, permissions, "a test does not forget it");
    }
}

db_test! {
    async fn a_connect_goes_on_without_knowing_what_became_of_the_permissions(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let fault = app.meta().set_fault(Fault::error("permissions", 500, 2));
        let view = app.discovered_with(&ada, &Consent::everything().declining(["ads_read"])).await;
        app.meta().remove_fault(fault);
        assert_eq!(view.phase, Phase::Choosing);
        let permissions = kept(app, &view).await;
        assert!(permissions.missing.contains(&"ads_read".to_owned()) && permissions.became.is_empty(), "{permissions:?}");
        // Nothing is asked where nothing is missing.
        app.meta().clear_requests();
        app.discovered_with(&app.owner("eve").await, &Consent::everything().by("10215550001110002")).await;
        assert!(app.meta().requests().iter().all(|request| !request.path.ends_with("/me/permissions")));
    }
}

db_test! {
    async fn an_app_in_development_shows_strangers_nothing(app: &TestApp, Setup::world(World::dev_mode())) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let page = app.meta().approve(begun.dialog_url.as_str(), &Consent::everything());
        assert_eq!(page.unwrap_err(), ErrorPage::AppNotSetUp, "the browser never comes back");
        // The second person has a role on the app.
        let view = app.finished(&ada, &begun, &Consent::everything().by("10215550001110002")).await;
        assert_eq!(view.phase, Phase::Choosing);
    }
}

fn development_with_configuration() -> Setup {
    Setup { config_id: Some("700100000000001"), ..Setup::world(World::dev_mode()) }
}

db_test! {
    async fn an_app_in_development_looks_like_a_cancel(app: &TestApp, development_with_configuration()) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        assert_eq!(view.phase, Phase::Cancelled);
        let why = view.problem.unwrap();
        assert_eq!(why.code, "oauth.cancelled");
        let told = why.told(Language::En);
        assert!(told.why.contains("development"), "{told:?}");
    }
}

db_test! {
    async fn an_agency_is_read_in_few_calls(app: &TestApp, Setup::world(World::agency())) {
        // With some latency, requests that can run together do.
        app.meta().set_latency(Duration::from_millis(25));
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let back = app.answer_dialog(&begun, &Consent::everything());
        app.come_back(&ada, &back).await;
        app.idle().await;
        let reads: Vec<_> = app.meta().requests().into_iter().filter(|request| request.method == "GET").collect();
        let view = app.view(&ada, &begun.attempt).await;
        insta::assert_snapshot!("agency", describe::tally(&view));
        assert!(reads.len() <= 40, "{} calls", reads.len());
    }
}

db_test! {
    async fn an_agency_connects_everything(app: &TestApp, Setup::world(World::agency())) {
        // One of its numbers is between two states at Meta, and is tried again later.
        app.expect_refusals();
        app.expect_jobs();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let all = usable(&view);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        app.choose(&ada, &view, &all).await;
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Done);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("agency_overview", describe::ladders(&overview));
    }
}
