#![allow(clippy::unwrap_used)]
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::json;

use super::*;

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn mac(key: &str, payload: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(payload.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn signed_text(key: &str, payload: &str) -> String {
    format!("{}.{payload}", URL_SAFE_NO_PAD.encode(mac(key, payload)))
}

fn signed(key: &str, payload: &Value) -> String {
    signed_text(key, &URL_SAFE_NO_PAD.encode(payload.to_string()))
}

fn payload() -> Value {
    json!({"algorithm": "HMAC-SHA256", "issued_at": 1_763_632_800, "user_id": "218471", "expires": 0})
}

fn verify(text: &str) -> Result<SignedRequest, SignedRequestError> {
    SignedRequest::verify(text, &secret("current"), Some(&secret("former")))
}

#[test]
fn the_example_of_an_independent_tool_is_read() {
    // printf %s "$payload" | openssl dgst -sha256 -hmac current -binary | basenc --base64url
    let payload = "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc2MzYzMjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9";
    let text = format!("beE8FldRKedA5cDIobHMCvkviIyXVYZH3hCLlaWXydg.{payload}");
    let request = verify(&text).unwrap();
    assert_eq!(request.user_id.as_str(), "218471");
    assert_eq!(request.issued_at, Some(Timestamp::from_seconds(1_763_632_800)));
    assert_eq!((request.expires_at, request.profile_id), (None, None));
}

#[test]
fn padding_does_not_matter_and_belongs_to_what_is_signed() {
    let json = format!("{} ", payload());
    let bare = URL_SAFE_NO_PAD.encode(&json);
    let padded = URL_SAFE.encode(&json);
    assert_ne!(bare, padded);
    for payload in [&bare, &padded] {
        let padded_signature = format!("{}.{payload}", URL_SAFE.encode(mac("current", payload)));
        assert!(verify(&padded_signature).is_ok());
        assert!(verify(&signed_text("current", payload)).is_ok());
    }
    let signature_of_the_other = URL_SAFE_NO_PAD.encode(mac("current", &bare));
    assert_eq!(verify(&format!("{signature_of_the_other}.{padded}")), Err(SignedRequestError::WrongSignature));
}

#[test]
fn the_previous_secret_counts_only_while_it_is_given() {
    let text = signed("former", &payload());
    assert!(verify(&text).is_ok());
    let alone = SignedRequest::verify(&text, &secret("current"), None);
    assert_eq!(alone, Err(SignedRequestError::WrongSignature));
    let with_none = SignedRequest::verify(&signed("", &payload()), &secret(""), Some(&secret("")));
    assert_eq!(with_none, Err(SignedRequestError::WrongSignature));
    assert_eq!(verify(&signed("another", &payload())), Err(SignedRequestError::WrongSignature));
}

#[test]
fn the_algorithm_is_judged_in_any_case() {
    for (algorithm, good) in [("hmac-sha256", true), ("Hmac-Sha256", true), ("HMAC-SHA1", false), ("none", false)] {
        let mut payload = payload();
        payload["algorithm"] = json!(algorithm);
        let expected = if good { Ok(()) } else { Err(SignedRequestError::WrongAlgorithm) };
        assert_eq!(verify(&signed("current", &payload)).map(|_| ()), expected, "{algorithm}");
    }
    let mut missing = payload();
    missing.as_object_mut().unwrap().remove("algorithm");
    assert_eq!(verify(&signed("current", &missing)), Err(SignedRequestError::WrongAlgorithm));
}

#[test]
fn numbers_and_pages_are_understood() {
    let payload = json!({"algorithm": "HMAC-SHA256", "issued_at": "1763632800", "user_id": 218_471,
        "expires": 1_763_640_000, "page": {"id": "1353269864728879"}});
    let request = verify(&signed("current", &payload)).unwrap();
    assert_eq!(request.user_id.as_str(), "218471");
    assert_eq!(request.expires_at, Some(Timestamp::from_seconds(1_763_640_000)));
    assert_eq!(request.profile_id.as_deref(), Some("1353269864728879"));
}

#[test]
fn every_way_to_be_wrong_has_its_name() {
    use SignedRequestError as E;
    let good = signed("current", &payload());
    let (signature, encoded) = good.split_once('.').unwrap();
    let cases = [
        (String::new(), E::NotTwoParts),
        (signature.to_owned(), E::NotTwoParts),
        (format!("{signature}."), E::NotTwoParts),
        (format!(".{encoded}"), E::NotTwoParts),
        (format!("{good}.more"), E::NotTwoParts),
        (format!("!!!.{encoded}"), E::SignatureNotBase64),
        (format!("{}.{encoded}", &signature[..20]), E::WrongSignature),
        (good[..good.len() - 1].to_owned(), E::WrongSignature),
        (signed_text("current", "*not base64*"), E::PayloadNotBase64),
        (signed_text("current", &URL_SAFE_NO_PAD.encode("{\"algorithm\":")), E::PayloadNotJson),
        (signed_text("current", &URL_SAFE_NO_PAD.encode("[1]")), E::PayloadNotJson),
        (signed_text("current", &URL_SAFE_NO_PAD.encode([0xff, 0xfe])), E::PayloadNotJson),
        (signed("current", &json!({"algorithm": "HMAC-SHA256"})), E::NoUser),
        (signed("current", &json!({"algorithm": "HMAC-SHA256", "user_id": "../me"})), E::NoUser),
        ("a".repeat(20_000), E::TooLong),
    ];
    for (text, expected) in cases {
        assert_eq!(verify(&text), Err(expected), "{}", &text[..text.len().min(60)]);
    }
}

#[test]
fn debug_does_not_name_the_person() {
    let shown = format!("{:?}", verify(&signed("current", &payload())).unwrap());
    assert!(!shown.contains("218471"), "{shown}");
}
