//! Whether a webhook is Meta's: HMAC-SHA256 of the raw bytes, keyed by the app secret (Meta reference §7.2).

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use super::Refusal;

/// What `X-Hub-Signature-256` claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 32]);

impl Signature {
    /// Reads the header `X-Hub-Signature-256`. `legacy` tells whether `X-Hub-Signature`, by SHA-1, came with it.
    ///
    /// # Errors
    /// [`Refusal::MissingSignature`], [`Refusal::Sha1Only`] or [`Refusal::MalformedSignature`].
    pub fn parse(header: Option<&[u8]>, legacy: bool) -> Result<Self, Refusal> {
        let Some(header) = header else {
            return Err(if legacy { Refusal::Sha1Only } else { Refusal::MissingSignature });
        };
        let digits = header.strip_prefix(b"sha256=").ok_or(Refusal::MalformedSignature)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(digits, &mut bytes).map_err(|_| Refusal::MalformedSignature)?;
        Ok(Self(bytes))
    }
}

/// An app secret, ready to check signatures with.
#[derive(Clone)]
pub struct SigningKey(Option<Hmac<Sha256>>);

impl SigningKey {
    /// Prepares it, so that the key's part of the hash is not computed for each webhook. An empty secret signs nothing.
    pub fn new(secret: &SecretString) -> Self {
        let bytes = secret.expose_secret().as_bytes();
        Self(Some(bytes).filter(|bytes| !bytes.is_empty()).and_then(|bytes| Hmac::new_from_slice(bytes).ok()))
    }

    /// Whether it signed exactly these bytes. Takes the same time wherever the signature differs.
    ///
    /// # Errors
    /// [`Refusal::WrongSignature`].
    pub fn verify(&self, body: &[u8], signature: Signature) -> Result<(), Refusal> {
        let signed = self.0.as_ref();
        let signed = signed.is_some_and(|key| key.clone().chain_update(body).verify_slice(&signature.0).is_ok());
        if signed { Ok(()) } else { Err(Refusal::WrongSignature) }
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(hidden)")
    }
}
