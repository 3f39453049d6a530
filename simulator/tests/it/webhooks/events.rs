//! What Messenger tells (Meta reference §7.4).

use serde_json::{Value, json};
use simulator::{Circumstances, Content, Deed, MediaKind};

use super::{PAGE, Product, shop};
use crate::harness::{Meta, NOW};

async fn hear(meta: &Meta, product: &Product, content: Content) -> Value {
    hear_with(meta, product, content, Circumstances::default()).await
}

async fn hear_with(meta: &Meta, product: &Product, content: Content, with: Circumstances) -> Value {
    let done = meta.control.customer_does_with(PAGE, "amara", &content, &with).unwrap();
    assert_eq!(done.heard, Ok(()), "{content:?}");
    meta.control.deliver().await;
    product.last()
}

#[tokio::test]
async fn messages_carry_sender_recipient_and_milliseconds() {
    let (meta, product) = shop().await;
    let amara = meta.control.world().customers[0].psid(PAGE);
    let item = hear(&meta, &product, Content::Text("hello".into())).await;
    assert_eq!((&item["sender"]["id"], &item["recipient"]["id"]), (&json!(amara), &json!(PAGE)));
    let at = item["timestamp"].as_i64().unwrap();
    assert!((NOW * 1000..(NOW + 60) * 1000).contains(&at));
    assert!(item["message"]["mid"].as_str().unwrap().starts_with("m_"));
    let first = item["message"]["mid"].as_str().unwrap().to_owned();
    let with = Circumstances { reply_to: Some(first.clone()), ..Circumstances::default() };
    let reply = hear_with(&meta, &product, Content::Text("and".into()), with).await;
    assert_eq!(reply["message"]["reply_to"], json!({ "mid": first }));
    let quick = Content::QuickReply { title: "Yes".into(), payload: "YES".into() };
    let item = hear(&meta, &product, quick).await;
    assert_eq!(
        (&item["message"]["text"], &item["message"]["quick_reply"]),
        (&json!("Yes"), &json!({"payload": "YES"}))
    );
}

#[tokio::test]
async fn every_kind_of_attachment_has_its_type_and_files_can_be_fetched() {
    let (meta, product) = shop().await;
    for (kind, word, mime) in [
        (MediaKind::Image, "image", "image/png"),
        (MediaKind::Video, "video", "video/mp4"),
        (MediaKind::Audio, "audio", "audio/ogg; codecs=opus"),
        (MediaKind::File, "file", "application/pdf"),
        (MediaKind::Sticker, "sticker", "image/webp"),
    ] {
        let item = hear(&meta, &product, Content::Media { kind, media: None, caption: None }).await;
        let attachment = &item["message"]["attachments"][0];
        assert_eq!(attachment["type"], word);
        assert_eq!(attachment["payload"].get("sticker_id").is_some(), kind == MediaKind::Sticker);
        let url = attachment["payload"]["url"].as_str().unwrap();
        let file = meta.send(meta.http.get(url)).await;
        assert_eq!((file.status, file.header("content-type")), (200, mime), "{url}");
    }
    for kind in ["fallback", "template", "reel", "ig_reel", "post", "ig_post", "appointment_booking"] {
        let content =
            Content::Attachment { kind: kind.into(), payload: (kind != "fallback").then(|| json!({"id": "1"})) };
        let attachment = hear(&meta, &product, content).await["message"]["attachments"][0].clone();
        assert_eq!(attachment["type"], kind);
        assert_eq!(attachment.get("payload").is_none(), kind == "fallback");
    }
    let place = Content::Location { latitude: 40.4, longitude: -3.7, name: Some("Sol".into()) };
    let item = hear(&meta, &product, place).await;
    assert_eq!(item["message"]["attachments"][0]["payload"]["coordinates"], json!({"lat": 40.4, "long": -3.7}));
    let caption = Content::Media { kind: MediaKind::Image, media: None, caption: Some("both".into()) };
    let message = hear(&meta, &product, caption).await["message"].clone();
    assert!(message["text"] == "both" && message["attachments"].is_array());
}

