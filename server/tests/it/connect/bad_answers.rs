//! Meta answering badly while somebody connects: each time a clear explanation, and nothing half-saved.

use std::time::Duration;

use server::{
    connect,
    db::{attempts::Phase, connections::ConnectionStatus},
    words::Language,
};
use simulator::{Consent, Effect, Fault, Revocation, World};

use crate::support::{Person, Setup, TestApp};

fn impatient() -> Setup {
    Setup { timeout: Duration::from_secs(2), ..Setup::world(World::corner_shop()) }
}

/// What a connection that breaks off looks like: it depends on how much of the answer was under way.
const BROKE_OFF: &str = "meta.answer.truncated meta.unreachable.interrupted";

/// Connects while `fault` strikes, and asserts that the attempt failed with `code`, or one of several.
async fn fails(app: &TestApp, who: &Person, fault: Fault, code: &str) {
    app.expect_refusals();
    let fault_id = app.meta().set_fault(fault.clone());
    let begun = app.begin(who).await;
    let view = app.finished(who, &begun, &Consent::everything()).await;
    app.meta().remove_fault(fault_id);
    let problem = view.problem.unwrap_or_else(|| panic!("{fault:?} led to {:?}", view.phase));
    assert_eq!(view.phase, Phase::Failed, "{fault:?}");
    assert!(code.split(' ').any(|code| problem.code == code), "{fault:?} led to {}, not to {code}", problem.code);
    let told = problem.told(Language::En);
    for words in [&told.what, &told.why, &told.todo] {
        assert!(!words.is_empty(), "{problem:?}");
    }
}

/// Asserts that no grant, token, asset or route was kept.
async fn nothing_kept(app: &TestApp) {
    let rows = app.storage.rows().await;
    for table in ["connections", "credentials", "assets", "routes", "connection_log"] {
        assert_eq!(rows.get(table), None, "{table}");
    }
}

db_test! {
    async fn a_code_that_cannot_be_exchanged_leaves_nothing(app: &TestApp, impatient()) {
        let ada = app.owner("ada").await;
        let exchange = |effect| Fault::new(effect).on_edge("access_token");
        let body = |body: &str| Effect::Body { status: 200, body: body.into() };
        fails(app, &ada, exchange(Effect::Html { status: 200 }), "meta.answer.not_data").await;
        fails(app, &ada, exchange(Effect::Html { status: 502 }), "meta.busy").await;
        fails(app, &ada, exchange(Effect::HalfBody), BROKE_OFF).await;
        fails(app, &ada, exchange(Effect::Reset), BROKE_OFF).await;
        fails(app, &ada, exchange(Effect::Hang), "meta.unreachable.timeout").await;
        fails(app, &ada, exchange(body("{}")), "meta.code.no_token").await;
        fails(app, &ada, exchange(body("[]")), "meta.answer.wrong_type").await;
        fails(app, &ada, exchange(body("")), "meta.answer.not_data").await;
        fails(app, &ada, Fault::error("access_token", 400, 101), "meta.config.app_id").await;
        fails(app, &ada, Fault::error("access_token", 400, 4), "meta.limit.app").await;
        nothing_kept(app).await;
    }
}

db_test! {
    async fn a_token_that_cannot_be_verified_is_not_kept(app: &TestApp) {
        let ada = app.owner("ada").await;
        // Tokens are asked about in a batch, so that they are in no address.
        let debug = |effect| Fault::new(effect).on_path("/").on_method("POST");
        let says = |data: &str| {
            let answer = serde_json::json!([{"code": 200, "body": format!("{{\"data\":{data}}}")}]);
            debug(Effect::Body { status: 200, body: answer.to_string() })
        };
        fails(app, &ada, debug(Effect::Html { status: 500 }), "meta.busy").await;
        fails(app, &ada, debug(Effect::Body { status: 200, body: "[null]".into() }), "meta.busy").await;
        fails(app, &ada, says("{}"), "meta.answer.wrong_type").await;
        let other_app = r#"{"app_id":"42","type":"USER","is_valid":true,"user_id":"1","scopes":[]}"#;
        fails(app, &ada, says(other_app), "connect.token_of_other_app").await;
        let invalid = r#"{"app_id":"1029384756102938","type":"USER","is_valid":false,"user_id":"1","scopes":[]}"#;
        fails(app, &ada, says(invalid), "connect.token_invalid").await;
        fails(app, &ada, Fault::new(Effect::Html { status: 500 }).on_path("/me"), "meta.busy").await;
        nothing_kept(app).await;
    }
}

db_test! {
    async fn a_token_that_cannot_be_lengthened_is_not_kept(app: &TestApp, impatient()) {
        let ada = app.owner("ada").await;
        // The code is exchanged, and its token is not.
        let lengthening = |effect| Fault::new(effect).on_edge("access_token").after(1);
        let body = |body: &str| Effect::Body { status: 200, body: body.into() };
        fails(app, &ada, lengthening(Effect::Html { status: 502 }), "meta.busy").await;
        fails(app, &ada, lengthening(Effect::HalfBody), BROKE_OFF).await;
        fails(app, &ada, lengthening(Effect::Hang), "meta.unreachable.timeout").await;
        fails(app, &ada, lengthening(body("{}")), "meta.code.no_token").await;
        fails(app, &ada, lengthening(body("[]")), "meta.answer.wrong_type").await;
        fails(app, &ada, Fault::error("access_token", 400, 4).after(1), "meta.limit.app").await;
        nothing_kept(app).await;
        assert_eq!(app.storage.texts("SELECT DISTINCT phase FROM connect_attempts").await, ["failed"]);
    }
}

