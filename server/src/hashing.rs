//! Hashes of unguessable texts, for storing what only its holder may know.

use sha2::{Digest as _, Sha256};

/// SHA-256 in hex. For texts of 128 random bits and more (states, links, session ids); passwords go to
/// [`crate::accounts::Passwords`].
pub(crate) fn hash_token(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}
