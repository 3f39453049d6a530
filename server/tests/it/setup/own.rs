//! An owner enters the business's own Meta app, connects through it, changes its secret, and goes back.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use server::{
    accounts::Role,
    connect::{self, signup, signup::Way, status},
    db::attempts::Flow,
    error::Error,
    observe,
    setup::{self, AppInput, State},
};

use super::told;
use crate::support::{OWN_APP, OWN_SECRET, Person, Setup, TestApp, input};

const DOOR: &str = "/webhooks/meta/2093847561029384";
const NEW: &str = "1234567890abcdef1234567890abcdef";
const BODY: &str = r#"{"object":"page","entry":[{"id":"110220330440551","time":1780308000000,"messaging":[]}]}"#;
const DAY: Duration = Duration::from_secs(86_400);

async fn app_of(app: &TestApp, who: &Person) -> String {
    app.services.app_for(who.tenant()).unwrap().login.app.app_id.to_string()
}

async fn actions(app: &TestApp, who: &Person) -> Vec<String> {
    let entries = observe::list_audit(&app.services, &who.actor, &Default::default()).await.unwrap();
    entries.into_iter().map(|entry| entry.action).filter(|action| action.starts_with("meta_app.")).collect()
}

db_test! {
    async fn from_entering_to_a_first_message(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        let none = setup::own_view(&app.services, &bo.actor).await.unwrap();
        assert!(none.setup.app.is_none() && none.setup.checks.is_empty() && none.installation_has_app);
        assert!(!none.setup.values.iter().any(|value| value.text.contains("/webhooks/")), "the App ID is not known yet");

        app.has_own_app(&bo).await;
        assert_eq!((app_of(app, &bo).await.as_str(), app_of(app, &ada).await), (OWN_APP, app.app_id()));
        let view = setup::own_view(&app.services, &bo.actor).await.unwrap();
        let value = |name: &str| view.setup.values.iter().find(|value| value.name == name).unwrap().text.clone();
        let at = |path: &str| app.base.join(path).unwrap().to_string();
        assert_eq!(value("callback"), at(DOOR));
        assert_eq!(value("deauthorize"), at(&format!("/meta/deauthorize/{OWN_APP}")));
        assert_eq!(value("data-deletion"), at(&format!("/meta/data-deletion/{OWN_APP}")));
        assert_eq!(value("redirect-uri"), at("/oauth/meta/callback"));
        insta::assert_snapshot!("own_app", told(app, &view.setup.checks));

        app.connected(&bo).await;
        let overview = status::overview(&app.services, &bo.actor).await.unwrap();
        assert_eq!(overview.connections[0].connection.meta_app_id, OWN_APP);
        assert!(overview.unreached.is_none() && !overview.assets.is_empty());
        setup::check_own_app(&app.services, &bo.actor).await.unwrap();
        let view = setup::own_view(&app.services, &bo.actor).await.unwrap();
        let state = |name: &str| view.setup.checks.iter().find(|check| check.name == name).unwrap().state;
        for name in ["login.redirect_uri", "webhooks.subscriptions", "webhooks.handshake", "login.first_connection"] {
            assert_eq!(state(name), State::Proven, "{name}");
        }
        // Meta sends their app's events to their door, signed with their secret.
        let page = overview.assets.iter().find(|one| one.asset.kind == server::asset_kind::AssetKind::FacebookPage);
        let page = page.unwrap().asset.meta_id.clone();
        let customer = app.meta().world().customers[0].id.clone();
        app.meta().customer_does(&page, &customer, &simulator::Content::Text("Do you ship?".into())).unwrap();
        app.meta().deliver().await;
        server::ingest::drain(&app.services).await.unwrap();
        let seen = app.see("SELECT p.meta_app_id || ' ' || m.text FROM messages m JOIN delivery_parts p
            ON p.tenant_id = m.tenant_id WHERE p.outcome = 'applied' AND p.summary LIKE '%message%'").await;
        assert_eq!(seen, [format!("{OWN_APP} Do you ship?")]);
        assert_eq!(actions(app, &bo).await, ["meta_app.entered"]);
    }
}

db_test! {
    async fn only_owners_and_admins_have_to_do_with_it(app: &TestApp) {
        let bo = app.owner("bo").await;
        let (agent, admin) = (app.member(&bo, "al", Role::Agent).await, app.member(&bo, "ann", Role::Admin).await);
        let op = app.operator().await;
        app.has_own_app(&admin).await;
        for who in [&agent, &op] {
            let (services, actor) = (&app.services, &who.actor);
            let refused = [
                setup::own_view(services, actor).await.err(),
                app.enter_own(who, OWN_APP, OWN_SECRET).await.err(),
                setup::check_own_app(services, actor).await.err(),
                setup::subscribe_own_webhooks(services, actor).await.err(),
                setup::end_own_overlap(services, actor).await.err(),
                setup::show_own_verify_token(services, actor).await.err(),
                setup::own_review_kit(services, actor).await.err(),
                setup::remove_own_app(services, actor).await.err(),
            ];
            assert!(refused.iter().all(|error| matches!(error, Some(Error::Forbidden(_)))), "{refused:?}");
        }
        assert_eq!(app_of(app, &bo).await, OWN_APP);
        // The operator's page is about the installation's app, with no word of theirs.
        let page = format!("{:?}", setup::view(&app.services, &op.actor).await.unwrap());
        assert!(!page.contains(OWN_APP), "{page}");
    }
}

db_test! {
    async fn what_the_settings_say_of_the_installations_app_is_none_of_theirs(app: &TestApp, Setup {
        config_id: Some("700100000000001"),
        whatsapp_config_id: Some("700100000000002"),
        verify_token: Some("canary-token-of-the-operator"),
        ..Setup::default()
    }) {
        let bo = app.owner("bo").await;
        app.has_own_app(&bo).await;
        let token = setup::show_own_verify_token(&app.services, &bo.actor).await.unwrap();
        assert_eq!(token.expose_secret().len(), 64);
        let card = setup::own_view(&app.services, &bo.actor).await.unwrap().setup.app.unwrap();
        assert_eq!((card.config_id, card.whatsapp_config_id, card.configuration_set), (None, None, false));
        let begun = connect::begin(&app.services, &bo.actor, &bo.session, Flow::Redirect, None).await.unwrap();
        let asked = begun.dialog_url.query().unwrap().to_owned();
        assert!(asked.contains(OWN_APP) && !asked.contains("config_id"), "{asked}");
        let refused = signup::begin_signup(&app.services, &bo.actor, &bo.session, Flow::Redirect, Way::CloudApi).await;
        assert_eq!(refused.unwrap_err().explain().code, "signup.not_set_up");
        assert_eq!(actions(app, &bo).await, ["meta_app.verify_token_shown", "meta_app.entered"]);
    }
}

db_test! {
    async fn embedded_signup_is_opened_with_the_apps_own_configuration(app: &TestApp) {
        let bo = app.owner("bo").await;
        app.has_own_app(&bo).await;
        let with = |login: &str, whatsapp: &str| AppInput {
            config_id: login.into(),
            whatsapp_config_id: whatsapp.into(),
            ..input(OWN_APP, "")
        };
        for (wrong, said) in [("signup", "digits"), (OWN_APP, "the App ID"), ("700100000000001", "same configuration")] {
            let outcome = setup::save_own_app(&app.services, &bo.actor, &with("700100000000001", wrong)).await;
            let error = outcome.unwrap_err();
            assert_eq!(error.field(), Some("whatsapp_config_id"));
            let what = error.explain().told(server::words::Language::En).what;
            assert!(what.contains(said), "{what}");
        }
        setup::save_own_app(&app.services, &bo.actor, &with("700100000000001", "700100000000002")).await.unwrap();
        let begun = signup::begin_signup(&app.services, &bo.actor, &bo.session, Flow::Redirect, Way::CloudApi).await;
        let asked = begun.unwrap().dialog_url.query().unwrap().to_owned();
        assert!(asked.contains(OWN_APP) && asked.contains("config_id=700100000000002"), "{asked}");
        assert_eq!(actions(app, &bo).await, ["meta_app.configured", "meta_app.entered"]);
    }
}

db_test! {
    async fn two_secrets_count_for_a_week_or_until_somebody_ends_it(app: &TestApp) {
        let bo = app.owner("bo").await;
        app.has_own_app(&bo).await;
        let rotate = |secret: &'static str| {
            app.meta().edit_world(|world| world.other_apps[0].secret = secret.into()).unwrap();
        };
        rotate(NEW);
        app.enter_own(&bo, OWN_APP, NEW).await.unwrap();
        for secret in [OWN_SECRET, NEW] {
            assert_eq!(app.deliver_signed(DOOR, secret, BODY).await.status, 200);
        }
        app.advance(7 * DAY);
        assert_eq!(app.deliver_signed(DOOR, OWN_SECRET, BODY).await.status, 403);
        assert_eq!(app.deliver_signed(DOOR, NEW, BODY).await.status, 200);
        server::sweep(&app.services).await.unwrap();
        let sealed = app.see("SELECT name FROM installation_secrets WHERE name LIKE 'tenant/%' ORDER BY 1").await;
        assert_eq!(sealed.len(), 2, "secret and verify token: {sealed:?}");
        rotate(OWN_SECRET);
        app.enter_own(&bo, OWN_APP, OWN_SECRET).await.unwrap();
        assert_eq!(app.deliver_signed(DOOR, NEW, BODY).await.status, 200);
        setup::end_own_overlap(&app.services, &bo.actor).await.unwrap();
        assert_eq!(app.deliver_signed(DOOR, NEW, BODY).await.status, 403);
        assert_eq!(app.deliver_signed(DOOR, OWN_SECRET, BODY).await.status, 200);
        let done = ["meta_app.overlap_ended", "meta_app.secret_changed", "meta_app.secret_changed", "meta_app.entered"];
        assert_eq!(actions(app, &bo).await, done);
        let stored = app.storage.dump().await;
        assert!(stored.iter().all(|(_, value)| !value.contains(NEW) && !value.contains(OWN_SECRET)));
    }
}

