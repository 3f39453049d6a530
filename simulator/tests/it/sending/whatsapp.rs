//! WhatsApp (Meta reference §8.1, §8.4).

use std::time::Duration;

use serde_json::{Value, json};
use simulator::{Content, Fault, Mode, Progress};

use super::{post, whatsapp_text};
use crate::harness::Meta;
use crate::webhooks::{PHONE, Product, shop};

const AMARA: &str = "+34 611 555 001";
const MESSAGES: &str = "v25.0/190638523274551/messages";

async fn with_customer() -> (Meta, Product, String) {
    let (meta, product) = shop().await;
    meta.control.customer_does(PHONE, "amara", &Content::Text("hola".into())).unwrap();
    meta.control.deliver().await;
    product.forget();
    let token = meta.token();
    (meta, product, token)
}

fn statuses(product: &Product) -> Vec<Value> {
    product.bodies().iter().map(|body| body["entry"][0]["changes"][0]["value"]["statuses"][0].clone()).collect()
}

#[tokio::test]
async fn an_accepted_message_is_followed_by_its_statuses() {
    let (meta, product, token) = with_customer().await;
    let mut body = whatsapp_text(AMARA, "¡Buenas!");
    body["biz_opaque_callback_data"] = json!("order 7");
    let reply = post(&meta, &token, MESSAGES, body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.json["contacts"], json!([{"input": AMARA, "wa_id": "34611555001"}]));
    let id = reply.json["messages"][0]["id"].as_str().unwrap();
    assert!(id.starts_with("wamid."));
    meta.control.deliver().await;
    let told = statuses(&product);
    assert_eq!(told.iter().map(|one| one["status"].as_str().unwrap()).collect::<Vec<_>>(), ["sent", "delivered"]);
    assert!(told.iter().all(|one| one["id"] == id && one["biz_opaque_callback_data"] == "order 7"));
    assert_eq!(told[0]["pricing"]["type"], "free_customer_service");
    product.forget();
    meta.control.customer_does(PHONE, "amara", &Content::Seen).unwrap();
    meta.control.deliver().await;
    assert_eq!(statuses(&product)[0]["status"], "read");
    let last = meta.control.conversation(PHONE, "amara").pop().unwrap();
    assert_eq!((last.text.as_str(), last.progress), ("¡Buenas!", Progress::Read));
}

#[tokio::test]
async fn the_status_can_overtake_the_answer() {
    let (meta, product, token) = with_customer().await;
    meta.control.hold_webhooks(true);
    post(&meta, &token, MESSAGES, whatsapp_text(AMARA, "one")).await;
    assert!(product.heard().is_empty());
    meta.control.switch(|switches| switches.webhooks.status_first = true);
    let reply = post(&meta, &token, MESSAGES, whatsapp_text(AMARA, "two")).await;
    let told = statuses(&product);
    assert_eq!(told.len(), 4, "everything that waited was told before the answer came");
    assert_eq!(told[2]["id"], reply.json["messages"][0]["id"]);
}

#[tokio::test]
async fn outside_the_window_only_templates_go_and_the_error_comes_at_once_or_later() {
    let (meta, product, token) = with_customer().await;
    meta.control.advance(Duration::from_secs(24 * 3_600 + 1));
    let later = post(&meta, &token, MESSAGES, whatsapp_text(AMARA, "still there?")).await;
    assert_eq!(later.status, 200);
    meta.control.deliver().await;
    let failed = statuses(&product).pop().unwrap();
    assert_eq!((&failed["status"], &failed["errors"][0]["code"]), (&json!("failed"), &json!(131_047)));
    let value = product.last()["value"].clone();
    assert!(value.get("contacts").is_none(), "contacts stay away from failures");
    meta.control.switch(|switches| switches.webhooks.window_error_later = false);
    let now = post(&meta, &token, MESSAGES, whatsapp_text(AMARA, "still there?")).await;
    assert_eq!((now.status, now.error().0), (400, 131_047));
    let template = json!({"messaging_product": "whatsapp", "to": AMARA, "type": "template",
                          "template": {"name": "order_ready", "language": {"code": "en_US"}, "components": [
                              {"type": "body", "parameters": [{"type": "text", "text": "Amara"}]}]}});
    let reply = post(&meta, &token, MESSAGES, template.clone()).await;
    assert_eq!((reply.status, &reply.json["messages"][0]["message_status"]), (200, &json!("accepted")));
    let mut unknown = template;
    unknown["template"]["name"] = json!("no_such");
    let reply = post(&meta, &token, MESSAGES, unknown).await;
    assert_eq!((reply.status, reply.error().0), (404, 132_001));
    meta.control.customer_does(PHONE, "amara", &Content::Text("yes".into())).unwrap();
    assert_eq!(post(&meta, &token, MESSAGES, whatsapp_text(AMARA, "good")).await.status, 200);
}

