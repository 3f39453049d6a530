//! Opaque strings, and the two things done with them: signing and recognising.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::RngExt as _;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// `length` random letters and digits.
pub(crate) fn opaque(rng: &mut rand::rngs::StdRng, length: usize) -> String {
    (0..length).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect()
}

/// First twelve hexadecimal digits of the SHA-256: enough to recognise a secret, useless to use it.
pub(crate) fn fingerprint(secret: &str) -> String {
    let mut text = hex::encode(Sha256::digest(secret.as_bytes()));
    text.truncate(12);
    text
}

/// Raw HMAC-SHA256.
pub(crate) fn sign(key: &str, message: &str) -> Vec<u8> {
    // HMAC takes keys of any length, so the error branch cannot be reached.
    Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .map(|mut mac| {
            mac.update(message.as_bytes());
            mac.finalize().into_bytes().to_vec()
        })
        .unwrap_or_default()
}

/// `appsecret_proof` of a token (Meta reference §4.7).
pub(crate) fn proof(app_secret: &str, token: &str) -> String {
    hex::encode(sign(app_secret, token))
}

/// A `signed_request` around this JSON (Meta reference §10).
pub(crate) fn signed_request(app_secret: &str, payload: &serde_json::Value) -> String {
    let body = URL_SAFE_NO_PAD.encode(payload.to_string());
    format!("{}.{body}", URL_SAFE_NO_PAD.encode(sign(app_secret, &body)))
}

/// Equality that takes the same time wherever the strings differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
