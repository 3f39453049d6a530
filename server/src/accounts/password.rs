//! Passwords: argon2id, off the async threads, so many at a time.

use std::sync::Arc;

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash::phc::PasswordHash};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

use crate::{
    entropy::Entropy,
    error::{Error, Result},
};

/// The fewest characters a password may have.
pub const MIN_PASSWORD_CHARS: usize = 12;
/// The most bytes: longer ones only cost time.
const MAX_PASSWORD_BYTES: usize = 1024;

/// Hashes and checks passwords. Each hash takes tens of milliseconds and 19 MiB, so only a few run at a time.
#[derive(Clone, Debug)]
pub struct Passwords {
    entropy: Entropy,
    slots: Arc<Semaphore>,
    /// Checked when there is no such account, so that the answer takes as long.
    decoy: Arc<str>,
}

impl Passwords {
    /// A hasher that runs `at_once` hashes at a time.
    ///
    /// # Errors
    /// When hashing itself fails.
    pub fn new(entropy: Entropy, at_once: usize) -> Result<Self> {
        let decoy = hash_now(&entropy.bytes(), entropy.token().as_bytes())?.into();
        Ok(Self { entropy, slots: Arc::new(Semaphore::new(at_once.max(1))), decoy })
    }

    /// Whether a new password is good enough.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is wrong.
    pub fn check_new(&self, field: &'static str, password: &SecretString) -> Result<()> {
        let password = password.expose_secret();
        if password.chars().count() < MIN_PASSWORD_CHARS {
            return Err(Error::invalid(field, format!("Use at least {MIN_PASSWORD_CHARS} characters.")));
        }
        if password.len() > MAX_PASSWORD_BYTES {
            return Err(Error::invalid(field, format!("Use at most {MAX_PASSWORD_BYTES} bytes.")));
        }
        Ok(())
    }

    /// The hash to store, as a PHC string.
    ///
    /// # Errors
    /// When hashing itself fails.
    pub async fn hash(&self, password: SecretString) -> Result<String> {
        let salt = self.entropy.bytes();
        self.run(move || hash_now(&salt, password.expose_secret().as_bytes())).await?
    }

    /// Whether `password` is the one behind `stored`. Takes as long when nothing is stored.
    ///
    /// # Errors
    /// When the stored hash is not one.
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        if password.expose_secret().len() > MAX_PASSWORD_BYTES {
            return Ok(false);
        }
        self.run(move || {
            let hash = PasswordHash::new(&stored).map_err(|error| Error::internal(error.to_string()))?;
            Ok(Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok() && known)
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let slot = self.slots.clone().acquire_owned().await.map_err(Error::internal)?;
        // The slot goes along: a hash runs on when whoever asked for it has left.
        let work = move || {
            let _slot = slot;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }
}

fn hash_now(salt: &[u8; 16], password: &[u8]) -> Result<String> {
    let hash = Argon2::default()
        .hash_password_with_salt(password, salt)
        .map_err(|error| Error::internal(error.to_string()))?;
    Ok(hash.to_string())
}