db_test! {
    async fn connections_go_on_after_going_back_and_then_the_app_is_forgotten(app: &TestApp) {
        let bo = app.owner("bo").await;
        app.has_own_app(&bo).await;
        let connection = app.connected(&bo).await.connection.unwrap();
        setup::remove_own_app(&app.services, &bo.actor).await.unwrap();
        assert_eq!(app_of(app, &bo).await, app.app_id());
        let view = setup::own_view(&app.services, &bo.actor).await.unwrap();
        assert_eq!((view.former.len(), view.former[0].1, view.setup.app), (1, 1, None));
        assert_eq!(view.former[0].0.as_str(), OWN_APP);
        let report = connect::check_connection(&app.services, &bo.actor, &connection.id).await.unwrap();
        assert!(report.problem.is_none() && report.proven > 0, "{report:?}");
        assert_eq!(app.deliver_signed(DOOR, OWN_SECRET, BODY).await.status, 200);
        server::sweep(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!(app.deliver_signed(DOOR, OWN_SECRET, BODY).await.status, 200, "it is still needed");
        let again = setup::remove_own_app(&app.services, &bo.actor).await.unwrap_err();
        assert_eq!(again.explain().code, "setup.no_own_app");

        app.disconnect(&bo, &connection.id).await;
        server::sweep(&app.services).await.unwrap();
        app.idle().await;
        // As every process does that hears of a change.
        app.services.load_apps().await.unwrap();
        assert!(app.see("SELECT app_id FROM meta_apps").await.is_empty());
        assert!(app.see("SELECT name FROM installation_secrets WHERE name LIKE 'tenant/%'").await.is_empty());
        assert_eq!(app.deliver_signed(DOOR, OWN_SECRET, BODY).await.status, 404);
        assert_eq!(actions(app, &bo).await, ["meta_app.removed", "meta_app.entered"]);
    }
}

db_test! {
    async fn a_secret_that_is_lost_stops_connecting_until_it_is_entered_again(app: &TestApp) {
        let bo = app.owner("bo").await;
        app.has_own_app(&bo).await;
        let other = app.restarted_with("k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        other.load_apps().await.unwrap();
        let refused = other.app_for(bo.tenant()).unwrap_err();
        assert_eq!(refused.explain().code, "setup.own_unreadable", "not the installation's in its place");
        connect::give_up_keys(&other).await.unwrap();
        other.load_apps().await.unwrap();
        assert!(setup::own_view(&other, &bo.actor).await.unwrap().unreadable);
        setup::save_own_app(&other, &bo.actor, &input(OWN_APP, OWN_SECRET)).await.unwrap();
        assert_eq!(other.app_for(bo.tenant()).unwrap().login.app.app_id.as_str(), OWN_APP);
        other.journal().close().await;
    }
}

db_test! {
    async fn the_doctor_counts_businesses_whose_app_has_a_problem(app: &TestApp) {
        app.expect_refusals();
        let own = |checks: &[setup::Check]| checks.iter().find(|check| check.name == "own_apps.checks").cloned();
        assert_eq!(own(&setup::doctor(&app.services).await.unwrap()), None);
        let bo = app.owner("bo").await;
        app.has_own_app(&bo).await;
        app.meta().edit_world(|world| {
            world.other_apps[0].deauthorize_callback_url =
                Some(format!("{}meta/deauthorize/{OWN_APP}", app.base));
        }).unwrap();
        let check = own(&setup::doctor(&app.services).await.unwrap()).unwrap();
        assert_eq!((check.state, check.what.as_str()), (State::Proven, "1 business has a Meta app of their own"));
        app.meta().edit_world(|world| world.other_apps[0].secret = NEW.into()).unwrap();
        let check = own(&setup::doctor(&app.services).await.unwrap()).unwrap();
        assert_eq!(check.state, State::Waiting, "it is not the installation's fault");
        assert!(check.why.contains("bo's business") && check.why.contains("does not belong to the App ID"), "{check:?}");
        assert!(!format!("{check:?}").contains(OWN_SECRET));
    }
}
