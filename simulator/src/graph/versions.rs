//! Versions: which are alive, and what the others become (Meta reference §1).

use jiff::civil::{Date, date};

/// A Graph API version by its major number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub(crate) u16);

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "v{}.0", self.0)
    }
}

/// Newest version there is.
pub(crate) const NEWEST: Version = Version(26);
const OLDEST: Version = Version(13);

/// Last day of each version; `None` when Meta has not said.
fn usable_until(version: Version) -> Option<Date> {
    Some(match version.0 {
        13 => date(2024, 5, 28),
        14 => date(2024, 9, 17),
        15 => date(2024, 11, 20),
        16 => date(2025, 5, 14),
        17 => date(2025, 9, 12),
        18 => date(2026, 1, 26),
        19 => date(2026, 5, 21),
        20 => date(2026, 9, 24),
        21 => date(2027, 1, 21),
        22 => date(2027, 5, 20),
        23 => date(2027, 10, 8),
        24 => date(2028, 2, 18),
        25 => date(2028, 7, 29),
        _ => return None,
    })
}

/// Oldest version alive on the day of this moment (Unix seconds).
pub(crate) fn oldest_alive(now: i64) -> Version {
    let today = crate::clock::timestamp(now).to_zoned(jiff::tz::TimeZone::UTC).date();
    (OLDEST.0..NEWEST.0)
        .map(Version)
        .find(|version| usable_until(*version).is_none_or(|until| today < until))
        .unwrap_or(NEWEST)
}

/// `v25.0` as a version, whether or not it exists.
pub(crate) fn parse(segment: &str) -> Option<Version> {
    segment.strip_prefix('v')?.strip_suffix(".0")?.parse().ok().map(Version)
}

/// What serves a request for this version; `None` when there is no such version.
pub(crate) fn effective(asked: Option<Version>, now: i64, fall_forward: bool) -> Option<Version> {
    let oldest = oldest_alive(now);
    match asked {
        None => Some(oldest),
        Some(version) if version > NEWEST || version < OLDEST => None,
        Some(version) if version < oldest => fall_forward.then_some(oldest),
        Some(version) => Some(version),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-11-20T12:00:00Z
    const NOW: i64 = 1_795_176_000;

    #[test]
    fn expired_versions_are_served_by_the_oldest_living_one() {
        assert_eq!(effective(Some(Version(18)), NOW, true), Some(Version(21)));
        assert_eq!(effective(Some(Version(25)), NOW, true), Some(Version(25)));
        assert_eq!(effective(None, NOW, true), Some(Version(21)));
        assert_eq!(effective(Some(Version(99)), NOW, true), None);
        assert_eq!(effective(Some(Version(18)), NOW, false), None);
    }
}
