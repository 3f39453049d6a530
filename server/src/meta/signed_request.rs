//! `signed_request`: how Meta proves that a deauthorization or a wish for deletion is its own (Meta reference §10).

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use sha2::Sha256;

use super::ids::MetaUserId;
use crate::clock::Timestamp;

/// The longest that is looked at, in bytes. Meta's are a few hundred.
const MAX_LENGTH: usize = 16 * 1024;

/// Base64url as anybody writes it: Meta mostly leaves the padding out.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What Meta signed.
#[derive(Clone, PartialEq)]
pub struct SignedRequest {
    /// The person, by the id that this app knows them by; not a PSID.
    pub user_id: MetaUserId,
    /// When Meta wrote it.
    pub issued_at: Option<Timestamp>,
    /// The Page or profile, where it is about one (§10).
    pub profile_id: Option<String>,
    /// When the grant ends or ended; `None` for never.
    pub expires_at: Option<Timestamp>,
}

impl std::fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedRequest").field("issued_at", &self.issued_at).finish_non_exhaustive()
    }
}

/// Why a `signed_request` is not taken. Says nothing of what was in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignedRequestError {
    /// More than 16 KiB.
    #[error("it is longer than any that Meta sends")]
    TooLong,
    /// Not two parts with one dot between them.
    #[error("it is not a signature and a payload with a dot between them")]
    NotTwoParts,
    /// The signature is no base64url.
    #[error("its signature is not base64url")]
    SignatureNotBase64,
    /// Another secret, or changed on the way.
    #[error("its signature is not made with this app's secret")]
    WrongSignature,
    /// The payload is no base64url.
    #[error("its payload is not base64url")]
    PayloadNotBase64,
    /// The payload is no JSON object.
    #[error("its payload is not a JSON object")]
    PayloadNotJson,
    /// Signed by another method than HMAC-SHA256.
    #[error("it names another algorithm than HMAC-SHA256")]
    WrongAlgorithm,
    /// No usable `user_id`.
    #[error("it does not say about whom it is")]
    NoUser,
}

impl SignedRequest {
    /// Reads and proves one: HMAC-SHA256 over the encoded payload as it came, in constant time, with the app's secret or,
    /// while it is being changed, the previous one.
    ///
    /// # Errors
    /// The first thing that is wrong with it; the signature is judged before the payload is looked at.
    pub fn verify(
        text: &str,
        secret: &SecretString,
        previous: Option<&SecretString>,
    ) -> Result<Self, SignedRequestError> {
        if text.len() > MAX_LENGTH {
            return Err(SignedRequestError::TooLong);
        }
        let (signature, payload) = text.trim().split_once('.').ok_or(SignedRequestError::NotTwoParts)?;
        if signature.is_empty() || payload.is_empty() || payload.contains('.') {
            return Err(SignedRequestError::NotTwoParts);
        }
        let signature = BASE64URL.decode(signature).map_err(|_| SignedRequestError::SignatureNotBase64)?;
        // Both are tried whatever the first says: how long it takes tells nothing.
        let current = signed_with(secret, payload, &signature);
        let former = previous.is_some_and(|previous| signed_with(previous, payload, &signature));
        if !(current | former) {
            return Err(SignedRequestError::WrongSignature);
        }
        let payload = BASE64URL.decode(payload).map_err(|_| SignedRequestError::PayloadNotBase64)?;
        let payload: Value = serde_json::from_slice(&payload).map_err(|_| SignedRequestError::PayloadNotJson)?;
        Self::from_payload(&payload)
    }

    fn from_payload(payload: &Value) -> Result<Self, SignedRequestError> {
        if !payload.is_object() {
            return Err(SignedRequestError::PayloadNotJson);
        }
        let algorithm = payload["algorithm"].as_str().unwrap_or_default();
        if !algorithm.eq_ignore_ascii_case("HMAC-SHA256") {
            return Err(SignedRequestError::WrongAlgorithm);
        }
        let user_id = text_or_number(&payload["user_id"])
            .or_else(|| text_or_number(&payload["user"]["id"]))
            .and_then(|id| id.parse().ok())
            .ok_or(SignedRequestError::NoUser)?;
        let profile_id = ["profile_id", "page_id"].iter().find_map(|key| text_or_number(&payload[*key]));
        Ok(Self {
            user_id,
            issued_at: seconds(&payload["issued_at"]),
            profile_id: profile_id.or_else(|| text_or_number(&payload["page"]["id"])),
            expires_at: seconds(&payload["expires"]),
        })
    }
}

/// An empty secret signs nothing: anybody knows it.
fn signed_with(secret: &SecretString, payload: &str, signature: &[u8]) -> bool {
    if secret.expose_secret().is_empty() {
        return false;
    }
    // HMAC takes keys of any length, so this never fails.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return false };
    mac.update(payload.as_bytes());
    mac.verify_slice(signature).is_ok()
}

fn text_or_number(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|number| number.to_string()))
}

/// A moment; zero is Meta's "never".
fn seconds(value: &Value) -> Option<Timestamp> {
    let seconds = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    (seconds > 0).then(|| Timestamp::from_seconds(seconds))
}

#[cfg(test)]
#[path = "signed_request_tests.rs"]
mod tests;
