//! Randomness, injected: the operating system's in production, seeded in tests so that runs repeat.

use std::sync::{Arc, Mutex, PoisonError};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

/// A source of random bytes, fit for keys and tokens. Clones share the source.
#[derive(Clone, Debug)]
pub struct Entropy(Source);

#[derive(Clone, Debug)]
enum Source {
    Os,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Entropy {
    /// A cryptographic generator seeded by the operating system.
    pub fn os() -> Self {
        Self(Source::Os)
    }

    /// A repeatable source, for tests only.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// Fills `bytes`.
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            #[allow(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
            Source::Os => rand::rng().fill_bytes(bytes),
            Source::Seeded(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes),
        }
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// An unguessable text of 256 random bits, 43 URL-safe characters: for states, links, keys.
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }
}
