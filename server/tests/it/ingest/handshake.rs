//! Meta asks whether the callback is ours.

use server::db::webhook_handshakes;

use crate::support::{Answer, Setup, TestApp, signed_by};

fn chosen() -> Setup {
    Setup { verify_token: Some("canary-verify-token"), ..Setup::default() }
}

fn emptied() -> Setup {
    Setup { verify_token: Some(""), ..Setup::default() }
}

async fn ask(app: &TestApp, query: &[(&str, &str)]) -> Answer {
    let visitor = app.caller();
    visitor.send(visitor.request(reqwest::Method::GET, "/webhooks/meta").query(query)).await
}

async fn ask_with(app: &TestApp, token: &str) -> Answer {
    ask(app, &[("hub.mode", "subscribe"), ("hub.challenge", "1158201444"), ("hub.verify_token", token)]).await
}

async fn recorded(app: &TestApp) -> Vec<String> {
    let id = app.app_id().parse().unwrap();
    let found = webhook_handshakes::list(app.services.db(), &id, 1000).await.unwrap();
    found.into_iter().map(|handshake| handshake.outcome).collect()
}

db_test! {
    async fn the_challenge_comes_back_as_it_is(app: &TestApp, chosen()) {
        let answer = ask_with(app, "canary-verify-token").await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "1158201444"));
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(recorded(app).await, ["ok"]);
        let id = app.app_id().parse().unwrap();
        let found = webhook_handshakes::list(app.services.db(), &id, 1).await.unwrap();
        assert_eq!((found[0].address.as_str(), found[0].at), ("127.0.0.1", app.clock.now()));
        assert_eq!(app.refused().await, []);
    }
}

db_test! {
    async fn another_token_is_refused(app: &TestApp, chosen()) {
        for token in ["", "canary-verify-toke", "canary-verify-tokeN", "canary-verify-token "] {
            let answer = ask_with(app, token).await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "webhook.wrong_verify_token"), "{token:?}");
            assert!(!answer.body.contains("1158201444"), "{answer:?}");
        }
        assert_eq!(recorded(app).await, ["wrong_token"; 4]);
        assert_eq!(app.refused().await, [("wrong_verify_token".to_owned(), 4)]);
    }
}

db_test! {
    async fn what_is_no_handshake_is_refused(app: &TestApp, chosen()) {
        let (mode, challenge) = (("hub.mode", "subscribe"), ("hub.challenge", "1"));
        let token = ("hub.verify_token", "canary-verify-token");
        let long = "1".repeat(513);
        for query in [
            &[][..],
            &[mode, token],
            &[challenge, token],
            &[mode, challenge],
            &[("hub.mode", "unsubscribe"), challenge, token],
            &[mode, ("hub.challenge", ""), token],
            &[mode, ("hub.challenge", "<script>\n"), token],
            &[mode, ("hub.challenge", &long), token],
            &[mode, challenge, challenge, token],
        ] {
            let answer = ask(app, query).await;
            assert_eq!((answer.status, answer.code().as_str()), (400, "webhook.malformed_handshake"), "{query:?}");
        }
        assert_eq!(recorded(app).await, ["malformed"; 9]);
    }
}

db_test! {
    async fn a_token_that_nobody_chose_comes_from_the_app_secret(app: &TestApp) {
        let digits = signed_by(&app.app_secret(), b"attache webhook verify token");
        let answer = ask_with(app, digits.strip_prefix("sha256=").unwrap()).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "1158201444"));
        assert_eq!(ask_with(app, "").await.status, 403);
    }
}

db_test! {
    async fn an_empty_token_is_none(app: &TestApp, emptied()) {
        assert_eq!(ask_with(app, "").await.status, 403);
    }
}

db_test! {
    async fn strangers_cannot_fill_the_record(app: &TestApp, chosen()) {
        assert_eq!(ask_with(app, "canary-verify-token").await.status, 200);
        for minute in 0..8 {
            for _ in 0..12 {
                assert_eq!(ask_with(app, "guess").await.status, 403);
            }
            let kept = recorded(app).await.iter().filter(|outcome| *outcome == "wrong_token").count();
            assert_eq!(kept, (10 * (minute + 1)).min(50));
            app.advance(std::time::Duration::from_secs(60));
        }
        assert!(recorded(app).await.contains(&"ok".to_owned()), "what Meta asked is not pushed out");
        assert_eq!(app.refused().await, [("wrong_verify_token".to_owned(), 96)], "all are counted");
    }
}

db_test! {
    async fn an_app_that_is_not_ours_has_no_handshake(app: &TestApp, chosen()) {
        let query = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=canary-verify-token";
        let answer = app.caller().get(&format!("/webhooks/meta/999?{query}")).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "webhook.unknown_app"));
        let answer = app.caller().get(&format!("/webhooks/meta/{}?{query}", app.app_id())).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "1"));
    }
}
