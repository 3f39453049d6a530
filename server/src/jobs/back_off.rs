//! How long a job that failed waits.

use std::time::Duration;

use crate::entropy::Entropy;

/// The wait after the first failure; it doubles with each further one.
const FIRST: Duration = Duration::from_secs(5);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(3600);

/// The wait after the `attempts`-th failure (from 1): between half of the full wait and all of it, so that jobs that failed
/// together do not come back together.
pub(super) fn wait(attempts: i64, entropy: &Entropy) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    let full = FIRST.saturating_mul(2_u32.saturating_pow(doublings)).min(LONGEST);
    let part = u32::from(u16::from_be_bytes(entropy.bytes()));
    let half = full / 2;
    half + half.saturating_mul(part) / u32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_an_hour_and_is_spread() {
        let entropy = Entropy::seeded(1);
        let full: Vec<u64> = vec![5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];
        for (attempt, full) in (1..).zip(full) {
            let waits: Vec<Duration> = (0..50).map(|_| wait(attempt, &entropy)).collect();
            let (least, most) = (Duration::from_millis(full * 500), Duration::from_secs(full));
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{attempt}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]));
        }
        assert!(wait(i64::MAX, &entropy) <= LONGEST);
    }
}
