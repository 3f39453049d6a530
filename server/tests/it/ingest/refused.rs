//! What is not Meta's, or not whole, is told why, counted, and leaves nothing behind.

use server::ingest::BODY_LIMIT;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::BODY;
use crate::support::{Setup, TestApp, signed_by};

fn without_meta() -> Setup {
    Setup { meta_app: false, ..Setup::default() }
}

/// Sends a webhook with this signature; answers status and code.
async fn send(app: &TestApp, body: &str, signature: &str) -> (u16, String) {
    let request = app.unsigned_webhook(body).header("x-hub-signature-256", signature);
    let answer = app.caller().send(request).await;
    (answer.status, answer.code())
}

db_test! {
    async fn without_a_signature(app: &TestApp) {
        let answer = app.caller().send(app.unsigned_webhook(BODY)).await;
        assert_eq!((answer.status, answer.code().as_str()), (401, "webhook.missing_signature"));
        let answer = app.caller().send(app.unsigned_webhook(BODY).header("x-hub-signature", "sha1=00")).await;
        assert_eq!((answer.status, answer.code().as_str()), (401, "webhook.sha1_only"));
        assert_eq!(app.storage.journal().await, []);
        assert_eq!(app.refused().await, [("missing_signature".to_owned(), 1), ("sha1_only".to_owned(), 1)]);
    }
}

db_test! {
    async fn with_a_signature_that_is_none(app: &TestApp) {
        let good = signed_by(&app.app_secret(), BODY.as_bytes());
        let digits = good.strip_prefix("sha256=").unwrap();
        let sha1 = format!("sha1={digits}");
        for bad in ["", "sha256=", digits, &good[..good.len() - 2], &format!("{good}00"), &format!("{good}0"), &sha1, "sha256=zz"] {
            assert_eq!(send(app, BODY, bad).await, (403, "webhook.malformed_signature".to_owned()), "{bad}");
        }
        let two = app.webhook(BODY).header("x-hub-signature-256", "sha256=00");
        let answer = app.caller().send(two).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "webhook.malformed_signature"));
        assert_eq!(app.storage.journal().await, []);
        assert_eq!(app.refused().await, [("malformed_signature".to_owned(), 9)]);
    }
}

db_test! {
    async fn with_the_signature_of_something_else(app: &TestApp) {
        let secret = app.app_secret();
        let unescaped = BODY.replace("\\/", "/");
        let cut = &BODY[..BODY.len() - 1];
        let longer = format!("{BODY}\n");
        let wrong = [
            (BODY, signed_by("another app's secret", BODY.as_bytes())),
            (BODY, signed_by("", BODY.as_bytes())),
            (unescaped.as_str(), signed_by(&secret, BODY.as_bytes())),
            (cut, signed_by(&secret, BODY.as_bytes())),
            (longer.as_str(), signed_by(&secret, BODY.as_bytes())),
            ("", signed_by(&secret, BODY.as_bytes())),
        ];
        for (body, signature) in &wrong {
            assert_eq!(send(app, body, signature).await, (403, "webhook.wrong_signature".to_owned()), "{body}");
        }
        assert_eq!(app.storage.journal().await, []);
        assert_eq!(app.refused().await, [("wrong_signature".to_owned(), 6)]);
    }
}

db_test! {
    async fn every_bit_counts(app: &TestApp) {
        let visitor = app.caller();
        let good = signed_by(&app.app_secret(), BODY.as_bytes());
        for bit in (0..BODY.len() * 8).step_by(61) {
            let mut body = BODY.as_bytes().to_vec();
            body[bit / 8] ^= 1 << (bit % 8);
            let answer = visitor.send(app.unsigned_webhook(body).header("x-hub-signature-256", &good)).await;
            assert_eq!(answer.status, 403, "bit {bit}");
        }
        assert_eq!(app.storage.journal().await, []);
    }
}

