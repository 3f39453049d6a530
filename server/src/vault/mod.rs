//! The vault: secrets are sealed with XChaCha20-Poly1305 before they reach the database.
//!
//! A sealed value is `v1.<key-id>.<base64url(nonce ‖ ciphertext)>`. The associated data binds it to its tenant, its
//! purpose and its row, so a value moved elsewhere does not open. Keys come as a ring: the first seals, all open;
//! [`rotate`] moves old values to the first key while the product runs.

mod check;
mod key_ring;
mod rotate;

pub use check::{check_keys, holds_sealed_values};
pub use key_ring::{KeyRing, KeyRingError};
pub use rotate::{Rotation, rotate};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    XNonce,
    aead::{Aead as _, Payload},
};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::entropy::Entropy;

const VERSION: &str = "v1";
const NONCE_BYTES: usize = 24;

/// Where a sealed value belongs. A value sealed for one place opens in no other.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The tenant that the secret belongs to, or [`INSTALLATION`].
    pub tenant: &'a str,
    /// What the secret is, such as `credential`.
    pub purpose: &'static str,
    /// The identifier of the row that holds it.
    pub row: &'a str,
}

impl Place<'_> {
    /// Length-prefixed, so that no two places have the same bytes.
    fn associated_data(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(96);
        for part in [VERSION, self.tenant, self.purpose, self.row] {
            bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}

/// The `tenant` of a [`Place`] for secrets of the installation itself.
pub const INSTALLATION: &str = "installation";

/// A sealed value: safe to store, useless without the key ring and the place.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Sealed(String);

impl Sealed {
    /// The identifier of the key that sealed this value.
    pub fn key_id(&self) -> &str {
        self.0.split('.').nth(1).unwrap_or_default()
    }

    /// Takes a value as it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

/// Why a sealed value does not open. None of these tells more than is safe to log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The text is not a sealed value.
    #[error("the stored value is not a sealed secret")]
    Malformed,
    /// The key that sealed it is not in the ring.
    #[error("the key `{0}` that sealed this secret is not in the key ring")]
    UnknownKey(String),
    /// It was sealed for another place, with another key of the same name, or was altered.
    #[error("the sealed secret does not belong here or was altered")]
    NotAuthentic,
}

/// Seals and opens secrets with a key ring.
#[derive(Debug, Clone)]
pub struct Vault {
    keys: KeyRing,
    entropy: Entropy,
}

impl Vault {
    /// A vault over `keys`.
    pub fn new(keys: KeyRing, entropy: Entropy) -> Self {
        Self { keys, entropy }
    }

    /// The identifier of the key that seals now.
    pub fn active_key_id(&self) -> &str {
        self.keys.active_id()
    }

    /// The identifiers of all keys in the ring, the active one first.
    pub fn key_ids(&self) -> impl Iterator<Item = &str> {
        self.keys.ids()
    }

    /// Seals `secret` for `place` with the active key.
    ///
    /// # Errors
    /// [`VaultError::NotAuthentic`] when the cipher refuses, which it does only for inputs of hundreds of gigabytes.
    pub fn seal(&self, place: Place<'_>, secret: &SecretString) -> Result<Sealed, VaultError> {
        let nonce: [u8; NONCE_BYTES] = self.entropy.bytes();
        let associated = place.associated_data();
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: &associated };
        let ciphertext =
            self.keys.active().encrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::NotAuthentic)?;
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&ciphertext);
        Ok(Sealed(format!("{VERSION}.{}.{}", self.keys.active_id(), URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// Opens a value that was sealed for `place`.
    ///
    /// # Errors
    /// Each [`VaultError`], when the value is not one, its key is gone, or it belongs elsewhere.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Result<SecretString, VaultError> {
        let mut parts = sealed.0.split('.');
        let (Some(VERSION), Some(key_id), Some(body), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(VaultError::Malformed);
        };
        let key = self.keys.find(key_id).ok_or_else(|| VaultError::UnknownKey(key_id.to_owned()))?;
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| VaultError::Malformed)?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Malformed)?;
        let associated = place.associated_data();
        let plain = key
            .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: &associated })
            .map(Zeroizing::new)
            .map_err(|_| VaultError::NotAuthentic)?;
        let text = std::str::from_utf8(&plain).map_err(|_| VaultError::NotAuthentic)?;
        Ok(SecretString::from(text.to_owned()))
    }
}
