//! Batches (Meta reference §5.6).

use serde_json::{Value, json};
use simulator::{Effect, Fault};

use crate::harness::Meta;

async fn batch(meta: &Meta, token: &str, items: &Value, extra: &[(&str, &str)]) -> crate::harness::Reply {
    let text = items.to_string();
    let mut params = vec![("batch", text.as_str())];
    params.extend(extra);
    meta.post(token, "v25.0/", &params).await
}

fn body(answer: &Value) -> Value {
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn answers_come_in_order_with_string_bodies() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let items = json!([
        {"method": "GET", "relative_url": "me?fields=id"},
        {"method": "GET", "relative_url": "/v25.0/404404"},
        {"method": "GET", "relative_url": "me/accounts?fields=name"},
    ]);
    let reply = batch(&meta, &token, &items, &[("include_headers", "false")]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let answers = reply.json.as_array().unwrap();
    assert_eq!(answers[0]["code"], 200);
    assert_eq!(body(&answers[0]), json!({"id": meta.owner()}));
    assert_eq!((&answers[1]["code"], &body(&answers[1])["error"]["error_subcode"]), (&json!(400), &json!(33)));
    assert_eq!(body(&answers[2])["data"][0]["name"], "Brasa Café");
    assert!(answers[0].get("headers").is_none());
    let unversioned = meta.post(&token, "", &[("batch", r#"[{"method":"GET","relative_url":"me"}]"#)]).await;
    assert_eq!(unversioned.json[0]["code"], 200);
}

#[tokio::test]
async fn a_dependency_feeds_ids_and_its_own_answer_is_null() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let items = json!([
        {"method": "GET", "relative_url": "me/accounts?fields=id", "name": "p"},
        {"method": "GET", "relative_url": "?ids={result=p:$.data.*.id}&fields=name"},
        {"method": "GET", "relative_url": "404404", "name": "bad"},
        {"method": "GET", "relative_url": "?ids={result=bad:$.id}"},
    ]);
    let reply = batch(&meta, &token, &items, &[]).await;
    let answers = reply.json.as_array().unwrap();
    assert_eq!(answers[0], Value::Null);
    assert_eq!(body(&answers[1])["110220330440551"]["name"], "Brasa Café");
    assert!(answers[1]["headers"].as_array().unwrap().iter().any(|header| header["name"] == "facebook-api-version"));
    assert_eq!(answers[2]["code"], 400);
    assert_eq!(answers[3], Value::Null, "an item whose dependency failed is not executed");
}

#[tokio::test]
async fn an_item_may_bring_its_own_token_and_then_needs_its_own_proof() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let page = meta.page_token(&token, "110220330440551").await;
    let proof = meta.proof(&page);
    let items = json!([
        {"method": "POST", "relative_url": "110220330440551/subscribed_apps",
         "body": format!("subscribed_fields=feed&access_token={page}&appsecret_proof={proof}")},
        {"method": "GET", "relative_url": "me", "access_token": page},
    ]);
    let reply = batch(&meta, &token, &items, &[]).await;
    assert_eq!(body(&reply.json[0]), json!({"success": true}));
    assert_eq!(
        body(&reply.json[1])["error"]["message"],
        "API calls from the server require an appsecret_proof argument"
    );
}

#[tokio::test]
async fn fifty_items_at_most_and_a_token_on_top() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let item = json!({"method": "GET", "relative_url": "me"});
    let fifty = batch(&meta, &token, &Value::Array(vec![item.clone(); 50]), &[]).await;
    assert_eq!(fifty.json.as_array().unwrap().len(), 50);
    let too_many = batch(&meta, &token, &Value::Array(vec![item.clone(); 51]), &[]).await;
    assert!(too_many.message().contains("Maximum batch size is 50"));
    let text = json!([item]).to_string();
    let bare = meta.send(meta.http.post(meta.url("v25.0/")).form(&[("batch", text)])).await;
    assert_eq!(bare.error().0, 104);
}

#[tokio::test]
async fn an_item_can_be_lost_and_every_item_counts_as_an_operation() {
    let meta = Meta::shop().await;
    let token = meta.token();
    meta.control.clear_requests();
    let _ = meta.control.set_fault(Fault::new(Effect::NullItem).on_edge("accounts"));
    let items = json!([
        {"method": "GET", "relative_url": "me"},
        {"method": "GET", "relative_url": "me/accounts"},
        {"method": "GET", "relative_url": "?ids=110220330440551,506070809010203"},
    ]);
    let reply = batch(&meta, &token, &items, &[]).await;
    assert_eq!(reply.json[1], Value::Null);
    assert_eq!((meta.control.call_count(), meta.control.operation_count()), (1, 4));
}
