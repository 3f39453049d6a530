//! Webhook endpoints by program.

use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use server::accounts::{self, IssuedApiKey};

use crate::support::{Answer, Person, Receiver, Reply, TestApp};

const LIST: &str = "/api/v1/webhook-endpoints";

async fn key(app: &TestApp, who: &Person) -> IssuedApiKey {
    accounts::issue_api_key(&app.services, &who.actor, "Till").await.unwrap()
}

async fn call(app: &TestApp, key: &IssuedApiKey, method: Method, path: &str, body: Option<Value>) -> Answer {
    let browser = app.visitor();
    let mut request = browser.request(method, path).bearer_auth(key.key.expose_secret());
    if let Some(body) = body {
        request = request.json(&body);
    }
    browser.send(request).await
}

fn read(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

db_test! {
    async fn a_program_adds_tries_and_removes_an_endpoint(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let key = key(app, &ada).await;
        let input = json!({ "url": receiver.url, "description": "Till", "event_types": ["connection.expiring"] });
        let made = read(&call(app, &key, Method::POST, LIST, Some(input)).await, 201);
        let (own, secret) = (format!("{LIST}/{}", made["id"].as_str().unwrap()), made["secret"].as_str().unwrap());
        assert_eq!((&made["event_types"], &made["enabled"], &made["created_by"]), (&json!(["connection.expiring"]), &json!(true), &json!("API key Till")));

        receiver.next(Reply::Says(500, "later"));
        let event = read(&call(app, &key, Method::POST, &format!("{own}/test"), None).await, 202)["event_id"].as_str().unwrap().to_owned();
        app.send_events().await;
        assert_eq!(receiver.received()[0].signatures_by(secret), 1);
        let page = read(&call(app, &key, Method::GET, &format!("{own}/deliveries?state=waiting&limit=1"), None).await, 200);
        let row = &page["deliveries"][0];
        assert_eq!((&row["event_id"], &row["type"], &row["state"], &row["tries"], &row["last_status"], &row["answer"]), (&json!(event), &json!("endpoint.test"), &json!("waiting"), &json!(1), &json!(500), &json!("later")));
        assert_eq!((&row["problem"]["code"], &row["body"]["type"], &page["next"]), (&json!("events.refused"), &json!("endpoint.test"), &Value::Null));
        let again = call(app, &key, Method::POST, &format!("{own}/deliveries/{event}/replay"), None).await;
        assert_eq!(read(&again, 202)["event_id"], json!(event));
        app.send_events().await;
        let listed = read(&call(app, &key, Method::GET, LIST, None).await, 200);
        assert_eq!(listed["endpoints"][0]["deliveries"], json!({ "waiting": 0, "waiting_since": null, "failed": 0, "last_delivered_at": "2026-06-01T10:00:00Z" }));
        assert!(listed["endpoints"][0].get("secret").is_none());

        let rotated = read(&call(app, &key, Method::POST, &format!("{own}/rotate-secret"), None).await, 200);
        assert!(rotated["secret"] != made["secret"] && rotated["former_until"] == json!("2026-06-02T10:00:00Z"));
        let patched = read(&call(app, &key, Method::PATCH, &own, Some(json!({ "event_types": null, "enabled": false }))).await, 200);
        assert_eq!((&patched["event_types"], &patched["enabled"], &patched["description"]), (&Value::Null, &json!(false), &json!("Till")));
        let failed = call(app, &key, Method::POST, &format!("{own}/replay-failed"), None).await;
        assert_eq!(failed.code(), "events.disabled");
        for path in [format!("{own}/test"), format!("{own}/deliveries/{event}/replay")] {
            let refused = call(app, &key, Method::POST, &path, None).await;
            assert_eq!((refused.status, refused.code().as_str()), (409, "events.disabled"));
        }
        assert_eq!(call(app, &key, Method::DELETE, &own, None).await.status, 204);
        assert_eq!(call(app, &key, Method::GET, &own, None).await.status, 404);
        for (place, value) in app.storage.dump().await {
            assert!(!value.contains(secret) && !value.contains(rotated["secret"].as_str().unwrap()), "{place}");
        }
    }
}

db_test! {
    async fn no_route_leads_to_another_tenants_endpoint(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let (hers, theirs) = (key(app, &ada).await, key(app, &eve).await);
        let made = read(&call(app, &hers, Method::POST, LIST, Some(json!({ "url": "https://hooks.example.com/" }))).await, 201);
        let own = format!("{LIST}/{}", made["id"].as_str().unwrap());
        let event = read(&call(app, &hers, Method::POST, &format!("{own}/test"), None).await, 202)["event_id"].as_str().unwrap().to_owned();
        for own in [own.as_str(), "/api/v1/webhook-endpoints/whe_1", "/api/v1/webhook-endpoints/1"] {
            for (method, path, body) in [
                (Method::GET, own.to_owned(), None),
                (Method::PATCH, own.to_owned(), Some(json!({ "enabled": false }))),
                (Method::DELETE, own.to_owned(), None),
                (Method::POST, format!("{own}/rotate-secret"), None),
                (Method::POST, format!("{own}/test"), None),
                (Method::POST, format!("{own}/replay-failed"), None),
                (Method::GET, format!("{own}/deliveries"), None),
                (Method::POST, format!("{own}/deliveries/{event}/replay"), None),
            ] {
                let answer = call(app, &theirs, method.clone(), &path, body).await;
                assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{method} {path}");
            }
        }
        assert_eq!(read(&call(app, &theirs, Method::GET, LIST, None).await, 200), json!({ "endpoints": [] }));
        let nothing = call(app, &hers, Method::POST, &format!("{own}/deliveries/oev_1/replay"), None).await;
        assert_eq!(nothing.status, 404);
        assert_eq!(read(&call(app, &hers, Method::GET, &own, None).await, 200)["enabled"], json!(true));
    }
}

db_test! {
    async fn what_cannot_be_read_is_a_problem_that_names_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let key = key(app, &ada).await;
        for (body, field) in [
            (json!({}), "body"),
            (json!({ "url": "nowhere" }), "url"),
            (json!({ "url": "https://hooks.example.com/", "colour": "red" }), "body"),
            (json!({ "url": "https://hooks.example.com/", "event_types": [] }), "event_types"),
            (json!({ "url": "https://hooks.example.com/", "event_types": ["x"] }), "event_types"),
            (json!({ "url": "https://hooks.example.com/", "description": "x".repeat(201) }), "description"),
        ] {
            let answer = call(app, &key, Method::POST, LIST, Some(body.clone())).await;
            assert_eq!((answer.status, answer.code().as_str()), (422, "invalid"), "{body}");
            assert_eq!(serde_json::from_str::<Value>(&answer.body).unwrap()["field"], json!(field), "{body}");
        }
        let made = read(&call(app, &key, Method::POST, LIST, Some(json!({ "url": "https://hooks.example.com/" }))).await, 201);
        let own = format!("{LIST}/{}", made["id"].as_str().unwrap());
        for query in ["limit=0", "limit=201", "state=good", "cursor=x", "colour=red"] {
            assert_eq!(call(app, &key, Method::GET, &format!("{own}/deliveries?{query}"), None).await.status, 422, "{query}");
        }
        assert_eq!(call(app, &key, Method::PUT, &own, None).await.status, 405);
    }
}
