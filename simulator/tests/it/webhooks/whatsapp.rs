//! What WhatsApp tells (Meta reference §7.6).

use base64::Engine as _;
use serde_json::{Map, Value, json};
use sha2::Digest as _;
use simulator::{Circumstances, Content, Deed, MediaKind, Shape, Update};

use super::{PHONE, Product, WABA, shop};
use crate::harness::{Meta, NOW};

async fn hear_with(meta: &Meta, product: &Product, who: &str, content: Content, with: Circumstances) -> Value {
    let done = meta.control.customer_does_with(PHONE, who, &content, &with).unwrap();
    assert_eq!(done.heard, Ok(()), "{content:?}");
    meta.control.deliver().await;
    let change = product.last();
    assert_eq!(change["field"], "messages");
    change["value"].clone()
}

async fn hear(meta: &Meta, product: &Product, content: Content) -> Value {
    hear_with(meta, product, "amara", content, Circumstances::default()).await
}

#[tokio::test]
async fn a_message_names_the_number_the_contact_and_the_second() {
    let (meta, product) = shop().await;
    let value = hear(&meta, &product, Content::Text("hola 👋".into())).await;
    assert_eq!(value["metadata"], json!({"display_phone_number": "34600555551", "phone_number_id": PHONE}));
    let contact = &value["contacts"][0];
    assert_eq!((&contact["wa_id"], &contact["profile"]["name"]), (&json!("34611555001"), &json!("Amara Núñez")));
    let message = &value["messages"][0];
    assert_eq!((&message["from"], &message["text"]["body"]), (&json!("34611555001"), &json!("hola 👋")));
    assert_eq!(message["timestamp"], NOW.to_string());
    assert_eq!(message["from_user_id"], contact["user_id"]);
    let body = product.bodies().pop().unwrap();
    assert_eq!(body["entry"][0]["id"], WABA);
    assert!(body["entry"][0].get("time").is_none());
}

#[tokio::test]
async fn every_type_has_its_object() {
    let (meta, product) = shop().await;
    let to = || "wamid.earlier".to_owned();
    let cases = [
        (Content::Media { kind: MediaKind::Image, media: None, caption: Some("c".into()) }, "image", "caption"),
        (Content::Media { kind: MediaKind::Video, media: None, caption: None }, "video", "url"),
        (Content::Media { kind: MediaKind::Audio, media: None, caption: None }, "audio", "voice"),
        (Content::Media { kind: MediaKind::File, media: None, caption: None }, "document", "filename"),
        (Content::Media { kind: MediaKind::Sticker, media: None, caption: None }, "sticker", "animated"),
        (Content::Location { latitude: 1.0, longitude: 2.0, name: None }, "location", "latitude"),
        (Content::QuickReply { title: "Yes".into(), payload: "y".into() }, "interactive", "button_reply"),
        (Content::ListReply { id: "1".into(), title: "One".into() }, "interactive", "list_reply"),
        (Content::FlowReply { response: json!({"a": 1}) }, "interactive", "nfm_reply"),
        (Content::TemplateButton { text: "Stop".into(), payload: "STOP".into() }, "button", "payload"),
        (Content::Order(json!({"catalog_id": "1", "product_items": []})), "order", "catalog_id"),
        (Content::Reaction { to: to(), emoji: Some("👍".into()) }, "reaction", "emoji"),
        (Content::Edit { to: to(), text: "new".into() }, "edit", "message"),
        (Content::Unsend { to: to() }, "revoke", "original_message_id"),
        (Content::Unsupported { kind: "poll".into() }, "unsupported", "type"),
    ];
    for (content, kind, key) in cases {
        let value = hear(&meta, &product, content).await;
        let message = &value["messages"][0];
        assert_eq!(message["type"], kind);
        assert!(message[kind].get(key).is_some(), "{message}");
        assert_eq!(message.get("errors").is_some(), kind == "unsupported");
    }
    let cards = json!([{"name": {"formatted_name": "Jo"}, "phones": [{"phone": "+34 1"}]}]);
    let value = hear(&meta, &product, Content::Contacts(cards.clone())).await;
    assert_eq!(value["messages"][0]["contacts"], cards);
    let removed = hear(&meta, &product, Content::Reaction { to: to(), emoji: None }).await;
    assert!(removed["messages"][0]["reaction"].get("emoji").is_none());
}

