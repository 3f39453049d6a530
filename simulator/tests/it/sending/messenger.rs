//! Messenger (Meta reference §8.2, §8.4).

use std::time::Duration;

use serde_json::{Value, json};
use simulator::{Content, Progress};

use super::post;
use crate::harness::Meta;
use crate::webhooks::{PAGE, Product, shop};

struct Desk {
    meta: Meta,
    product: Product,
    token: String,
    psid: String,
}

/// A Page that a customer has just written to.
async fn desk() -> Desk {
    let (meta, product) = shop().await;
    let psid = meta.control.customer_does(PAGE, "amara", &Content::Text("hello".into())).unwrap().customer;
    meta.control.deliver().await;
    product.forget();
    let token = meta.page_token(&meta.token(), PAGE).await;
    Desk { meta, product, token, psid }
}

impl Desk {
    async fn send(&self, more: Value) -> crate::harness::Reply {
        let mut body = json!({"recipient": {"id": self.psid}});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        post(&self.meta, &self.token, &format!("v25.0/{PAGE}/messages"), body).await
    }
}

#[tokio::test]
async fn a_sent_message_is_echoed_delivered_and_read() {
    let desk = desk().await;
    let reply = desk.send(json!({"messaging_type": "RESPONSE", "message": {"text": "Hi ☕", "metadata": "m"}})).await;
    assert_eq!((reply.status, &reply.json["recipient_id"]), (200, &json!(desk.psid)), "{}", reply.text);
    let mid = reply.json["message_id"].clone();
    desk.meta.control.deliver().await;
    let items: Vec<Value> = desk.product.bodies().iter().map(|body| body["entry"][0]["messaging"][0].clone()).collect();
    assert_eq!((&items[0]["message"]["mid"], &items[0]["message"]["is_echo"]), (&mid, &json!(true)));
    assert_eq!(items[0]["message"]["app_id"].as_u64().unwrap().to_string(), desk.meta.app_id);
    assert_eq!((&items[0]["sender"]["id"], &items[0]["message"]["metadata"]), (&json!(PAGE), &json!("m")));
    assert_eq!(items[1]["delivery"]["mids"], json!([mid]));
    assert_eq!(items.len(), 2);
    desk.meta.control.customer_does(PAGE, "amara", &Content::Seen).unwrap();
    assert_eq!(desk.meta.control.conversation(PAGE, "amara").pop().unwrap().progress, Progress::Read);
}

#[tokio::test]
async fn the_window_is_a_day_and_a_week_for_people() {
    let desk = desk().await;
    let text = || json!({"messaging_type": "RESPONSE", "message": {"text": "x"}});
    let tagged = |tag: &str| json!({"messaging_type": "MESSAGE_TAG", "tag": tag, "message": {"text": "x"}});
    desk.meta.control.advance(Duration::from_secs(24 * 3_600));
    assert_eq!(desk.send(text()).await.error(), (10, Some(2_018_278)));
    assert_eq!(desk.send(tagged("HUMAN_AGENT")).await.status, 200);
    assert_eq!(desk.send(tagged("ACCOUNT_UPDATE")).await.error().0, 100);
    desk.meta.control.advance(Duration::from_secs(6 * 24 * 3_600));
    assert_eq!(desk.send(tagged("HUMAN_AGENT")).await.error(), (10, Some(2_018_278)));
    desk.meta.control.customer_does(PAGE, "amara", &Content::Text("back".into())).unwrap();
    assert_eq!(desk.send(text()).await.status, 200);
}

#[tokio::test]
async fn wrong_messages_have_their_errors() {
    let desk = desk().await;
    let send = async |message: Value| desk.send(json!({"messaging_type": "RESPONSE", "message": message})).await;
    assert_eq!(send(json!({"text": ""})).await.error(), (100, Some(2_018_034)));
    let long = send(json!({"text": "x".repeat(2_001)})).await;
    assert_eq!(long.message(), "(#100) Length of param message[text] must be less than or equal to 2000");
    assert_eq!(send(json!({"text": "é".repeat(2_000)})).await.status, 200, "characters, not bytes");
    let bad = json!({"attachment": {"type": "image", "payload": {"url": "ftp://x"}}});
    assert_eq!(send(bad).await.error(), (100, Some(2_018_047)));
    let both = json!({"sender_action": "typing_on", "message": {"text": "x"}});
    assert_eq!(desk.send(both).await.error().0, 100);
    let stranger = json!({"recipient": {"id": "1234567890123456"}, "message": {"text": "x"}});
    assert_eq!(desk.send(stranger).await.error(), (100, Some(2_018_001)));
    desk.meta.control.edit_world(|world| world.customers[0].unreachable = true).unwrap();
    let gone = send(json!({"text": "x"})).await;
    assert_eq!(
        (gone.error(), gone.message()),
        ((551, Some(1_545_041)), "(#551) This person isn't available right now.")
    );
}

#[tokio::test]
async fn the_permission_and_the_pages_own_token_are_needed() {
    let (meta, _product) = shop().await;
    let psid = meta.control.customer_does(PAGE, "amara", &Content::Text("hello".into())).unwrap().customer;
    let body = json!({"recipient": {"id": psid}, "message": {"text": "x"}});
    let path = format!("v25.0/{PAGE}/messages");
    assert_eq!(post(&meta, &meta.token(), &path, body.clone()).await.error().0, 210);
    let user = meta.token();
    let token = meta.page_token(&user, PAGE).await;
    meta.delete(&user, "v25.0/me/permissions/pages_messaging").await;
    assert_eq!(post(&meta, &token, &path, body.clone()).await.error().0, 230);
    assert_eq!(post(&meta, &token, "v25.0/me/messages", body).await.error().0, 230);
}

#[tokio::test]
async fn attachments_templates_quick_replies_and_actions_reach_the_customer() {
    let desk = desk().await;
    let send = async |message: Value| desk.send(json!({"messaging_type": "RESPONSE", "message": message})).await;
    let image =
        json!({"attachment": {"type": "image", "payload": {"url": "https://cdn.example/a.png", "is_reusable": true}}});
    let reply = send(image).await;
    let id = reply.json["attachment_id"].as_str().unwrap();
    let again = json!({"attachment": {"type": "image", "payload": {"attachment_id": id}}});
    assert_eq!(send(again).await.status, 200);
    let template = json!({"attachment": {"type": "template", "payload": {"template_type": "button", "text": "Pick",
        "buttons": [{"type": "postback", "title": "Menu", "payload": "MENU"}]}}});
    assert_eq!(send(template).await.status, 200);
    let quick = json!({"text": "Size?", "quick_replies": [{"content_type": "text", "title": "Large", "payload": "L"}]});
    assert_eq!(send(quick).await.status, 200);
    let shown = desk.meta.control.conversation(PAGE, "amara");
    assert_eq!(shown[3].buttons, [("Menu".to_owned(), "MENU".to_owned())]);
    assert_eq!(shown[4].buttons, [("Large".to_owned(), "L".to_owned())]);
    let many: Vec<Value> = (0..14).map(|_| json!({"content_type": "text", "title": "x", "payload": "y"})).collect();
    assert_eq!(send(json!({"text": "x", "quick_replies": many})).await.error().0, 100);
    let seen = desk.send(json!({"sender_action": "mark_seen"})).await;
    assert_eq!(seen.json, json!({"recipient_id": desk.psid}));
    assert_eq!(desk.meta.control.conversation(PAGE, "amara")[0].progress, Progress::Read);
}