db_test! {
    async fn a_token_that_dies_before_it_is_lengthened_is_not_kept(app: &TestApp) {
        let ada = app.owner("ada").await;
        let dies = Effect::Revoke(Revocation::PasswordChanged);
        let dies = Fault::new(dies).on_edge("access_token").after(1).times(1);
        fails(app, &ada, dies, "meta.token.password_changed").await;
        nothing_kept(app).await;
    }
}

db_test! {
    async fn a_token_that_dies_once_it_is_lengthened_is_not_kept(app: &TestApp) {
        let ada = app.owner("ada").await;
        let dies = Fault::new(Effect::Revoke(Revocation::PasswordChanged)).on_path("/me").times(1);
        fails(app, &ada, dies, "meta.token.password_changed").await;
        nothing_kept(app).await;
    }
}

db_test! {
    async fn a_token_that_dies_while_assets_are_read_leaves_no_connection(app: &TestApp) {
        let ada = app.owner("ada").await;
        let dies = Fault::new(Effect::Revoke(Revocation::PasswordChanged)).on_path("/me/businesses").times(1);
        fails(app, &ada, dies, "meta.token.password_changed").await;
        let rows = app.storage.rows().await;
        for table in ["credentials", "assets", "routes"] {
            assert_eq!(rows.get(table), None, "{table}");
        }
        let status = app.storage.texts("SELECT status FROM connections").await;
        assert_eq!(status, ["disconnected"]);
        let overview = connect::status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(overview.connections.is_empty());
    }
}

db_test! {
    async fn a_token_that_dies_while_a_standing_connection_is_read_again_leaves_what_was_chosen(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let dies = Fault::new(Effect::Revoke(Revocation::PasswordChanged)).on_path("/me/businesses").times(1);
        fails(app, &ada, dies, "meta.token.password_changed").await;
        let overview = connect::status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!((overview.assets.len(), overview.connections[0].connection.status), (5, ConnectionStatus::Error));
        assert_eq!(overview.connections[0].connection.id, id);
    }
}

db_test! {
    async fn reading_that_failed_for_a_moment_can_be_repeated(app: &TestApp, impatient()) {
        let ada = app.owner("ada").await;
        for (effect, code) in [
            (Effect::Html { status: 200 }, "meta.answer.not_data"),
            (Effect::Html { status: 500 }, "meta.busy"),
            (Effect::HalfBody, BROKE_OFF),
            (Effect::Hang, "meta.unreachable.timeout"),
            (Effect::Reset, BROKE_OFF),
        ] {
            fails(app, &ada, Fault::new(effect).on_path("/me/*"), code).await;
            assert_eq!(app.storage.rows().await.get("assets"), None);
        }
        let attempt = app.storage.texts("SELECT id FROM connect_attempts ORDER BY id DESC").await.remove(0);
        let attempt = attempt.parse().unwrap();
        connect::read_assets_again(&app.services, &ada.actor, &attempt).await.unwrap();
        app.idle().await;
        let view = app.view(&ada, &attempt).await;
        assert_eq!((view.phase, view.assets.len(), view.problem), (Phase::Choosing, 6, None));
        assert_eq!(app.storage.rows().await["connections"], 1, "all those tries are one grant");
    }
}

db_test! {
    async fn what_one_list_lacks_is_told_beside_the_rest(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let fault = app.meta().set_fault(Fault::error("adaccounts", 400, 200));
        let view = app.discovered(&ada).await;
        app.meta().remove_fault(fault);
        assert_eq!(view.phase, Phase::Choosing);
        let unread: Vec<_> = view.unread.iter().map(|unread| unread.what.as_str()).collect();
        assert_eq!(unread, ["your ad accounts"]);
        assert_eq!(view.assets.len(), 6, "the portfolio lists the ad account too");
    }
}

db_test! {
    async fn a_list_without_an_end_ends(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let _fault = app.meta().set_fault(Fault::new(Effect::EndlessPaging).on_path("/me/accounts"));
        let view = app.discovered(&ada).await;
        assert_eq!((view.phase, view.assets.len()), (Phase::Choosing, 6));
        let unread: Vec<_> = view.unread.iter().map(|unread| (unread.what.as_str(), unread.why.code.as_ref())).collect();
        assert_eq!(unread, [("your Pages", "meta.answer.endless")]);
    }
}

db_test! {
    async fn a_subscription_that_meta_refuses_is_told_on_its_asset(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let fault = Fault::error("subscribed_apps", 403, 200).on_method("POST");
        let _fault = app.meta().set_fault(fault);
        app.choose(&ada, &view, &["110220330440551", "190638523274551", "act_880770660550551"]).await;
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Done);
        let overview = connect::status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("refused_subscriptions", crate::support::describe::overview(&overview));
    }
}
