//! Signatures of Standard Webhooks: HMAC-SHA256 over identifier, moment and body, by a secret that both sides know.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::entropy::Entropy;

/// What every secret begins with, so that people and scanners of secrets know one when they see it.
const PREFIX: &str = "whsec_";

/// A new secret: `whsec_` and 256 random bits.
pub(super) fn new_secret(entropy: &Entropy) -> SecretString {
    let bytes = Zeroizing::new(entropy.bytes::<32>());
    SecretString::from(format!("{PREFIX}{}", STANDARD.encode(bytes.as_slice())))
}

/// The header `webhook-signature`: a signature by each secret, the present one first. Nothing when a secret is none.
pub(super) fn sign(secrets: &[SecretString], id: &str, seconds: i64, body: &str) -> Option<String> {
    let signatures: Option<Vec<String>> = secrets.iter().map(|secret| sign_one(secret, id, seconds, body)).collect();
    signatures.filter(|all| !all.is_empty()).map(|all| all.join(" "))
}

fn sign_one(secret: &SecretString, id: &str, seconds: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.expose_secret().strip_prefix(PREFIX)?).map(Zeroizing::new).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    for part in [id, ".", &seconds.to_string(), ".", body] {
        mac.update(part.as_bytes());
    }
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The example that the specification's libraries are tested with.
    #[test]
    fn the_published_example_is_signed_as_published() {
        let secret = SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let signed = sign(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_has_256_bits_and_signs() {
        let entropy = Entropy::seeded(1);
        let (one, two) = (new_secret(&entropy), new_secret(&entropy));
        assert_ne!(one.expose_secret(), two.expose_secret());
        assert_eq!(STANDARD.decode(&one.expose_secret()[PREFIX.len()..]).unwrap().len(), 32);
        let signed = sign(&[one, two], "oev_1", 1, "{}").unwrap();
        let parts: Vec<&str> = signed.split(' ').collect();
        assert!(parts.len() == 2 && parts[0] != parts[1] && parts.iter().all(|part| part.starts_with("v1,")));
    }

    #[test]
    fn without_a_secret_nothing_is_signed() {
        assert_eq!(sign(&[], "oev_1", 1, "{}"), None);
        for wrong in ["", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            assert_eq!(sign(&[SecretString::from(wrong.to_owned())], "oev_1", 1, "{}"), None, "{wrong}");
        }
    }
}