#[tokio::test]
async fn contexts_are_replies_forwards_groups_and_referrals() {
    let (meta, product) = shop().await;
    let text = || Content::Text("x".into());
    let with = Circumstances { reply_to: Some("wamid.1".into()), ..Circumstances::default() };
    let value = hear_with(&meta, &product, "amara", text(), with).await;
    assert_eq!(value["messages"][0]["context"], json!({"from": "34600555551", "id": "wamid.1"}));
    let with = Circumstances { forwarded: true, group_id: Some("g1".into()), ..Circumstances::default() };
    let value = hear_with(&meta, &product, "amara", text(), with).await;
    assert_eq!(value["messages"][0]["context"], json!({"forwarded": true}));
    assert_eq!(value["messages"][0]["group_id"], "g1");
    let extra = json!({"referral": {"source_type": "ad", "ctwa_clid": "c"}}).as_object().unwrap().clone();
    let with = Circumstances { extra, ..Circumstances::default() };
    let value = hear_with(&meta, &product, "amara", text(), with).await;
    assert_eq!(value["messages"][0]["referral"]["ctwa_clid"], "c");
}

#[tokio::test]
async fn those_who_hide_their_number_are_known_by_their_bsuid_alone() {
    let (meta, product) = shop().await;
    let value = hear_with(&meta, &product, "nadia", Content::Text("سلام".into()), Circumstances::default()).await;
    assert!(value["contacts"][0].get("wa_id").is_none() && value["messages"][0].get("from").is_none());
    let user = value["messages"][0]["from_user_id"].as_str().unwrap();
    assert!(user.starts_with("AE.") && user.len() == 23, "{user}");
    assert_eq!(value["contacts"][0]["user_id"], user);
    assert!(!product.heard()[0].body.windows(12).any(|part| part == b"971505550004"));
    let with = Circumstances { bsuid_only: true, ..Circumstances::default() };
    let value = hear_with(&meta, &product, "amara", Content::Text("x".into()), with).await;
    assert!(value["messages"][0].get("from").is_none());
}

#[tokio::test]
async fn a_new_number_comes_as_a_system_message_without_contacts_and_changes_the_bsuid() {
    let (meta, product) = shop().await;
    let before = hear(&meta, &product, Content::Text("old".into())).await;
    let value = hear(&meta, &product, Content::ChangedNumber { phone: "34611555099".into() }).await;
    assert!(value.get("contacts").is_none());
    assert_eq!(value["messages"][0]["system"]["type"], "user_changed_number");
    assert_eq!(value["messages"][0]["system"]["wa_id"], "34611555099");
    let after = hear(&meta, &product, Content::Text("new".into())).await;
    assert_eq!(after["messages"][0]["from"], "34611555099");
    assert_ne!(after["messages"][0]["from_user_id"], before["messages"][0]["from_user_id"]);
}

#[tokio::test]
async fn media_is_downloadable_with_a_token_for_five_minutes() {
    let (meta, product) = shop().await;
    let media = Content::Media { kind: MediaKind::Image, media: None, caption: None };
    let image = hear(&meta, &product, media).await["messages"][0]["image"].clone();
    let url = image["url"].as_str().unwrap();
    let token = meta.token();
    let get = |token: Option<&str>| {
        let request = meta.http.get(url);
        match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    };
    let bytes = get(Some(&token)).send().await.unwrap().bytes().await.unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(&bytes));
    assert_eq!(image["sha256"], hash);
    assert_eq!(meta.send(get(None)).await.status, 404);
    assert_eq!(meta.send(get(Some("EAAwrong"))).await.status, 404);
    meta.control.advance(std::time::Duration::from_secs(301));
    assert_eq!(meta.send(get(Some(&token))).await.status, 404);
    let again = meta.read(&token, &format!("v25.0/{}", image["id"].as_str().unwrap()), &[]).await;
    assert_eq!((again.status, &again.json["mime_type"]), (200, &json!("image/png")));
    let fresh = meta.send(meta.http.get(again.json["url"].as_str().unwrap()).bearer_auth(&token)).await;
    assert_eq!(fresh.status, 200);
}

