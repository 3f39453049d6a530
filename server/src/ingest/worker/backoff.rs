//! How long to wait after failures.

use std::time::Duration;

use crate::entropy::Entropy;

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(30);

/// Waits twice as long each time, and never exactly as long as another process.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The next pause: between half of it and all of it.
    pub(super) fn next(&mut self, entropy: &Entropy) -> Duration {
        let whole = FIRST.saturating_mul(1 << self.failures.min(16)).min(LONGEST);
        self.failures += 1;
        let [share] = entropy.bytes();
        whole / 2 + (whole / 2) * u32::from(share) / 255
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_up_to_a_bound_and_differs() {
        let (entropy, mut backoff) = (Entropy::seeded(1), Backoff::default());
        let pauses: Vec<Duration> = (0..100).map(|_| backoff.next(&entropy)).collect();
        assert!(pauses[0] >= FIRST / 2 && pauses[0] <= FIRST, "{pauses:?}");
        assert!(pauses[50..].iter().all(|pause| *pause >= LONGEST / 2 && *pause <= LONGEST), "{pauses:?}");
        assert!(pauses[50..].windows(2).any(|pair| pair[0] != pair[1]), "{pauses:?}");
    }
}
