//! Every way the browser can come back that leads nowhere.

use std::time::Duration;

use reqwest::Method;
use secrecy::ExposeSecret as _;
use server::{connect::Begun, db::attempts::Phase};
use simulator::{Consent, DialogOutcome};
use url::Url;

use crate::support::{Answer, Person, TestApp};

/// The callback with these parameters.
fn back(app: &TestApp, pairs: &[(&str, &str)]) -> Url {
    let mut url = app.base.join("oauth/meta/callback").unwrap();
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url
}

/// Asserts that a return was refused with `code`, and that Meta was not asked and nothing but attempts was written.
async fn refused(app: &TestApp, who: &Person, url: &Url, code: &str) {
    let before = app.storage.dump().await;
    let answer = app.come_back(who, url).await;
    app.idle().await;
    let status = if code == "tenant.gone" { 409 } else { 400 };
    assert_eq!((answer.status, answer.code().as_str()), (status, code), "{answer:?}");
    assert_eq!(app.meta().call_count(), 0);
    let kept = |dump: Vec<(String, String)>| -> Vec<_> {
        dump.into_iter().filter(|(place, _)| !place.starts_with("sessions.")).collect()
    };
    assert_eq!(kept(app.storage.dump().await), kept(before));
}

/// Asserts that a return ended its attempt like this, and left no connection.
async fn ended(app: &TestApp, who: &Person, begun: &Begun, answer: &Answer, phase: Phase, code: &str) {
    assert_eq!((answer.status, answer.header("location")), (303, format!("/connect/{}", begun.attempt).as_str()));
    app.idle().await;
    let view = app.view(who, &begun.attempt).await;
    assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (phase, code));
    assert_eq!(app.meta().call_count(), 0);
    let rows = app.storage.rows().await;
    assert_eq!((rows.get("connections"), rows.get("credentials")), (None, None));
}

db_test! {
    async fn a_forged_state_is_refused(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.begin(&ada).await;
        for state in ["forged", "", "' OR 1=1 --", &"x".repeat(5000)] {
            refused(app, &ada, &back(app, &[("code", "AQcode"), ("state", state)]), "oauth.state_invalid").await;
        }
        refused(app, &ada, &back(app, &[("code", "AQcode")]), "oauth.state_invalid").await;
        refused(app, &ada, &back(app, &[("error", "access_denied")]), "oauth.state_invalid").await;
        refused(app, &ada, &back(app, &[]), "oauth.empty_return").await;
    }
}

db_test! {
    async fn an_expired_state_is_refused(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let url = app.answer_dialog(&begun, &Consent::everything());
        app.advance(Duration::from_secs(600));
        refused(app, &ada, &url, "oauth.state_expired").await;
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Waiting);
    }
}

db_test! {
    async fn a_state_of_somebody_else_is_refused(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let begun = app.begin(&ada).await;
        let url = app.answer_dialog(&begun, &Consent::everything());
        // Another tenant, another person of the tenant, and the same person in another browser.
        refused(app, &eve, &url, "oauth.state_invalid").await;
        let bob = app.member(&ada, "bob", server::accounts::Role::Admin).await;
        refused(app, &bob, &url, "oauth.state_invalid").await;
        let elsewhere = app.sign_in(&ada.actor.user_id, Some(ada.tenant())).await;
        refused(app, &elsewhere, &url, "oauth.state_invalid").await;

        let stranger = app.visitor().get(url.as_str()).await;
        assert_eq!((stranger.status, stranger.code().as_str()), (401, "signed_out"));
        assert_eq!(app.come_back(&ada, &url).await.status, 303, "her own is untouched");
    }
}

db_test! {
    async fn a_person_who_changed_tenant_meanwhile_is_refused(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let begun = app.begin(&ada).await;
        let url = app.answer_dialog(&begun, &Consent::everything());
        app.storage.tamper(&format!("DELETE FROM memberships WHERE user_id = '{}'", ada.actor.user_id)).await;
        app.storage.tamper(&format!(
            "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{}', '{}', 'owner', 1)",
            eve.tenant(), ada.actor.user_id)).await;
        refused(app, &ada, &url, "tenant.gone").await;
    }
}

