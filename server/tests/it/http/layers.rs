//! Numbers of requests, limits, panics, errors on their way out, and probes.

use std::collections::HashSet;

use reqwest::Method;
use server::http::BODY_LIMIT;

use crate::support::TestApp;

db_test! {
    async fn each_request_has_a_number_of_its_own(app: &TestApp) {
        let mut seen = HashSet::new();
        for _ in 0..3 {
            let visitor = app.visitor();
            let request = visitor.request(Method::GET, "/test/who").header("x-request-id", "forged");
            let answer = visitor.send(request).await;
            let number = answer.header("x-request-id").to_owned();
            assert_eq!(number.len(), 32, "{number}");
            assert!(seen.insert(number));
        }
    }
}

db_test! {
    async fn a_body_that_is_too_large_is_refused(app: &TestApp) {
        let visitor = app.visitor();
        let post = |bytes: usize| visitor.request(Method::POST, "/test/body").body(vec![b'x'; bytes]);
        let answer = visitor.send(post(BODY_LIMIT)).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, BODY_LIMIT.to_string().as_str()));
        assert_eq!(visitor.send(post(BODY_LIMIT + 1)).await.status, 413);
    }
}

db_test! {
    async fn a_panic_is_an_error_that_tells_nothing(app: &TestApp) {
        let answer = app.visitor().get("/test/panic").await;
        assert_eq!((answer.status, answer.code().as_str()), (500, "internal"));
        assert!(!answer.body.contains("canary-panic"));
        assert_eq!(answer.header("x-request-id").len(), 32);
        assert_eq!(app.visitor().get("/healthz").await.status, 200, "the others go on");
    }
}

db_test! {
    async fn an_error_is_a_problem_of_one_shape(app: &TestApp) {
        let answer = app.visitor().get("/test/who").await;
        insta::assert_snapshot!("signed_out", answer.body);
        assert_eq!((answer.status, answer.header("content-type")), (401, "application/problem+json"));
    }
}

db_test! {
    async fn probes_answer_without_a_session(app: &TestApp) {
        let visitor = app.visitor();
        for path in ["/healthz", "/readyz"] {
            let answer = visitor.get(path).await;
            assert_eq!((answer.status, answer.body.as_str(), answer.header("set-cookie")), (200, "ok", ""));
        }
        app.services.db().close().await;
        assert_eq!(visitor.get("/healthz").await.status, 200);
        assert_eq!(visitor.get("/readyz").await.status, 503);
        let answer = visitor.send(visitor.request(Method::GET, "/test/who").header("cookie", "attache=AAAAAAAAAAAAAAAAAAAAAA")).await;
        assert_eq!(answer.status, 500);
        assert!(!answer.body.to_lowercase().contains("pool"), "{}", answer.body);
    }
}

db_test! {
    async fn a_problem_is_told_in_the_language_that_is_asked_for(app: &TestApp) {
        let visitor = app.visitor();
        let ask = |language: &str| {
            let request = visitor.request(Method::GET, "/events").header("accept-language", language);
            visitor.send(request)
        };
        let (english, spanish) = (ask("en").await, ask("es-MX;q=0.9, en;q=0.1").await);
        assert_eq!((english.code(), spanish.code()), ("signed_out".to_owned(), "signed_out".to_owned()), "the name stays");
        assert_eq!((english.header("content-language"), spanish.header("content-language")), ("en", "es"));
        assert!(spanish.body.contains("Usted no ha iniciado sesión."), "{spanish:?}");
        assert_eq!(spanish.header("content-length"), spanish.body.len().to_string());
        assert!(spanish.header("vary").contains("accept-language"));
        // Programs with a key are answered in their language too.
        let request = visitor.request(Method::GET, "/api/v1/deliveries").header("accept-language", "ro");
        let answer = visitor.send(request).await;
        assert_eq!(answer.code(), "api.key_missing");
        assert!(answer.body.contains("Acest apel nu are nicio cheie API."), "{answer:?}");
    }
}
