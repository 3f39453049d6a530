//! What is Meta's is stored as it came, and answered; whether anybody can read it does not matter yet.

use server::ingest::BODY_LIMIT;

use super::BODY;
use crate::support::{Setup, TestApp, signed_by};

fn rotated() -> Setup {
    Setup { app_secret_previous: Some("canary-former-secret"), ..Setup::default() }
}

fn emptied() -> Setup {
    Setup { app_secret_previous: Some(""), ..Setup::default() }
}

db_test! {
    async fn a_signed_webhook_is_stored_byte_by_byte(app: &TestApp) {
        let answer = app.deliver(BODY).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, ""));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(app.storage.journal().await, [(app.app_id(), BODY.as_bytes().to_vec())]);
        assert_eq!(app.refused().await, []);
    }
}

db_test! {
    async fn what_is_signed_is_kept_whatever_it_holds(app: &TestApp) {
        let bodies = [
            b"\xff\xfe not UTF-8 \x00".to_vec(),
            "[".repeat(100_000).into_bytes(),
            b"{\"object\":".to_vec(),
            Vec::new(),
            vec![b' '; BODY_LIMIT],
        ];
        for body in &bodies {
            assert_eq!(app.deliver(body.clone()).await.status, 200);
        }
        let stored: Vec<_> = app.storage.journal().await.into_iter().map(|(_, body)| body).collect();
        assert!(stored == bodies, "{:?}", stored.iter().map(Vec::len).collect::<Vec<_>>());
    }
}

db_test! {
    async fn the_address_may_name_the_app(app: &TestApp) {
        let visitor = app.caller();
        let request = visitor.request(reqwest::Method::POST, &format!("/webhooks/meta/{}", app.app_id()));
        let signature = signed_by(&app.app_secret(), BODY.as_bytes());
        let answer = visitor.send(request.header("x-hub-signature-256", signature).body(BODY)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(app.storage.journal().await.len(), 1);
    }
}

db_test! {
    async fn the_secret_before_the_present_one_still_signs(app: &TestApp, rotated()) {
        for secret in ["canary-former-secret", app.app_secret().as_str()] {
            let signature = signed_by(secret, BODY.as_bytes());
            let answer = app.caller().send(app.unsigned_webhook(BODY).header("x-hub-signature-256", signature)).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
        let signature = signed_by("canary-other-secret", BODY.as_bytes());
        let answer = app.caller().send(app.unsigned_webhook(BODY).header("x-hub-signature-256", signature)).await;
        assert_eq!(answer.status, 403);
        assert_eq!(app.storage.journal().await.len(), 2);
    }
}

db_test! {
    async fn an_empty_secret_signs_nothing(app: &TestApp, emptied()) {
        let signature = signed_by("", BODY.as_bytes());
        let answer = app.caller().send(app.unsigned_webhook(BODY).header("x-hub-signature-256", signature)).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "webhook.wrong_signature"));
        assert_eq!(app.storage.journal().await, []);
    }
}

db_test! {
    async fn the_old_signature_beside_the_new_one_does_no_harm(app: &TestApp) {
        let answer = app.caller().send(app.webhook(BODY).header("x-hub-signature", "sha1=00")).await;
        assert_eq!(answer.status, 200);
    }
}