#[tokio::test]
async fn account_events_have_no_metadata_and_partner_events_name_the_partner() {
    let (meta, product) = shop().await;
    let happens = async |event: &str| {
        assert_eq!(meta.control.account_event(WABA, event, Map::new()), Ok(Ok(())), "{event}");
        meta.control.deliver().await;
        product.bodies().pop().unwrap()["entry"][0].clone()
    };
    for event in [
        "ACCOUNT_DELETED",
        "ACCOUNT_VIOLATION",
        "ACCOUNT_RESTRICTION",
        "DISABLED_UPDATE",
        "ACCOUNT_OFFBOARDED",
        "ACCOUNT_RECONNECTED",
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
        "VOLUME_BASED_PRICING_TIER_UPDATE",
    ] {
        let entry = happens(event).await;
        assert_eq!((&entry["id"], &entry["changes"][0]["value"]["event"]), (&json!(WABA), &json!(event)));
        assert!(entry["changes"][0]["value"].get("metadata").is_none());
    }
    for event in ["PARTNER_ADDED", "PARTNER_REMOVED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED"] {
        let entry = happens(event).await;
        assert_ne!(entry["id"], WABA);
        assert_eq!(entry["changes"][0]["value"]["waba_info"]["waba_id"], WABA);
    }
    let entry = happens("PARTNER_REMOVED_COEXISTENCE").await;
    assert_eq!(entry["id"], WABA);
    assert_eq!(entry["changes"][0]["value"], json!({"event": "PARTNER_REMOVED", "phone_number": "34600555551"}));
    let entry = happens("message_template_status_update").await;
    assert_eq!(entry["changes"][0]["field"], "message_template_status_update");
    assert!(entry["changes"][0]["value"]["message_template_id"].is_u64());
    let replace = json!({"event": "REJECTED", "reason": "INVALID_FORMAT"}).as_object().unwrap().clone();
    meta.control.account_event(WABA, "message_template_status_update", replace).unwrap().unwrap();
    meta.control.deliver().await;
    assert_eq!(product.last()["value"]["reason"], "INVALID_FORMAT");
    assert!(meta.control.account_event(WABA, "NOTHING_OF_THE_KIND", Map::new()).is_err());
}

#[tokio::test]
async fn coexistence_brings_echoes_contacts_and_history() {
    let (meta, product) = shop().await;
    let does = async |deed: Deed| {
        assert_eq!(meta.control.business_does(PHONE, "amara", &deed).unwrap().heard, Ok(()));
        meta.control.deliver().await;
        product.last()
    };
    let echo = does(Deed::Reply("from the phone".into())).await;
    assert_eq!(echo["field"], "smb_message_echoes");
    assert_eq!(echo["value"]["message_echoes"][0]["to"], "34611555001");
    let contact = does(Deed::Contact { action: "add".into() }).await;
    assert_eq!(contact["value"]["state_sync"][0]["contact"]["first_name"], "Amara");
    let history = does(Deed::History { phase: 1, chunk: 2, progress: 55 }).await;
    assert_eq!(history["value"]["history"][0]["metadata"], json!({"phase": 1, "chunk_order": 2, "progress": 55}));
    assert_eq!(history["value"]["history"][0]["threads"][0]["messages"].as_array().unwrap().len(), 2);
    let refused = does(Deed::HistoryRefused).await;
    assert_eq!(refused["value"]["history"][0]["errors"][0]["code"], 2_593_109);
}

#[tokio::test]
async fn errors_tied_to_no_message_are_just_another_update() {
    let (meta, product) = shop().await;
    let value = json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": PHONE},
                       "errors": [{"code": 130_429, "title": "Rate limit hit"}]});
    let update =
        Update { shape: Shape::Change, ..Update::change("whatsapp_business_account", WABA, "messages", value) };
    meta.control.emit(update).unwrap();
    meta.control.deliver().await;
    assert_eq!(product.last()["value"]["errors"][0]["code"], 130_429);
}
