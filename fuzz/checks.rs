//! What must hold for any bytes at all. The fuzz targets call these, and a normal test replays the corpus through them.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretString;
use serde_json::Value;
use server::{
    clock::Timestamp,
    connect::CallbackQuery,
    ingest::{Signature, SigningKey},
    meta::{SignedRequest, SignedRequestError, webhook},
    words::Language,
};
use sha2::Sha256;

const SECRET: &str = "made-up-secret";
const FORMER: &str = "made-up-former-secret";

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn mac(key: &str, data: &[u8]) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap().chain_update(data).finalize().into_bytes().to_vec()
}

/// `header`, a line feed, and the body that it is to prove: taken exactly when the header is the body's HMAC.
pub fn signature_header(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == b'\n');
    let (header, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (key, former) = (SigningKey::new(&secret(SECRET)), SigningKey::new(&secret(FORMER)));
    let verify = |signature| key.verify(body, signature).or_else(|_| former.verify(body, signature));
    let taken = Signature::parse(Some(header), false).and_then(verify).is_ok();
    let lower = header.to_ascii_lowercase();
    let good = [SECRET, FORMER].iter().any(|key| lower == format!("sha256={}", hex::encode(mac(key, body))).as_bytes());
    assert_eq!(taken, good && header.starts_with(b"sha256="));
    let right = format!("sha256={}", hex::encode(mac(SECRET, body)));
    let right = Signature::parse(Some(right.as_bytes()), true).expect("a good header");
    assert!(key.verify(body, right).is_ok());
}

/// A webhook's body: read or refused, the same each time, with an event for every entry.
pub fn webhook_body(data: &[u8]) {
    let received = Timestamp::from_millis(1_763_632_805_000);
    let read = webhook::read(data, received);
    assert_eq!(read, webhook::read(data, received), "the same body reads the same each time");
    match read {
        Ok(events) => {
            assert!(!events.is_empty());
            for event in &events {
                assert!(event.at.as_millis() > 0);
                assert!(event.about.iter().all(|(_, id)| !id.is_empty() && !id.contains('\0')));
            }
            if let Ok(body) = serde_json::from_slice::<Value>(data) {
                assert!(events.len() >= body["entry"].as_array().map_or(1, Vec::len));
            }
        }
        Err(unreadable) => assert!(!unreadable.explanation().told(Language::En).why.is_empty()),
    }
}

/// As it comes; and as a payload that is rightly signed.
pub fn signed_request(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (current, former) = (secret(SECRET), secret(FORMER));
    if SignedRequest::verify(&text, &current, Some(&former)).is_ok() {
        let (signature, payload) = text.trim().split_once('.').expect("two parts");
        let signature = URL_SAFE_NO_PAD.decode(signature.trim_end_matches('=')).unwrap_or_default();
        // Trailing bits aside, nothing but the right signature is taken.
        assert!(signature.is_empty() || [SECRET, FORMER].iter().any(|key| mac(key, payload.as_bytes()) == signature));
    }
    let payload = URL_SAFE_NO_PAD.encode(data);
    let signature = URL_SAFE_NO_PAD.encode(mac(FORMER, payload.as_bytes()));
    let signed = format!("{signature}.{payload}");
    match SignedRequest::verify(&signed, &current, Some(&former)) {
        Ok(request) => assert!(request.user_id.as_str().bytes().all(|byte| byte.is_ascii_digit())),
        Err(SignedRequestError::WrongSignature) => panic!("the right signature is refused"),
        Err(_) => {}
    }
    assert!(SignedRequest::verify(&signed, &current, None).is_err(), "a secret that is not given is taken");
}

/// The query with which a browser comes back: read or taken for nothing, and never shown.
pub fn callback_query(data: &[u8]) {
    let query = CallbackQuery::parse(&String::from_utf8_lossy(data));
    assert!(query.error.as_ref().is_none_or(|error| !error.is_empty()));
    let shown = format!("{:?}", (&query.code, &query.state));
    let hidden = "SecretBox<str>([REDACTED])";
    let expected = |given: bool| if given { format!("Some({hidden})") } else { "None".to_owned() };
    assert_eq!(shown, format!("({}, {})", expected(query.code.is_some()), expected(query.state.is_some())));
}
