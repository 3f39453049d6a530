//! What is not Meta's is turned away, counted, and leaves nothing.

use reqwest::Method;
use serde_json::json;

use super::{about, person_of, send, signed};
use crate::support::TestApp;

const PATHS: [&str; 2] = ["/meta/deauthorize", "/meta/data-deletion"];

db_test! {
    async fn what_meta_did_not_sign_changes_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let person = person_of(app, &ada).await;
        let payload = json!({ "algorithm": "HMAC-SHA256", "issued_at": app.clock.now().as_seconds(), "user_id": person });
        let good = about(app, &person, app.clock.now());
        let (signature, body) = good.split_once('.').unwrap();
        let other_person = signed("another app's secret", &json!({ "algorithm": "HMAC-SHA256", "user_id": "1" }));
        let no_person = signed(&app.app_secret(), &json!({ "algorithm": "HMAC-SHA256" }));
        let weak = signed(&app.app_secret(), &json!({ "algorithm": "none", "user_id": person }));
        let before = app.storage.rows().await;
        for path in PATHS {
            for (request, status) in [
                (signed("another app's secret", &payload), 403),
                (signed("", &payload), 403),
                (format!("{}.{body}", other_person.split_once('.').unwrap().0), 403),
                (format!("{signature}.{}", other_person.split_once('.').unwrap().1), 403),
                (no_person.clone(), 400),
                (weak.clone(), 400),
                (body.to_owned(), 400),
                (String::new(), 400),
            ] {
                let answer = send(app, path, &request).await;
                assert_eq!(answer.status, status, "{path} {answer:?}");
                assert!(answer.code().starts_with("callback."));
            }
        }
        assert_eq!(app.storage.rows().await, before);
        assert!(app.storage.texts("SELECT id FROM deletion_requests").await.is_empty());
        let refused = app.refused().await;
        assert!(refused.contains(&("wrong_signed_request".into(), 8)) && refused.contains(&("malformed_signed_request".into(), 8)), "{refused:?}");
    }
}

db_test! {
    async fn other_apps_other_forms_and_other_methods_are_refused(app: &TestApp) {
        let good = about(app, "1", app.clock.now());
        let browser = app.visitor();
        for path in PATHS {
            assert_eq!(send(app, &format!("{path}/{}", app.app_id()), &good).await.status, 200);
            for other in ["1", "abc", "../x"] {
                assert_eq!(send(app, &format!("{path}/{other}"), &good).await.status, 404, "{other}");
            }
            assert_eq!(browser.get(path).await.status, 405);
            let json = browser.request(Method::POST, path).json(&json!({ "signed_request": good }));
            assert_eq!(browser.send(json).await.status, 415);
            let twice = browser.request(Method::POST, path).form(&[("signed_request", &good), ("signed_request", &good)]);
            assert_eq!(browser.send(twice).await.status, 400);
            let large = browser.request(Method::POST, path).form(&[("signed_request", "a".repeat(40_000))]);
            assert_eq!(browser.send(large).await.status, 413);
        }
    }
}
