//! Subscribing (Meta reference §6.1 to §6.3, §7.1).

use std::sync::Arc;
use std::sync::Mutex;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::json;
use simulator::Consent;

use crate::harness::Meta;

const PAGE: &str = "110220330440551";
const WABA: &str = "102290129340551";

/// A callback that answers handshakes whose verify token is `right`.
async fn callback() -> (String, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let answer = |State(heard): State<Arc<Mutex<Vec<String>>>>, RawQuery(query): RawQuery| async move {
        let query = query.unwrap_or_default();
        heard.lock().unwrap().push(query.clone());
        let pairs: std::collections::HashMap<String, String> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        match pairs["hub.verify_token"].as_str() {
            "right" => (StatusCode::OK, pairs["hub.challenge"].clone()),
            "quoted" => (StatusCode::OK, format!("\"{}\"", pairs["hub.challenge"])),
            _ => (StatusCode::FORBIDDEN, "no".to_owned()),
        }
    };
    let router = Router::new().route("/hook", get(answer)).with_state(heard.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, heard)
}

#[tokio::test]
async fn a_page_is_installed_read_back_and_removed() {
    let meta = Meta::shop().await;
    let token = meta.page_token(&meta.token(), PAGE).await;
    let path = format!("v25.0/{PAGE}/subscribed_apps");
    assert_eq!(meta.read(&token, &path, &[]).await.json, json!({"data": []}));
    let fields = [("subscribed_fields", "feed,messages,messaging_postbacks")];
    assert_eq!(meta.post(&token, &path, &fields).await.json, json!({"success": true}));
    let rows = meta.read(&token, &path, &[]).await.json["data"].clone();
    assert_eq!(
        rows,
        json!([{"category": "Business", "link": "https://attache.example/", "name": "Attaché", "id": meta.app_id,
                "subscribed_fields": ["feed", "messages", "messaging_postbacks"]}])
    );
    assert_eq!(meta.delete(&token, &path).await.json, json!({"success": true}));
    assert_eq!(meta.read(&token, &path, &[]).await.json, json!({"data": []}));
}

#[tokio::test]
async fn one_bad_field_or_missing_permission_rejects_the_whole_call() {
    let meta = Meta::shop().await;
    meta.control.grant(&meta.owner(), Consent::everything().declining(["pages_messaging"]));
    let user = meta.token();
    let token = meta.page_token(&user, PAGE).await;
    let path = format!("v25.0/{PAGE}/subscribed_apps");
    let denied = meta.post(&token, &path, &[("subscribed_fields", "feed,messages")]).await;
    assert_eq!((denied.status, denied.error()), (403, (200, None)));
    assert_eq!(
        denied.message(),
        "(#200) To subscribe to the messages field, one of these permissions is needed: pages_messaging"
    );
    let unknown = meta.post(&token, &path, &[("subscribed_fields", "feed,mention,messaging_seen")]).await;
    assert!(unknown.message().starts_with("(#100) Param subscribed_fields[2] must be one of {feed, mention, name"));
    assert_eq!(meta.read(&token, &path, &[]).await.json, json!({"data": []}));
    let with_user_token = meta.post(&user, &path, &[("subscribed_fields", "feed")]).await;
    assert_eq!(with_user_token.error().0, 210);
}

