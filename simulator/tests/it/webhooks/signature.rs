//! What is signed: the escaped bytes, nothing else (Meta reference §7.2).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use simulator::{Content, Signature};

use super::{PAGE, shop};
use crate::harness::NOW;

/// Meta's escaping, worked out here a second time, from UTF-16 units instead of characters.
fn escape(text: &str) -> String {
    text.encode_utf16()
        .map(|unit| match unit {
            0x2f => "\\/".to_owned(),
            0..0x80 => char::from(u8::try_from(unit).unwrap()).to_string(),
            unit => format!("\\u{unit:04x}"),
        })
        .collect()
}

fn hmac(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn the_signature_covers_the_escaped_bytes_and_not_the_text_they_mean() {
    let (meta, product) = shop().await;
    let said = "Crème brûlée 🍮 a/b — naïve, 日本 \u{1f469}\u{200d}\u{1f680}";
    meta.control.customer_does(PAGE, "amara", &Content::Text(said.into())).unwrap();
    meta.control.deliver().await;
    let heard = product.heard().pop().unwrap();
    let bytes = std::str::from_utf8(&heard.body).unwrap();
    assert!(bytes.is_ascii());
    assert!(bytes.contains(&format!(r#""text":"{}""#, escape(said))), "{bytes}");
    assert_eq!(heard.json()["entry"][0]["messaging"][0]["message"]["text"], said);
    assert_eq!(heard.header("x-hub-signature-256"), hmac(&meta.secret, &heard.body));
    let unescaped = heard.json().to_string();
    assert_ne!(heard.header("x-hub-signature-256"), hmac(&meta.secret, unescaped.as_bytes()));
    assert_eq!(heard.header("content-type"), "application/json");
    assert_eq!(heard.header("user-agent"), "facebookexternalua");
    assert!(heard.headers.get("x-hub-signature").is_none());
}

#[tokio::test]
async fn a_known_body_gets_the_signature_worked_out_beforehand() {
    let (meta, product) = shop().await;
    meta.control.edit_world(|world| world.app.secret = "0123456789abcdef0123456789abcdef".into()).unwrap();
    meta.control.send_raw("page", &product.url, br#"{"object":"page","entry":[]}"#.to_vec(), Signature::Right);
    meta.control.deliver().await;
    // printf '{"object":"page","entry":[]}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    assert_eq!(
        product.heard()[0].header("x-hub-signature-256"),
        "sha256=7cbc46b042d7e131c845c3f08d7028636dc75bdd529a85bfd25451ef6fc04d04"
    );
}

#[tokio::test]
async fn the_older_signature_and_more_escaping_can_be_asked_for() {
    let (meta, product) = shop().await;
    meta.control.switch(|switches| {
        switches.webhooks.sha1 = true;
        switches.webhooks.escape_more = true;
    });
    meta.control.customer_does(PAGE, "amara", &Content::Text("<50% @noon>".into())).unwrap();
    meta.control.deliver().await;
    let heard = product.heard().pop().unwrap();
    let bytes = std::str::from_utf8(&heard.body).unwrap();
    assert!(bytes.contains(r"\u003C50\u0025 \u0040noon>"), "{bytes}");
    assert!(heard.header("x-hub-signature").starts_with("sha1=") && heard.header("x-hub-signature").len() == 45);
    assert_eq!(heard.header("x-hub-signature-256"), hmac(&meta.secret, &heard.body));
}

#[tokio::test]
async fn forged_deliveries_carry_what_a_forger_would_send() {
    let (meta, product) = shop().await;
    let body = br#"{"object":"page","entry":[{"id":"110220330440551"}]}"#.to_vec();
    let forged = [Signature::Secret("another".into()), Signature::Header("sha256=nothex".into()), Signature::Missing];
    for signature in &forged {
        meta.control.send_raw("page", &product.url, body.clone(), signature.clone());
    }
    meta.control.deliver().await;
    let sent: Vec<String> = product.heard().iter().map(|one| one.header("x-hub-signature-256").to_owned()).collect();
    assert_eq!(sent, [hmac("another", &body), "sha256=nothex".into(), String::new()]);
    assert_ne!(sent[0], hmac(&meta.secret, &body));
    assert!(meta.control.attempts().iter().all(|attempt| attempt.at == NOW && attempt.body == body));
}