#[tokio::test]
async fn a_bsuid_can_be_sent_to_and_nothing_tells_the_number() {
    let (meta, product) = shop().await;
    meta.control.customer_does(PHONE, "nadia", &Content::Text("سلام".into())).unwrap();
    meta.control.deliver().await;
    let bsuid = product.last()["value"]["messages"][0]["from_user_id"].as_str().unwrap().to_owned();
    product.forget();
    let body = json!({"messaging_product": "whatsapp", "recipient": bsuid, "type": "text", "text": {"body": "hi"}});
    let reply = post(&meta, &meta.token(), MESSAGES, body).await;
    assert_eq!(reply.json["contacts"], json!([{"input": bsuid, "user_id": bsuid}]));
    meta.control.deliver().await;
    let told = statuses(&product);
    assert!(told.iter().all(|one| one["recipient_user_id"] == bsuid && one.get("recipient_id").is_none()));
}

#[tokio::test]
async fn situations_have_their_errors() {
    let (meta, product, token) = with_customer().await;
    let send = async |to: &str| post(&meta, &token, MESSAGES, whatsapp_text(to, "x")).await;
    assert_eq!(send("+34 600 555 551").await.error().0, 131_021);
    assert_eq!(send("+1 555 000 0000").await.status, 200);
    meta.control.deliver().await;
    assert_eq!(statuses(&product).pop().unwrap()["errors"][0]["code"], 131_026);
    meta.control.switch(|switches| switches.webhooks.fail_with = Some(131_049));
    assert_eq!(send(AMARA).await.status, 200);
    meta.control.deliver().await;
    assert_eq!(statuses(&product).pop().unwrap()["errors"][0]["code"], 131_049);
    let change = |change: fn(&mut simulator::PhoneNumber)| {
        meta.control.edit_world(|world| change(&mut world.phone_numbers[0])).unwrap();
    };
    change(|number| number.status = "PENDING".into());
    assert_eq!(send(AMARA).await.error().0, 133_010);
    change(|number| number.status = "BANNED".into());
    let locked = send(AMARA).await;
    assert_eq!((locked.status, locked.error().0), (403, 131_031));
    change(|number| number.status = "CONNECTED".into());
    meta.control.edit_world(|world| world.app.mode = Mode::Development).unwrap();
    assert_eq!(send(AMARA).await.error().0, 131_030);
    meta.control.edit_world(|world| world.app.mode = Mode::Live).unwrap();
    meta.control.set_fault(Fault::error("messages", 400, 130_429).times(1));
    assert_eq!(send(AMARA).await.error().0, 130_429);
}

#[tokio::test]
async fn every_type_is_read_and_shown_on_the_customers_phone() {
    let (meta, _product, token) = with_customer().await;
    let said = meta.control.conversation(PHONE, "amara")[0].id.clone();
    let button = |n: usize| json!({"type": "reply", "reply": {"id": format!("b{n}"), "title": format!("Button {n}")}});
    let bodies = [
        ("image", json!({"link": "https://cdn.example/a.png", "caption": "look"})),
        ("document", json!({"link": "https://cdn.example/a.pdf", "filename": "a.pdf"})),
        ("location", json!({"latitude": 1.5, "longitude": 2.5, "name": "Here"})),
        ("contacts", json!([{"name": {"formatted_name": "Jo"}}])),
        (
            "interactive",
            json!({"type": "button", "body": {"text": "Which?"},
                               "action": {"buttons": [button(1), button(2)]}}),
        ),
        ("reaction", json!({"message_id": said, "emoji": "🙌"})),
    ];
    for (kind, body) in bodies {
        let body = json!({"messaging_product": "whatsapp", "to": AMARA, "type": kind, kind: body});
        let reply = post(&meta, &token, MESSAGES, body).await;
        assert_eq!(reply.status, 200, "{kind}: {}", reply.text);
    }
    let shown = meta.control.conversation(PHONE, "amara");
    assert_eq!(
        shown.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(),
        ["text", "image", "document", "location", "contacts", "interactive"]
    );
    assert_eq!(shown[0].business_reaction.as_deref(), Some("🙌"));
    assert_eq!(shown[5].buttons[1], ("Button 2".to_owned(), "b2".to_owned()));
    let four = json!({"messaging_product": "whatsapp", "to": AMARA, "type": "interactive", "interactive": {
        "type": "button", "body": {"text": "?"}, "action": {"buttons": [button(1), button(2), button(3), button(4)]}}});
    assert_eq!(post(&meta, &token, MESSAGES, four).await.error().0, 100);
    let long = whatsapp_text(AMARA, &"x".repeat(4_097));
    assert_eq!(post(&meta, &token, MESSAGES, long).await.error().0, 100);
    let nothing = json!({"messaging_product": "whatsapp", "to": AMARA, "type": "carrier_pigeon", "carrier_pigeon": {}});
    assert!(post(&meta, &token, MESSAGES, nothing).await.message().contains("Param type must be one of"));
}

#[tokio::test]
async fn marking_read_and_typing_need_a_message_that_was_received() {
    let (meta, _product, token) = with_customer().await;
    let said = meta.control.conversation(PHONE, "amara")[0].id.clone();
    let read = |id: &str| {
        json!({"messaging_product": "whatsapp", "status": "read", "message_id": id,
                                 "typing_indicator": {"type": "text"}})
    };
    assert_eq!(post(&meta, &token, MESSAGES, read(&said)).await.json, json!({"success": true}));
    assert_eq!(meta.control.conversation(PHONE, "amara")[0].progress, Progress::Read);
    assert_eq!(post(&meta, &token, MESSAGES, read("wamid.nothing")).await.error().0, 100);
}
