//! Media, multipart bodies, and errors with words for people.

use serde_json::json;
use simulator::{Content, Effect, Fault};

use super::post;
use crate::harness::{Meta, Reply};
use crate::webhooks::{PAGE, PHONE, shop};

/// A multipart body with these fields and one file.
async fn upload(meta: &Meta, token: &str, path: &str, fields: &[(&str, &str)], mime: &str, file: &[u8]) -> Reply {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(
        format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: {mime}\r\n\r\n"
        )
        .bytes(),
    );
    body.extend(file);
    body.extend(b"\r\n--xyz--\r\n");
    let request = meta.http.post(meta.url(path)).query(&[("appsecret_proof", meta.proof(token))]).bearer_auth(token);
    meta.send(request.header("content-type", "multipart/form-data; boundary=xyz").body(body)).await
}

#[tokio::test]
async fn an_upload_is_described_downloaded_sent_and_deleted() {
    let (meta, _product) = shop().await;
    let token = meta.token();
    let path = format!("v25.0/{PHONE}/media");
    let fields = [("messaging_product", "whatsapp")];
    let id =
        upload(&meta, &token, &path, &fields, "image/png", b"picture").await.json["id"].as_str().unwrap().to_owned();
    let described = meta.read(&token, &format!("v25.0/{id}"), &[]).await.json;
    // printf picture | sha256sum
    assert_eq!(described["sha256"], "2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97");
    assert_eq!((&described["file_size"], &described["mime_type"]), (&json!(7), &json!("image/png")));
    let file = meta.send(meta.http.get(described["url"].as_str().unwrap()).bearer_auth(&token)).await;
    assert_eq!((file.status, file.text.as_str()), (200, "picture"));
    meta.control.customer_does(PHONE, "amara", &Content::Text("hola".into())).unwrap();
    let body = json!({"messaging_product": "whatsapp", "to": "34611555001", "type": "image", "image": {"id": id}});
    assert_eq!(post(&meta, &token, &format!("v25.0/{PHONE}/messages"), body).await.status, 200);
    assert_eq!(meta.control.conversation(PHONE, "amara")[1].media.as_deref(), Some(id.as_str()));
    assert_eq!(meta.delete(&token, &format!("v25.0/{id}")).await.json, json!({"success": true}));
    assert_eq!(meta.read(&token, &format!("v25.0/{id}"), &[]).await.error(), (100, Some(33)));
}

#[tokio::test]
async fn uploads_of_other_types_and_too_large_ones_are_refused() {
    let (meta, _product) = shop().await;
    let token = meta.token();
    let path = format!("v25.0/{PHONE}/media");
    let fields = [("messaging_product", "whatsapp")];
    let html = upload(&meta, &token, &path, &fields, "text/html", b"<p>").await;
    assert!(html.message().contains("must be a file with one of the following types"), "{}", html.text);
    let large = vec![0_u8; 5 * 1024 * 1024 + 1];
    let large = upload(&meta, &token, &path, &fields, "image/jpeg", &large).await;
    assert!(large.json["error"]["error_data"]["details"].as_str().unwrap().contains("larger"), "{}", large.text);
    assert_eq!(upload(&meta, &token, &path, &[], "image/png", b"x").await.error().0, 100);
    let none = meta.post(&token, &path, &fields).await;
    assert_eq!(none.message(), "(#100) The parameter file is required");
}

#[tokio::test]
async fn messenger_takes_a_file_in_the_body_too() {
    let (meta, _product) = shop().await;
    let psid = meta.control.customer_does(PAGE, "amara", &Content::Text("hello".into())).unwrap().customer;
    let token = meta.page_token(&meta.token(), PAGE).await;
    let recipient = json!({ "id": psid }).to_string();
    let message = json!({"attachment": {"type": "image", "payload": {"is_reusable": true}}}).to_string();
    let fields = [("recipient", recipient.as_str()), ("message", message.as_str())];
    let reply = upload(&meta, &token, &format!("v25.0/{PAGE}/messages"), &fields, "image/png", b"picture").await;
    assert!(reply.json["attachment_id"].is_string(), "{}", reply.text);
    assert_eq!(meta.control.conversation(PAGE, "amara")[1].media.as_deref(), reply.json["attachment_id"].as_str());
}

#[tokio::test]
async fn some_errors_carry_words_for_people() {
    let (meta, _product) = shop().await;
    let effect =
        Effect::ErrorForUser { status: 400, code: 100, title: "Not now".into(), message: "Try it tomorrow.".into() };
    meta.control.set_fault(Fault::new(effect).on_edge("messages"));
    let error = post(&meta, &meta.token(), &format!("v25.0/{PHONE}/messages"), json!({})).await.json["error"].clone();
    assert_eq!((&error["error_user_title"], &error["error_user_msg"]), (&json!("Not now"), &json!("Try it tomorrow.")));
}

#[tokio::test]
async fn pins_guessed_too_fast_are_refused_when_that_is_asked_for() {
    let (meta, _product) = shop().await;
    let token = meta.token();
    meta.control.switch(|switches| switches.pin_pause = 30);
    meta.control.edit_world(|world| world.phone_numbers[0].pin = Some("111111".into())).unwrap();
    let guess = async |pin: &str| {
        let params = [("messaging_product", "whatsapp"), ("pin", pin)];
        meta.post(&token, &format!("v25.0/{PHONE}/register"), &params).await
    };
    assert_eq!(guess("222222").await.error().0, 133_005);
    assert_eq!(guess("111111").await.error().0, 133_009);
    meta.control.advance(std::time::Duration::from_secs(30));
    assert_eq!(guess("111111").await.status, 200);
}