db_test! {
    async fn longer_than_metas(app: &TestApp) {
        let body = vec![b' '; BODY_LIMIT + 1];
        let answer = app.deliver(body.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (413, "webhook.too_large"));
        // The same without saying so first.
        let signature = signed_by(&app.app_secret(), &body);
        let pieces: Vec<Result<Vec<u8>, std::io::Error>> = body.chunks(100_000).map(|piece| Ok(piece.to_vec())).collect();
        let request = app.unsigned_webhook("").header("x-hub-signature-256", signature);
        let streamed = request.body(reqwest::Body::wrap_stream(futures::stream::iter(pieces)));
        let answer = app.caller().send(streamed).await;
        assert_eq!((answer.status, answer.code().as_str()), (413, "webhook.too_large"));
        assert_eq!(app.storage.journal().await, []);
        assert_eq!(app.refused().await, [("too_large".to_owned(), 2)]);
    }
}

db_test! {
    async fn a_body_that_ends_before_its_end(app: &TestApp) {
        let signature = signed_by(&app.app_secret(), b"half");
        let mut stream = tokio::net::TcpStream::connect(app.base.socket_addrs(|| None).unwrap()[0]).await.unwrap();
        let head = format!(
            "POST /webhooks/meta HTTP/1.1\r\nhost: x\r\nx-hub-signature-256: {signature}\r\ncontent-length: 8\r\n\r\nhalf"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        stream.read_to_end(&mut Vec::new()).await.unwrap();
        assert_eq!(app.storage.journal().await, []);
        assert_eq!(app.refused().await, [("truncated".to_owned(), 1)]);
    }
}

db_test! {
    async fn for_an_app_that_is_not_ours(app: &TestApp) {
        for path in ["/webhooks/meta/999", "/webhooks/meta/not-digits", "/webhooks/meta/1%2F2"] {
            let signature = signed_by(&app.app_secret(), BODY.as_bytes());
            let request = app.caller().request(reqwest::Method::POST, path).header("x-hub-signature-256", signature);
            let answer = app.caller().send(request.body(BODY)).await;
            assert_eq!((answer.status, answer.code().as_str()), (404, "webhook.unknown_app"), "{path}");
        }
        assert_eq!(app.storage.journal().await, []);
        assert_eq!(app.refused().await, [("unknown_app".to_owned(), 3)]);
        // A stranger's word does not get into the database.
        assert_eq!(app.storage.texts("SELECT meta_app_id FROM webhook_refusals").await, [""]);
    }
}

db_test! {
    async fn while_nobody_has_set_up_an_app(app: &TestApp, without_meta()) {
        let signature = signed_by("", BODY.as_bytes());
        assert_eq!(send(app, BODY, &signature).await, (404, "webhook.unknown_app".to_owned()));
        assert_eq!(app.storage.journal().await, []);
    }
}

db_test! {
    async fn refusals_are_counted_by_the_hour(app: &TestApp) {
        for _ in 0..2 {
            app.caller().send(app.unsigned_webhook(BODY)).await;
        }
        assert_eq!(app.refused().await, [("missing_signature".to_owned(), 2)]);
        app.caller().send(app.unsigned_webhook(BODY)).await;
        assert_eq!(app.refused().await, [("missing_signature".to_owned(), 3)]);
        app.advance(std::time::Duration::from_secs(3600));
        app.caller().send(app.unsigned_webhook(BODY)).await;
        assert_eq!(app.refused().await, [("missing_signature".to_owned(), 1), ("missing_signature".to_owned(), 3)]);
        app.advance(std::time::Duration::from_secs(40 * 24 * 3600));
        server::sweep(&app.services).await.unwrap();
        assert_eq!(app.refused().await, []);
    }
}

db_test! {
    async fn a_count_that_cannot_be_kept_is_kept_later(app: &TestApp) {
        app.caller().send(app.unsigned_webhook(BODY)).await;
        app.storage.tamper("ALTER TABLE webhook_refusals RENAME TO away").await;
        assert!(app.services.refusals().flush(app.services.db()).await.is_err());
        app.storage.tamper("ALTER TABLE away RENAME TO webhook_refusals").await;
        assert_eq!(app.refused().await, [("missing_signature".to_owned(), 1)]);
    }
}
