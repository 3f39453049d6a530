//! Another secret, another app: what was signed and granted before still counts.

use std::time::Duration;

use reqwest::Method;
use server::{connect, db::installation_secrets, setup, vault};
use simulator::World;

use super::{empty, enter, entered};
use crate::support::{Answer, TestApp, signed_by};

const BODY: &str = r#"{"object":"page","entry":[{"id":"110220330440551","time":1780308000000,"messaging":[]}]}"#;
const NEW: &str = "1234567890abcdef1234567890abcdef";
const AGAIN: &str = "abcdef1234567890abcdef1234567890";
const DAY: Duration = Duration::from_secs(86_400);

async fn deliver(app: &TestApp, path: &str, secret: &str) -> u16 {
    let request = app.caller().request(Method::POST, path).header("content-type", "application/json");
    let request = request.header("x-hub-signature-256", signed_by(secret, BODY.as_bytes())).body(BODY);
    let answer: Answer = app.caller().send(request).await;
    answer.status
}

db_test! {
    async fn two_secrets_count_for_seven_days(app: &TestApp, empty()) {
        let (op, old) = (app.operator().await, app.app_secret());
        entered(app, &op).await;
        let token = connect_token(app, &op);
        assert_eq!(deliver(app, "/webhooks/meta", NEW).await, 403);

        app.meta().edit_world(|world| world.app.secret = NEW.into()).unwrap();
        enter(app, &op, &app.app_id(), NEW, "").await.unwrap();
        for secret in [old.as_str(), NEW] {
            assert_eq!(deliver(app, "/webhooks/meta", secret).await, 200);
        }
        assert_eq!(connect_token(app, &op), token, "the verify token outlives the secret");
        let view = setup::view(&app.services, &op.actor).await.unwrap();
        assert_eq!(view.app.unwrap().former_until, Some(Some(app.clock.now().plus(7 * DAY))));
        app.advance(7 * DAY - Duration::from_secs(1));
        assert_eq!(deliver(app, "/webhooks/meta", &old).await, 200);
        app.advance(Duration::from_secs(1));
        assert_eq!(deliver(app, "/webhooks/meta", &old).await, 403);
        assert_eq!(deliver(app, "/webhooks/meta", NEW).await, 200);
        server::sweep(&app.services).await.unwrap();
        let names = installation_secrets::list(app.services.db()).await.unwrap();
        assert!(names.iter().all(|secret| !secret.name.ends_with("former-secret")), "{names:?}");
    }
}

fn connect_token(app: &TestApp, op: &crate::support::Person) -> String {
    use secrecy::ExposeSecret as _;
    setup::show_verify_token(&app.services, &op.actor).unwrap().expose_secret().to_owned()
}

db_test! {
    async fn the_overlap_ends_when_somebody_ends_it(app: &TestApp, empty()) {
        let (op, old) = (app.operator().await, app.app_secret());
        entered(app, &op).await;
        app.meta().edit_world(|world| world.app.secret = NEW.into()).unwrap();
        enter(app, &op, &app.app_id(), NEW, "700100000000001").await.unwrap();
        // The same once more changes nothing: the former secret stays the former one.
        enter(app, &op, &app.app_id(), "", "700100000000001").await.unwrap();
        assert_eq!(deliver(app, "/webhooks/meta", &old).await, 200);
        setup::end_overlap(&app.services, &op.actor).await.unwrap();
        assert_eq!(deliver(app, "/webhooks/meta", &old).await, 403);
        assert_eq!(deliver(app, "/webhooks/meta", NEW).await, 200);
        let card = setup::view(&app.services, &op.actor).await.unwrap().app.unwrap();
        assert_eq!((card.former_until, card.config_id.as_deref()), (None, Some("700100000000001")));
    }
}

