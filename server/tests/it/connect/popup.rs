//! The JavaScript SDK's popup, and configurations with their kinds of token.

use std::time::Duration;

use secrecy::SecretString;
use server::{
    connect::{self, Begun, PopupOutcome, status},
    db::{
        attempts::{Flow, Phase},
        credentials::{self, CredentialKind},
    },
    error::Error,
    ids::AttemptId,
};
use simulator::{CodeFlow, World};
use url::Url;

use crate::support::{Person, Setup, TestApp, describe};

const LUCIA: &str = "10215550001110001";

fn configured(config_id: &'static str) -> Setup {
    Setup { config_id: Some(config_id), ..Setup::world(World::corner_shop()) }
}

async fn begin(app: &TestApp, who: &Person) -> Begun {
    connect::begin(&app.services, &who.actor, &who.session, Flow::Popup, None).await.unwrap()
}

fn page(app: &TestApp) -> Url {
    app.base.join("connect").unwrap()
}

async fn exchange(app: &TestApp, who: &Person, begun: &Begun, code: &str) -> server::error::Result<AttemptId> {
    let code = SecretString::from(code.to_owned());
    let page = page(app);
    let done = connect::exchange_popup_code(&app.services, &who.actor, &who.session, &begun.state, &code, &page).await;
    app.idle().await;
    done
}

db_test! {
    async fn a_popup_with_a_configuration_connects(app: &TestApp, configured("700100000000001")) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let flow = CodeFlow::Popup { config_id: "700100000000001".into(), page: page(app).into() };
        let code = app.meta().mint_code(LUCIA, &flow).unwrap();
        assert_eq!(exchange(app, &ada, &begun, &code).await.unwrap(), begun.attempt);
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.assets.len()), (Phase::Choosing, 6));
        let calls = app.meta().call_count();
        assert_eq!(exchange(app, &ada, &begun, &code).await.unwrap(), begun.attempt, "a second call does nothing");
        assert_eq!(app.meta().call_count(), calls);
    }
}

db_test! {
    async fn a_classic_popup_connects(app: &TestApp) {
        // Meta refuses the first of the addresses that the code may be bound to.
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let scope = "pages_show_list,pages_messaging,pages_manage_metadata".to_owned();
        let code = app.meta().mint_code(LUCIA, &CodeFlow::ClassicPopup { scope, page: page(app).into() }).unwrap();
        exchange(app, &ada, &begun, &code).await.unwrap();
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Choosing);
    }
}

db_test! {
    async fn a_code_that_came_too_late_says_so(app: &TestApp, configured("700100000000001")) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let flow = CodeFlow::Popup { config_id: "700100000000001".into(), page: page(app).into() };
        let code = app.meta().mint_code(LUCIA, &flow).unwrap();
        app.advance(Duration::from_secs(31));
        exchange(app, &ada, &begun, &code).await.unwrap();
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (Phase::Failed, "meta.code.expired"));
        assert_eq!(app.storage.rows().await.get("credentials"), None);
    }
}

db_test! {
    async fn a_page_that_is_not_ours_is_refused_before_the_code_is_used(app: &TestApp, configured("700100000000001")) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let code = SecretString::from("AQcode".to_owned());
        for page in ["https://evil.example/connect", "http://127.0.0.1:1/connect"] {
            let page = page.parse().unwrap();
            let refused = connect::exchange_popup_code(
                &app.services, &ada.actor, &ada.session, &begun.state, &code, &page).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "page_url", .. })), "{refused:?}");
        }
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Waiting);
        assert_eq!(app.meta().call_count(), 0);
    }
}

db_test! {
    async fn a_popup_that_was_closed_is_a_cancel_and_its_state_is_over(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let report = |outcome| connect::report_popup(&app.services, &ada.actor, &ada.session, &begun.attempt, outcome);
        assert!(report(PopupOutcome::Cancelled).await.unwrap());
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (Phase::Cancelled, "oauth.cancelled"));
        exchange(app, &ada, &begun, "AQcode").await.unwrap();
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Cancelled);
        assert_eq!(app.meta().call_count(), 0);
    }
}

db_test! {
    async fn a_popup_that_was_cut_off_is_over_and_says_why(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let report = |outcome| connect::report_popup(&app.services, &ada.actor, &ada.session, &begun.attempt, outcome);
        assert!(report(PopupOutcome::Unavailable).await.unwrap(), "the page begins again by redirect");
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.flow, view.problem.unwrap().code.as_ref()), (Phase::Cancelled, Flow::Popup, "oauth.popup_cut_off"));
        assert!(!report(PopupOutcome::Unavailable).await.unwrap(), "it is over already");
    }
}

db_test! {
    async fn a_cancel_that_comes_after_the_code_changes_nothing(app: &TestApp, configured("700100000000001")) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let flow = CodeFlow::Popup { config_id: "700100000000001".into(), page: page(app).into() };
        let code = app.meta().mint_code(LUCIA, &flow).unwrap();
        exchange(app, &ada, &begun, &code).await.unwrap();
        let outcome = PopupOutcome::Unavailable;
        let ended = connect::report_popup(&app.services, &ada.actor, &ada.session, &begun.attempt, outcome).await.unwrap();
        assert!(!ended, "the page shows what the code brought");
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Choosing);
    }
}

db_test! {
    async fn a_system_user_connects_for_good(app: &TestApp, configured("700100000000003")) {
        let ada = app.owner("ada").await;
        let view = app.connected(&ada).await;
        let connection = view.connection.as_ref().unwrap();
        assert_eq!((connection.token_kind, connection.expires_at), (CredentialKind::SystemUser, None));
        let main = credentials::find_main(app.services.db(), ada.tenant(), &connection.id).await.unwrap().unwrap();
        assert_eq!(main.kind, CredentialKind::SystemUser);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("system_user_overview", describe::overview(&overview));
    }
}

db_test! {
    async fn embedded_signup_brings_whatsapp_alone(app: &TestApp, configured("700100000000002")) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let flow = CodeFlow::Popup { config_id: "700100000000002".into(), page: page(app).into() };
        let code = app.meta().mint_code(LUCIA, &flow).unwrap();
        exchange(app, &ada, &begun, &code).await.unwrap();
        let view = app.view(&ada, &begun.attempt).await;
        insta::assert_snapshot!("embedded_signup", describe::attempt(&view));
    }
}
