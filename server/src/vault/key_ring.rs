//! The key ring: `id:base64,id:base64,…`, the first key is the active one.

use std::{fmt, sync::Arc};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD},
};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::entropy::Entropy;

/// The name of a key given without one.
const DEFAULT_ID: &str = "k1";

/// Keys of 32 bytes, each with a short name. Never printed.
#[derive(Clone)]
pub struct KeyRing(Arc<[(String, XChaCha20Poly1305)]>);

/// Why a key ring cannot be read. The text of a key is never part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// There is no key at all.
    #[error("the key ring is empty: give at least one key of 32 bytes, in base64")]
    Empty,
    /// A key is not 32 bytes in base64.
    #[error("key {0} of the ring is not 32 bytes in base64; `attache admin rotate-key --print NAME` makes one")]
    BadKey(usize),
    /// A key's name is not 1 to 32 letters, digits, `-` or `_`.
    #[error("the name of key {0} must be 1 to 32 letters, digits, `-` or `_`")]
    BadId(usize),
    /// Two keys have one name.
    #[error("two keys of the ring are named `{0}`")]
    DuplicateId(String),
}

impl KeyRing {
    /// Reads a ring such as `2026b:BASE64,2026a:BASE64`. A single key may come without a name.
    ///
    /// # Errors
    /// Each [`KeyRingError`], naming the position of the key that is wrong.
    pub fn parse(text: &SecretString) -> Result<Self, KeyRingError> {
        let mut keys: Vec<(String, XChaCha20Poly1305)> = Vec::new();
        for (index, entry) in text.expose_secret().split(',').map(str::trim).filter(|e| !e.is_empty()).enumerate() {
            let position = index + 1;
            let (id, encoded) = entry.split_once(':').unwrap_or((DEFAULT_ID, entry));
            let named = !id.is_empty()
                && id.len() <= 32
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            if !named {
                return Err(KeyRingError::BadId(position));
            }
            if keys.iter().any(|(known, _)| known == id) {
                return Err(KeyRingError::DuplicateId(id.to_owned()));
            }
            let bytes = decode(encoded).ok_or(KeyRingError::BadKey(position))?;
            let cipher = XChaCha20Poly1305::new_from_slice(&bytes).map_err(|_| KeyRingError::BadKey(position))?;
            keys.push((id.to_owned(), cipher));
        }
        if keys.is_empty() { Err(KeyRingError::Empty) } else { Ok(Self(keys.into())) }
    }

    /// A new key in the form that [`KeyRing::parse`] reads, under the name `id`.
    pub fn generate(id: &str, entropy: &Entropy) -> SecretString {
        let bytes = Zeroizing::new(entropy.bytes::<32>());
        SecretString::from(format!("{id}:{}", STANDARD.encode(*bytes)))
    }

    /// A new key under a name that no other key has.
    pub fn generate_named(entropy: &Entropy) -> SecretString {
        Self::generate(&format!("k{}", hex::encode(entropy.bytes::<6>())), entropy)
    }

    pub(super) fn active(&self) -> &XChaCha20Poly1305 {
        &self.0[0].1
    }

    pub(super) fn active_id(&self) -> &str {
        &self.0[0].0
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(id, _)| id.as_str())
    }

    pub(super) fn find(&self, id: &str) -> Option<&XChaCha20Poly1305> {
        self.0.iter().find(|(known, _)| known == id).map(|(_, cipher)| cipher)
    }
}

fn decode(encoded: &str) -> Option<Zeroizing<Vec<u8>>> {
    [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD]
        .iter()
        .find_map(|engine| engine.decode(encoded).ok())
        .filter(|bytes| bytes.len() == 32)
        .map(Zeroizing::new)
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}