db_test! {
    async fn connections_of_the_app_before_go_on(app: &TestApp, empty()) {
        app.expect_refusals();
        let (op, ada) = (app.operator().await, app.owner("ada").await);
        let (first, secret) = (app.app_id(), app.app_secret());
        entered(app, &op).await;
        app.connected(&ada).await;

        let mut other = World::corner_shop();
        other.app.id = "555000111222333".into();
        other.app.secret = NEW.into();
        app.meta().load_world(other).unwrap();
        enter(app, &op, "555000111222333", NEW, "").await.unwrap();
        assert_eq!(app.services.meta().unwrap().app.app_id.as_str(), "555000111222333");
        // Each app has its own door, and both the plain one: Meta learns the new address of the former one a while later.
        assert_eq!(deliver(app, &format!("/webhooks/meta/{first}"), &secret).await, 200);
        assert_eq!(deliver(app, "/webhooks/meta", &secret).await, 200);
        assert_eq!(deliver(app, "/webhooks/meta", AGAIN).await, 403);
        let signers: Vec<String> = app.storage.journal().await.into_iter().map(|(signer, _)| signer).collect();
        assert_eq!(signers, [first.as_str(), &first], "as the app that signed them");
        assert_eq!(deliver(app, "/webhooks/meta", NEW).await, 200);
        assert_eq!(deliver(app, "/webhooks/meta/555000111222333", NEW).await, 200);
        assert_eq!(deliver(app, "/webhooks/meta/555000111222333", &secret).await, 403);
        // In its dashboard the plain addresses still stand: what people ask of it through Meta is heard.
        let payload = serde_json::json!({
            "algorithm": "HMAC-SHA256", "issued_at": app.clock.now().as_seconds(), "user_id": "1",
        });
        for (signer, status) in [(secret.as_str(), 200), (NEW, 200), (AGAIN, 403)] {
            let asked = crate::compliance::signed(signer, &payload);
            assert_eq!(crate::compliance::send(app, "/meta/deauthorize", &asked).await.status, status);
        }
        // Each has its own secrets, and an app that comes back with another one still has its former one.
        let mut back = World::corner_shop();
        back.app.secret = AGAIN.into();
        app.meta().load_world(back).unwrap();
        enter(app, &op, &first, AGAIN, "").await.unwrap();
        for signed in [secret.as_str(), AGAIN] {
            assert_eq!(deliver(app, "/webhooks/meta", signed).await, 200);
        }
        assert_eq!(deliver(app, "/webhooks/meta/555000111222333", NEW).await, 200);
        assert_eq!(deliver(app, &format!("/webhooks/meta/{first}"), NEW).await, 403);
        // The former app is asked with its own secret, whatever Meta says.
        let asked = app.meta().call_count();
        let reports = connect::check_all(&app.services, &ada.actor).await;
        assert!(app.meta().call_count() > asked, "{reports:?}");
        app.expect_jobs();
    }
}

db_test! {
    async fn a_secret_whose_key_is_lost_is_entered_again(app: &TestApp, empty()) {
        let op = app.operator().await;
        entered(app, &op).await;
        let other = app.restarted_with("k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        other.load_apps().await.unwrap();
        assert!(other.meta().is_err(), "it does not open");
        let done = connect::give_up_keys(&other).await.unwrap();
        assert_eq!(done.app_secrets, 2, "the secret and the verify token");
        vault::check_keys(other.db(), other.vault()).await.unwrap();
        other.load_apps().await.unwrap();
        setup::save_app(&other, &op.actor, &crate::setup::input(&app.app_id(), &app.app_secret(), "")).await.unwrap();
        assert!(other.meta().is_ok());
        other.journal().close().await;
    }
}

db_test! {
    async fn rotating_the_vaults_keys_takes_the_apps_secrets_along(app: &TestApp, empty()) {
        let op = app.operator().await;
        entered(app, &op).await;
        let both = format!("k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=,{}", crate::support::KEY);
        let other = app.restarted_with(&both);
        vault::rotate(other.db(), other.vault()).await.unwrap();
        let keys = installation_secrets::count_by_key(other.db()).await.unwrap();
        assert_eq!(keys.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["k2"]);
        other.load_apps().await.unwrap();
        assert_eq!(other.meta().unwrap().app.app_id.as_str(), app.app_id());
        other.journal().close().await;
    }
}
