//! Instagram through its Page (Meta reference §8.3, §8.4).

use std::time::Duration;

use serde_json::json;
use simulator::Content;

use super::post;
use crate::webhooks::{INSTAGRAM, PAGE, shop};

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
