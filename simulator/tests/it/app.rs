//! What an app is told about itself, and what its webhooks do when another tool takes them.

use serde_json::json;

use crate::harness::{Meta, NOW};

const ALL: &str = "id,name,link,category,app_domains,privacy_policy_url,terms_of_service_url,deauth_callback_url";

#[tokio::test]
async fn the_dashboard_is_told_to_the_app_alone() {
    let meta = Meta::shop().await;
    let own = format!("{}|{}", meta.app_id, meta.secret);
    let path = format!("v26.0/{}", meta.app_id);
    let told = meta.read(&own, &path, &[("fields", ALL)]).await;
    assert_eq!(
        told.json,
        json!({
            "id": meta.app_id, "name": "Attaché", "link": "https://attache.example/", "category": "Business",
            "app_domains": ["localhost", "127.0.0.1"],
            "privacy_policy_url": "https://attache.example/privacy",
            "terms_of_service_url": "https://attache.example/terms",
        })
    );
    let person = meta.token();
    let told = meta.read(&person, &path, &[("fields", ALL)]).await;
    assert_eq!(told.json["name"], "Attaché");
    assert!(told.json.get("app_domains").is_none() && told.json.get("privacy_policy_url").is_none());
    let wrong = meta.read(&own, &path, &[("fields", "no_such_field")]).await;
    assert!(wrong.message().contains("nonexisting field"), "{}", wrong.text);
}

#[tokio::test]
async fn an_app_token_is_given_for_the_right_secret_alone() {
    let meta = Meta::shop().await;
    let ask = |id: String, secret: String| {
        let form = [("client_id", id), ("client_secret", secret), ("grant_type", "client_credentials".to_owned())];
        let url = format!("{}v26.0/oauth/access_token", meta.control.base());
        let request = meta.http.post(url).form(&form);
        async move { request.send().await.unwrap().json::<serde_json::Value>().await.unwrap() }
    };
    let right = ask(meta.app_id.clone(), meta.secret.clone()).await;
    assert_eq!(right["token_type"], "bearer");
    assert!(right["access_token"].as_str().unwrap().starts_with(&format!("{}|", meta.app_id)));
    assert_eq!(ask(meta.app_id.clone(), "0".repeat(32)).await["error"]["code"], 1);
    assert_eq!(ask("999".into(), meta.secret.clone()).await["error"]["code"], 101);
}

#[tokio::test]
async fn answers_carry_the_date_of_simulated_time() {
    let meta = Meta::shop().await;
    let token = meta.token();
    assert_eq!(meta.read(&token, "v26.0/me", &[]).await.header("date"), "Fri, 20 Nov 2026 12:00:00 GMT");
    meta.control.freeze(NOW + 90);
    assert_eq!(meta.read(&token, "v26.0/me", &[]).await.header("date"), "Fri, 20 Nov 2026 12:01:30 GMT");
}