#[tokio::test]
async fn the_apps_webhook_is_verified_before_it_is_stored() {
    let meta = Meta::shop().await;
    let (url, heard) = callback().await;
    let app = meta.app_token();
    let path = format!("v25.0/{}/subscriptions", meta.app_id);
    let params = |token: &'static str| {
        vec![("object", "page"), ("callback_url", url.as_str()), ("verify_token", token), ("fields", "feed,messages")]
    };
    let wrong = meta.post(&app, &path, &params("wrong")).await;
    assert_eq!(
        wrong.message(),
        "(#2200) Callback verification failed with the following errors: HTTP Status Code = 403; HTTP Message = Forbidden"
    );
    assert_eq!(meta.post(&app, &path, &params("quoted")).await.error().0, 2201);
    assert_eq!(meta.post(&app, &path, &params("right")).await.json, json!({"success": true}));
    let listed = meta.get(&path, &[("access_token", &app)]).await.json["data"].clone();
    assert_eq!(
        listed,
        json!([{"object": "page", "callback_url": url, "active": true,
                "fields": [{"name": "feed", "version": "v25.0"}, {"name": "messages", "version": "v25.0"}]}])
    );
    assert!(heard.lock().unwrap()[0].contains("hub.mode=subscribe&hub.challenge="));
    let stranger = meta.post(&meta.token(), &path, &params("right")).await;
    assert_eq!(stranger.error().0, 15);
    assert_eq!(meta.delete(&app, &format!("{path}?object=page")).await.json, json!({"success": true}));
    assert_eq!(meta.get(&path, &[("access_token", &app)]).await.json, json!({"data": []}));
}

#[tokio::test]
async fn the_simulator_calls_back_to_this_machine_only() {
    let meta = Meta::shop().await;
    let params = [
        ("object", "page"),
        ("callback_url", "https://example.com/hook"),
        ("verify_token", "right"),
        ("fields", "feed"),
    ];
    let reply = meta.post(&meta.app_token(), &format!("v25.0/{}/subscriptions", meta.app_id), &params).await;
    assert_eq!(reply.error().0, 2200);
    let closed =
        [("object", "page"), ("callback_url", "http://127.0.0.1:9/"), ("verify_token", "x"), ("fields", "feed")];
    let reply = meta.post(&meta.app_token(), &format!("v25.0/{}/subscriptions", meta.app_id), &closed).await;
    assert!(reply.message().contains("curl_errno = 7"), "{}", reply.message());
}

#[tokio::test]
async fn an_override_needs_the_apps_webhook_and_a_plain_subscription_first() {
    let meta = Meta::shop().await;
    let (url, _) = callback().await;
    let token = meta.token();
    let path = format!("v25.0/{WABA}/subscribed_apps");
    let params = [("override_callback_uri", url.as_str()), ("verify_token", "right")];
    let early = meta.post(&token, &path, &params).await;
    assert_eq!(
        early.message(),
        "(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp \
         Business Account"
    );
    let app = [
        ("object", "whatsapp_business_account"),
        ("callback_url", url.as_str()),
        ("verify_token", "right"),
        ("fields", "messages"),
    ];
    meta.post(&meta.app_token(), &format!("v25.0/{}/subscriptions", meta.app_id), &app).await;
    assert_eq!(meta.post(&token, &path, &params).await.error().0, 100, "still not installed");
    assert_eq!(meta.post(&token, &path, &[]).await.json, json!({"success": true}));
    assert_eq!(meta.post(&token, &path, &params).await.json, json!({"success": true}));
    let rows = meta.read(&token, &path, &[]).await.json;
    assert_eq!(rows["data"][0]["override_callback_uri"], json!(url));
    assert_eq!(rows["data"][0]["whatsapp_business_api_data"]["id"], json!(meta.app_id));
    let number = meta.read(&token, "v25.0/190638523274551", &[("fields", "webhook_configuration")]).await;
    assert_eq!(number.json["webhook_configuration"]["whatsapp_business_account"], json!(url));
    meta.post(&token, &path, &[]).await;
    assert!(meta.read(&token, &path, &[]).await.json["data"][0].get("override_callback_uri").is_none());
    assert_eq!(meta.delete(&token, &path).await.json, json!({"success": true}));
    assert_eq!(meta.read(&token, &path, &[]).await.json, json!({"data": []}));
}

#[tokio::test]
async fn instagram_login_installs_the_account_itself() {
    let meta = Meta::shop().await;
    let path = "v25.0/17841400000000551/subscribed_apps";
    let reply = meta.post(&meta.token(), path, &[("subscribed_fields", "messages,comments")]).await;
    assert_eq!(reply.json, json!({"success": true}));
    assert_eq!(meta.control.subscriptions()[0].fields, ["messages", "comments"]);
}