#[tokio::test]
async fn events_that_are_no_messages_have_their_own_key() {
    let (meta, product) = shop().await;
    let said = meta.control.customer_does(PAGE, "amara", &Content::Text("helo".into())).unwrap().message_id;
    let to = || said.clone();
    let cases = [
        (Content::Postback { title: "Start".into(), payload: "GO".into() }, "postback", "payload", json!("GO")),
        (
            Content::Referral { reference: "x".into(), source: "SHORTLINK".into() },
            "referral",
            "type",
            json!("OPEN_THREAD"),
        ),
        (Content::Optin(json!({"ref": "box", "user_ref": "u"})), "optin", "user_ref", json!("u")),
        (Content::Reaction { to: to(), emoji: Some("❤️".into()) }, "reaction", "reaction", json!("love")),
        (Content::Reaction { to: to(), emoji: None }, "reaction", "action", json!("unreact")),
        (Content::Edit { to: to(), text: "hello".into() }, "message_edit", "num_edit", json!(1)),
        (Content::Edit { to: to(), text: "hello!".into() }, "message_edit", "num_edit", json!(2)),
    ];
    for (content, key, inner, value) in cases {
        let item = hear(&meta, &product, content).await;
        assert_eq!(item[key][inner], value, "{item}");
        assert!(item.get("message").is_none());
    }
    let read = hear(&meta, &product, Content::Seen).await;
    assert_eq!(read["read"]["watermark"], read["timestamp"]);
    let conversation = meta.control.conversation(PAGE, "amara");
    assert_eq!((conversation[0].text.as_str(), conversation[0].edits), ("hello!", 2));
    let unsend = meta.control.customer_does(PAGE, "amara", &Content::Unsend { to: said });
    assert!(unsend.is_err(), "Messenger tells nobody of it");
}

#[tokio::test]
async fn standby_replaces_messaging_and_withholds_payloads() {
    let (meta, product) = shop().await;
    let with = || Circumstances { standby: true, ..Circumstances::default() };
    hear_with(&meta, &product, Content::Postback { title: "Start".into(), payload: "GO".into() }, with()).await;
    let entry = product.bodies().pop().unwrap()["entry"][0].clone();
    assert!(entry.get("messaging").is_none());
    assert_eq!(entry["standby"][0]["postback"]["title"], "Start");
    assert!(entry["standby"][0]["postback"].get("payload").is_none());
}

#[tokio::test]
async fn what_others_do_for_the_business_is_told_too() {
    let (meta, product) = shop().await;
    let app = meta.app_id.parse::<u64>().unwrap();
    let does = |deed: Deed| meta.control.business_does(PAGE, "amara", &deed).unwrap();
    let done = does(Deed::Reply("from the inbox".into()));
    meta.control.deliver().await;
    let echo = product.last();
    assert_eq!((&echo["sender"]["id"], &echo["recipient"]["id"]), (&json!(PAGE), &json!(done.customer)));
    assert_eq!(echo["message"]["is_echo"], true);
    assert!(echo["message"]["app_id"].as_u64().is_some_and(|id| id != app));
    for (deed, key) in [
        (Deed::PassThread, "pass_thread_control"),
        (Deed::TakeThread, "take_thread_control"),
        (Deed::RequestThread, "request_thread_control"),
        (Deed::AppRoles(vec!["primary_receiver".into()]), "app_roles"),
    ] {
        does(deed);
        meta.control.deliver().await;
        assert!(product.last()[key].is_object());
    }
    assert!(meta.control.business_does(PAGE, "amara", &Deed::HistoryRefused).is_err());
}

#[tokio::test]
async fn comments_come_as_changes_of_the_feed_in_seconds() {
    let (meta, product) = shop().await;
    let comment = Content::Comment { text: "Nice!".into(), post: None, parent: None };
    let change = hear(&meta, &product, comment).await;
    assert_eq!(change["field"], "feed");
    let value = &change["value"];
    assert_eq!(
        (&value["item"], &value["verb"], &value["message"]),
        (&json!("comment"), &json!("add"), &json!("Nice!"))
    );
    assert_eq!(value["created_time"], NOW);
    assert_eq!(value["parent_id"], value["post_id"]);
    assert_eq!(product.bodies().pop().unwrap()["entry"][0]["time"], NOW);
}
