//! The API's WhatsApp numbers.

use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use server::accounts::{self, IssuedApiKey};

use crate::support::{Answer, Person, TestApp};

const LIST: &str = "/api/v1/whatsapp/numbers";

async fn key(app: &TestApp, who: &Person) -> IssuedApiKey {
    accounts::create_api_key(&app.services, who.tenant(), "Till", "Operator").await.unwrap()
}

async fn call(app: &TestApp, key: &IssuedApiKey, method: Method, path: &str, body: Option<Value>) -> Answer {
    let browser = app.visitor();
    let mut request = browser.request(method, path).bearer_auth(key.key.expose_secret());
    if let Some(body) = body {
        request = request.json(&body);
    }
    browser.send(request).await
}

fn read(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

db_test! {
    async fn numbers_are_listed_told_and_named(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let key = key(app, &ada).await;
        let listed = read(&call(app, &key, Method::GET, LIST, None).await);
        let row = &listed["numbers"][0];
        assert_eq!(row["display_phone_number"], "+34 600 555 551");
        assert_eq!(row["phone_number_id"], "190638523274551");
        assert_eq!(row["account"], json!({"id": "102290129340551", "name": "Brasa Café"}));
        assert_eq!((&row["registration"], &row["quality_rating"]), (&json!("registered"), &json!("GREEN")));
        assert_eq!(row["friendly_name"], Value::Null);
        let path = format!("{LIST}/{}", row["id"].as_str().unwrap());
        assert_eq!(read(&call(app, &key, Method::GET, &path, None).await), *row);

        let patch = async |body| call(app, &key, Method::PATCH, &path, Some(body)).await;
        assert_eq!(read(&patch(json!({"friendly_name": "Counter"})).await)["friendly_name"], "Counter");
        for wrong in [json!({}), json!({"friendly_name": 7}), json!({"friendly_name": "x", "verified_name": "y"})] {
            let answer = patch(wrong.clone()).await;
            assert_eq!((answer.status, answer.code().as_str()), (422, "invalid"), "{wrong}");
        }
        assert_eq!(read(&call(app, &key, Method::GET, &path, None).await)["friendly_name"], "Counter");
        assert_eq!(read(&patch(json!({"friendly_name": null})).await)["friendly_name"], Value::Null);
    }
}

db_test! {
    async fn a_key_opens_the_numbers_of_its_own_tenant_alone(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        app.connected(&ada).await;
        let (hers, theirs) = (key(app, &ada).await, key(app, &eve).await);
        let listed = read(&call(app, &hers, Method::GET, LIST, None).await);
        let path = format!("{LIST}/{}", listed["numbers"][0]["id"].as_str().unwrap());
        assert_eq!(read(&call(app, &theirs, Method::GET, LIST, None).await)["numbers"], json!([]));
        assert_eq!(call(app, &theirs, Method::GET, &path, None).await.status, 404);
        let foreign = call(app, &theirs, Method::PATCH, &path, Some(json!({"friendly_name": "Mine"}))).await;
        assert_eq!(foreign.status, 404);
        assert_eq!(call(app, &hers, Method::GET, &format!("{LIST}/7"), None).await.status, 404);
        assert_eq!(app.visitor().get(LIST).await.status, 401);
    }
}