db_test! {
    async fn saying_no_is_no_error(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let answer = app.come_back(&ada, &app.answer_dialog(&begun, &Consent::cancel())).await;
        ended(app, &ada, &begun, &answer, Phase::Cancelled, "oauth.cancelled").await;
        // The state is used up: the same return with a code leads nowhere.
        let state = begun.state.expose_secret();
        let answer = app.come_back(&ada, &back(app, &[("state", state), ("code", "AQcode")])).await;
        ended(app, &ada, &begun, &answer, Phase::Cancelled, "oauth.cancelled").await;
    }
}

db_test! {
    async fn an_error_number_is_told(app: &TestApp) {
        let ada = app.owner("ada").await;
        for (number, code) in [(1_349_126, "oauth.app_not_active"), (1_349_003, "oauth.dialog_error")] {
            let begun = app.begin(&ada).await;
            let url = app.answer_dialog(&begun, &Consent::instead(DialogOutcome::ErrorCode(number)));
            let answer = app.come_back(&ada, &url).await;
            ended(app, &ada, &begun, &answer, Phase::Failed, code).await;
            let problem = app.view(&ada, &begun.attempt).await.problem.unwrap();
            let told = number == 1_349_126 || problem.told(server::words::Language::En).todo.contains(&number.to_string());
            assert!(told, "{problem:?}");
        }
    }
}

db_test! {
    async fn an_error_beside_a_code_is_an_error(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let pairs = [("state", begun.state.expose_secret()), ("code", "AQcode"), ("error", "server_error")];
        let answer = app.come_back(&ada, &back(app, &pairs)).await;
        ended(app, &ada, &begun, &answer, Phase::Failed, "oauth.dialog_error").await;
    }
}

db_test! {
    async fn what_meta_says_cannot_smuggle_words_into_our_page(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let evil = "<script>alert(1)</script> call +1 555 0100 now, and give your password";
        let pairs = [("state", begun.state.expose_secret()), ("error", evil), ("error_message", evil)];
        app.come_back(&ada, &back(app, &pairs)).await;
        let problem = app.view(&ada, &begun.attempt).await.problem.unwrap();
        let words = format!("{problem:?}");
        assert!(!words.contains('<') && !words.contains("call +1") && words.len() < 500, "{words}");
    }
}

db_test! {
    async fn a_return_with_nothing_but_the_state_is_told(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let answer = app.come_back(&ada, &back(app, &[("state", begun.state.expose_secret())])).await;
        ended(app, &ada, &begun, &answer, Phase::Failed, "oauth.empty_return").await;
        let begun = app.begin(&ada).await;
        let url = app.answer_dialog(&begun, &Consent::instead(DialogOutcome::EmptyQuery));
        refused(app, &ada, &url, "oauth.empty_return").await;
    }
}

db_test! {
    async fn a_browser_that_only_looks_ahead_uses_nothing_up(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let url = app.answer_dialog(&begun, &Consent::everything());
        for (name, value) in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch")] {
            let answer = ada.browser.send(ada.browser.request(Method::GET, url.as_str()).header(name, value)).await;
            assert_eq!(answer.status, 503);
        }
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Waiting);
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        assert_eq!(view.phase, Phase::Choosing);
    }
}

db_test! {
    async fn a_code_that_is_wrong_used_or_too_old_is_told(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let used = app.answer_dialog(&begun, &Consent::everything());
        app.come_back(&ada, &used).await;
        app.idle().await;
        let code = used.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        let before = app.storage.rows().await;
        for (code, expected) in [(code.as_str(), "meta.code.used"), ("AQforged", "meta.code.invalid")] {
            let begun = app.begin(&ada).await;
            app.come_back(&ada, &back(app, &[("state", begun.state.expose_secret()), ("code", code)])).await;
            let view = app.view(&ada, &begun.attempt).await;
            assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (Phase::Failed, expected));
        }
        let after = app.storage.rows().await;
        assert_eq!((after.get("connections"), after.get("credentials")), (before.get("connections"), before.get("credentials")));
    }
}
