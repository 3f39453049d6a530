//! When what was not taken is tried again.

use std::time::Duration;

use crate::entropy::Entropy;

/// The waits after the first, second, … failure: after the last one the event is given up, about 28 hours after it happened.
pub(super) const WAITS: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3600),
    Duration::from_secs(5 * 3600),
    Duration::from_secs(10 * 3600),
    Duration::from_secs(10 * 3600),
];

/// No endpoint puts a try off for longer.
const LONGEST: Duration = Duration::from_secs(10 * 3600);

/// The wait after the `tries`-th failure (from 1), up to a tenth longer, so that what failed together does not come back
/// together; longer still when the endpoint `asked` for it. `None` when that was the last try.
pub(super) fn wait(tries: i64, asked: Option<Duration>, entropy: &Entropy) -> Option<Duration> {
    let wait = *WAITS.get(usize::try_from(tries).ok()?.checked_sub(1)?)?;
    let part = u32::from(u16::from_be_bytes(entropy.bytes()));
    let spread = (wait / 10).saturating_mul(part) / u32::from(u16::MAX);
    Some((wait + spread).max(asked.unwrap_or_default().min(LONGEST)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_waits_grow_are_spread_and_end() {
        let entropy = Entropy::seeded(1);
        for (tries, least) in (1..).zip([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000]) {
            let (least, most) = (Duration::from_secs(least), Duration::from_millis(least * 1_100));
            let waits: Vec<Duration> = (0..50).map(|_| wait(tries, None, &entropy).unwrap()).collect();
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{tries}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]));
        }
        for tries in [0, -1, 8, i64::MAX] {
            assert_eq!(wait(tries, None, &entropy), None, "{tries}");
        }
    }

    #[test]
    fn an_endpoint_may_ask_for_a_longer_wait_within_bounds() {
        let entropy = Entropy::seeded(1);
        assert_eq!(wait(1, Some(Duration::from_secs(120)), &entropy), Some(Duration::from_secs(120)));
        assert!(wait(3, Some(Duration::from_secs(1)), &entropy).unwrap() >= Duration::from_secs(1_800));
        assert_eq!(wait(1, Some(Duration::MAX), &entropy), Some(LONGEST));
    }
}
