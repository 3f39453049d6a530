//! How long to wait before a read is repeated.

use std::time::Duration;

use crate::entropy::Entropy;

/// Exponential waiting with full jitter: the n-th wait is a random part of `base * 2^n`, at most `longest`.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// How often a failed read is repeated.
    pub retries: u32,
    /// The first ceiling.
    pub base: Duration,
    /// The highest ceiling.
    pub longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { retries: 2, base: Duration::from_millis(400), longest: Duration::from_secs(5) }
    }
}

impl Backoff {
    /// As many repetitions without any waiting: for tests.
    pub const fn immediate(retries: u32) -> Self {
        Self { retries, base: Duration::ZERO, longest: Duration::ZERO }
    }

    /// How long to wait before repetition number `attempt`, counted from zero; `None` when there is to be none.
    pub fn wait(&self, attempt: u32, entropy: &Entropy) -> Option<Duration> {
        if attempt >= self.retries {
            return None;
        }
        let ceiling = self.base.saturating_mul(1u32.checked_shl(attempt).unwrap_or(u32::MAX)).min(self.longest);
        let share = f64::from(u16::from_le_bytes(entropy.bytes())) / f64::from(u16::MAX);
        Some(ceiling.mul_f64(share))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn waits_grow_stay_below_the_ceiling_and_end() {
        let backoff = Backoff { retries: 6, base: Duration::from_millis(100), longest: Duration::from_millis(900) };
        let entropy = Entropy::seeded(1);
        for (attempt, ceiling) in [(0, 100), (1, 200), (2, 400), (3, 800), (4, 900), (5, 900)] {
            for _ in 0..50 {
                assert!(backoff.wait(attempt, &entropy).unwrap() <= Duration::from_millis(ceiling));
            }
        }
        assert_eq!(backoff.wait(6, &entropy), None);
        assert_eq!(backoff.wait(u32::MAX, &entropy), None);
    }

    #[test]
    fn waits_differ() {
        let (backoff, entropy) = (Backoff::default(), Entropy::seeded(7));
        assert_ne!(backoff.wait(0, &entropy), backoff.wait(0, &entropy));
    }
}
