//! Instagram through its Page (Meta reference §8.3, §8.4).

use std::time::Duration;

use serde_json::json;
use simulator::Content;

use super::post;
use crate::harness::Meta;
use crate::webhooks::{INSTAGRAM, PAGE, Product, shop};

#[tokio::test]
async fn instagram_counts_bytes_and_echoes_as_messages() {
    let (meta, product) = shop().await;
    let igsid = meta.control.customer_does(INSTAGRAM, "yuki", &Content::Text("hi".into())).unwrap().customer;
    meta.control.deliver().await;
    product.forget();
    let token = meta.page_token(&meta.token(), PAGE).await;
    let send = async |text: &str, to: &str| {
        let body = json!({"recipient": {"id": to}, "message": {"text": text}});
        post(&meta, &token, &format!("v25.0/{PAGE}/messages"), body).await
    };
    let reply = send("こんにちは", &igsid).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    meta.control.deliver().await;
    let body = product.bodies().pop().unwrap();
    assert_eq!((&body["object"], &body["entry"][0]["id"]), (&json!("instagram"), &json!(INSTAGRAM)));
    assert_eq!(body["entry"][0]["messaging"][0]["message"]["is_echo"], true);
    assert_eq!(body["entry"][0]["messaging"][0]["message"]["mid"], reply.json["message_id"]);
    assert_eq!(send(&"x".repeat(1_000), &igsid).await.status, 200);
    assert_eq!(send(&"日".repeat(334), &igsid).await.error().0, 100, "334 characters, 1,002 bytes");
    meta.control.advance(Duration::from_secs(24 * 3_600));
    assert_eq!(send("late", &igsid).await.error(), (10, Some(2_534_022)));
    let other = meta.control.world().customers[1].igsid(INSTAGRAM);
    assert_eq!(send("you never wrote", &other).await.error(), (10, Some(2_534_022)));
    let own = json!({"recipient": {"id": "999"}, "message": {"text": "x"}});
    let reply = post(&meta, &meta.token(), &format!("v25.0/{INSTAGRAM}/messages"), own).await;
    assert_eq!(reply.error(), (100, Some(2_534_014)));
}

#[tokio::test]
async fn an_account_that_logged_in_itself_installs_hears_and_answers_without_a_page() {
    let meta = Meta::shop().await;
    let product = Product::start().await;
    product.subscribe(&meta, "instagram", "messages").await;
    let token = meta.control.mint_instagram_token(INSTAGRAM);
    assert!(token.starts_with("IGAA"));
    assert_eq!(meta.read(&token, "v25.0/me", &[("fields", "username")]).await.json["username"], "brasacafe");
    assert_eq!(meta.read(&token, &format!("v25.0/{PAGE}"), &[]).await.error(), (100, Some(33)));
    let fields = [("subscribed_fields", "messages")];
    let path = format!("v25.0/{INSTAGRAM}/subscribed_apps");
    assert_eq!(meta.post(&token, &path, &fields).await.json, json!({"success": true}));
    let done = meta.control.customer_does(INSTAGRAM, "yuki", &Content::Text("hi".into())).unwrap();
    assert_eq!(done.heard, Ok(()));
    let body = json!({"recipient": {"id": done.customer}, "message": {"text": "hello"}});
    let reply = post(&meta, &token, "v25.0/me/messages", body).await;
    assert_eq!((reply.status, &reply.json["recipient_id"]), (200, &json!(done.customer)), "{}", reply.text);
    meta.control.deliver().await;
    assert_eq!(product.heard().len(), 2, "the message and its echo");
}
