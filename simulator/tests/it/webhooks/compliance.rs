//! Deauthorisation and data deletion (Meta reference §10).

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use simulator::{DeliveryKind, SignedRequestForm};

use super::{Heard, Product, shop};
use crate::harness::{Meta, NOW};

fn request(heard: &Heard) -> (String, String) {
    assert_eq!(heard.header("content-type"), "application/x-www-form-urlencoded");
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&heard.body).into_owned().collect();
    assert_eq!((form.len(), form[0].0.as_str()), (1, "signed_request"));
    let (signature, payload) = form[0].1.split_once('.').unwrap();
    (signature.to_owned(), payload.to_owned())
}

fn signed(meta: &Meta, payload: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(meta.secret.as_bytes()).unwrap();
    mac.update(payload.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

async fn with_callbacks() -> (Meta, Product) {
    let (meta, product) = shop().await;
    meta.control.set_compliance_callbacks(Some(&product.url), Some(&product.url));
    (meta, product)
}

#[tokio::test]
async fn the_deauthorize_callback_gets_a_signed_request_and_the_tokens_die() {
    let (meta, product) = with_callbacks().await;
    let (token, owner) = (meta.token(), meta.owner());
    let attempt = meta.control.deauthorize(&owner, SignedRequestForm::Unpadded).await.unwrap();
    assert_eq!((attempt.kind, attempt.status), (DeliveryKind::Deauthorize, Some(200)));
    let (signature, payload) = request(&product.heard()[0]);
    assert_eq!(URL_SAFE_NO_PAD.decode(&signature).unwrap(), signed(&meta, &payload));
    let payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert_eq!(payload, json!({"algorithm": "HMAC-SHA256", "issued_at": NOW, "user_id": owner}));
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.error(), (190, Some(458)));
}

#[tokio::test]
async fn every_other_form_is_wrong_in_one_respect() {
    let (meta, product) = with_callbacks().await;
    let send = async |form| {
        meta.control.deauthorize("218471", form).await.unwrap();
        request(product.heard().last().unwrap())
    };
    let (signature, payload) = send(SignedRequestForm::Padded).await;
    assert!(signature.ends_with('='));
    assert_eq!(URL_SAFE.decode(&signature).unwrap(), signed(&meta, &payload));
    for form in [SignedRequestForm::BadSignature, SignedRequestForm::WrongSecret] {
        let (signature, payload) = send(form).await;
        assert_ne!(URL_SAFE_NO_PAD.decode(&signature).unwrap(), signed(&meta, &payload));
    }
    let (signature, payload) = send(SignedRequestForm::WrongAlgorithm).await;
    assert_eq!(URL_SAFE_NO_PAD.decode(&signature).unwrap(), signed(&meta, &payload));
    let payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert_ne!(payload["algorithm"], "HMAC-SHA256");
    let (signature, payload) = send(SignedRequestForm::NotJson).await;
    assert_eq!(URL_SAFE_NO_PAD.decode(&signature).unwrap(), signed(&meta, &payload));
    assert!(serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(payload).unwrap()).is_err());
}

#[tokio::test]
async fn the_address_in_a_deletions_answer_is_opened() {
    let (meta, product) = with_callbacks().await;
    let page = product.url.replace("/hook", "/deletion?code=abc");
    product.say(&json!({"url": page, "confirmation_code": "abc"}).to_string());
    let answer = meta.control.request_deletion(&meta.owner(), SignedRequestForm::Unpadded).await.unwrap();
    assert_eq!((answer.url.as_deref(), answer.confirmation_code.as_deref()), (Some(page.as_str()), Some("abc")));
    assert_eq!(answer.page_status, Some(200));
    assert_eq!(product.all().last().unwrap().path, "/deletion");
    product.say("not what was agreed");
    let answer = meta.control.request_deletion(&meta.owner(), SignedRequestForm::Unpadded).await.unwrap();
    assert_eq!((answer.url, answer.page_status), (None, None));
    assert_eq!(answer.attempt.answer, "not what was agreed");
}

#[tokio::test]
async fn removing_the_permissions_by_the_graph_calls_back_too() {
    let (meta, product) = with_callbacks().await;
    product.subscribe(&meta, "permissions", "pages_messaging").await;
    let (token, owner) = (meta.token(), meta.owner());
    meta.delete(&token, "v25.0/me/permissions/pages_messaging").await;
    meta.control.deliver().await;
    let body = product.bodies().pop().unwrap();
    assert_eq!((&body["object"], &body["entry"][0]["id"]), (&json!("permissions"), &json!(owner)));
    assert_eq!(body["entry"][0]["changes"][0]["value"]["verb"], "revoked");
    product.forget();
    meta.delete(&token, "v25.0/me/permissions").await;
    meta.control.deliver().await;
    assert_eq!(meta.control.attempts().pop().unwrap().kind, DeliveryKind::Deauthorize);
    request(&product.heard()[0]);
}

#[tokio::test]
async fn without_a_callback_nothing_is_sent() {
    let (meta, product) = shop().await;
    assert!(meta.control.deauthorize(&meta.owner(), SignedRequestForm::Unpadded).await.is_none());
    let reply = meta.send(meta.http.post(meta.url("_sim/people/1/request_deletion"))).await;
    assert_eq!(reply.status, 422);
    let set = json!({"data_deletion_callback_url": product.url});
    assert_eq!(meta.send(meta.http.patch(meta.url("_sim/app")).json(&set)).await.status, 204);
    let form = json!({"form": "padded"});
    let reply = meta.send(meta.http.post(meta.url("_sim/people/1/request_deletion")).json(&form)).await;
    assert_eq!(reply.json["attempt"]["status"], 200, "{}", reply.text);
}
