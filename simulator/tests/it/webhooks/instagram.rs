//! What Instagram tells (Meta reference §7.5).

use serde_json::{Value, json};
use simulator::{Content, Deed, MediaKind};

use super::{INSTAGRAM, Product, shop};
use crate::harness::Meta;

async fn hear(meta: &Meta, product: &Product, content: Content) -> Value {
    let done = meta.control.customer_does(INSTAGRAM, "yuki", &content).unwrap();
    assert_eq!(done.heard, Ok(()), "{content:?}");
    meta.control.deliver().await;
    product.last()
}

#[tokio::test]
async fn comments_have_two_layouts() {
    let (meta, product) = shop().await;
    let comment = || Content::Comment { text: "¡Qué rico!".into(), post: None, parent: Some("17865".into()) };
    let change = hear(&meta, &product, comment()).await;
    assert_eq!((&change["field"], &change["value"]["text"]), (&json!("comments"), &json!("¡Qué rico!")));
    assert_eq!(change["value"]["parent_id"], "17865");
    assert!(change["value"]["id"].is_string() && change["value"]["media"]["id"].is_string());
    meta.control.switch(|switches| switches.webhooks.instagram_login = true);
    hear(&meta, &product, comment()).await;
    let entry = product.bodies().pop().unwrap()["entry"][0].clone();
    assert!(entry.get("changes").is_none());
    assert_eq!((&entry["field"], &entry["value"]["text"]), (&json!("comments"), &json!("¡Qué rico!")));
}

#[tokio::test]
async fn unsend_seen_and_reactions_name_the_message() {
    let (meta, product) = shop().await;
    let said = meta.control.customer_does(INSTAGRAM, "yuki", &Content::Text("oops".into())).unwrap().message_id;
    let answer = meta.control.business_does(INSTAGRAM, "yuki", &Deed::Reply("hm?".into())).unwrap().message_id;
    meta.control.deliver().await;
    let echo = product.last();
    assert_eq!((&echo["message"]["is_echo"], &echo["sender"]["id"]), (&json!(true), &json!(INSTAGRAM)));
    let seen = hear(&meta, &product, Content::Seen).await;
    assert_eq!(seen["read"], json!({ "mid": answer }));
    let reaction = hear(&meta, &product, Content::Reaction { to: answer.clone(), emoji: None }).await;
    assert_eq!(reaction["reaction"], json!({"mid": answer, "action": "unreact"}));
    let unsent = hear(&meta, &product, Content::Unsend { to: said.clone() }).await;
    assert_eq!(unsent["message"], json!({"mid": said, "is_deleted": true}));
    assert!(meta.control.conversation(INSTAGRAM, "yuki")[0].unsent);
    let odd = hear(&meta, &product, Content::Unsupported { kind: "poll".into() }).await;
    assert_eq!(odd["message"]["is_unsupported"], true);
}

#[tokio::test]
async fn stories_and_posts_are_attachments_and_some_things_do_not_exist() {
    let (meta, product) = shop().await;
    for kind in ["story_mention", "ig_post", "share", "ig_reel", "media"] {
        let content = Content::Attachment { kind: kind.into(), payload: Some(json!({"url": "https://cdn.example/1"})) };
        let item = hear(&meta, &product, content).await;
        assert_eq!(item["message"]["attachments"][0]["type"], kind);
    }
    let picture = hear(&meta, &product, Content::Media { kind: MediaKind::Image, media: None, caption: None }).await;
    assert_eq!(picture["message"]["attachments"][0]["type"], "image");
    let referral = Content::Referral { reference: "bio".into(), source: "IGME-SOURCE".into() };
    assert_eq!(hear(&meta, &product, referral).await["referral"]["ref"], "bio");
    let sticker = Content::Media { kind: MediaKind::Sticker, media: None, caption: None };
    assert!(meta.control.customer_does(INSTAGRAM, "yuki", &sticker).is_err());
    assert!(meta.control.customer_does(INSTAGRAM, "yuki", &Content::Optin(json!({}))).is_err());
}
