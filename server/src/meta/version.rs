//! Graph API versions and how long they live.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;

/// A Graph API version such as `v26.0`, the first path segment of every call (Meta reference §1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GraphVersion {
    major: u8,
    minor: u8,
}

/// A text that is not a Graph API version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a Graph API version such as `v26.0`")]
pub struct InvalidVersion;

/// The last day of each version, as announced by Meta (Meta reference §1).
const LAST_DAYS: &[(u8, &str)] = &[
    (19, "2026-05-21"),
    (20, "2026-09-24"),
    (21, "2027-01-21"),
    (22, "2027-05-20"),
    (23, "2027-10-08"),
    (24, "2028-02-18"),
    (25, "2028-07-29"),
];

impl GraphVersion {
    /// The newest version that Attaché was tested with.
    pub const TESTED: Self = Self { major: 26, minor: 0 };

    /// The number before the dot.
    pub const fn major(self) -> u8 {
        self.major
    }

    /// The last day on which Meta serves this version as asked, `YYYY-MM-DD`; `None` when none is announced.
    /// Afterwards calls do not fail: they are served as the oldest version alive.
    pub fn last_day(self) -> Option<&'static str> {
        match LAST_DAYS.iter().find(|(major, _)| *major == self.major) {
            Some((_, day)) => Some(day),
            None if self.major < 19 => Some("2026-01-26"),
            None => None,
        }
    }

    /// How many days from `now` until [`GraphVersion::last_day`]; less than zero when it is past, `None` when none is
    /// announced.
    pub fn days_left(self, now: Timestamp) -> Option<i64> {
        let last: jiff::civil::Date = self.last_day()?.parse().ok()?;
        let today = jiff::Timestamp::from_millisecond(now.as_millis()).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
        Some(i64::from(last.since(today).ok()?.get_days()))
    }
}

impl Default for GraphVersion {
    fn default() -> Self {
        Self::TESTED
    }
}

impl FromStr for GraphVersion {
    type Err = InvalidVersion;
    fn from_str(text: &str) -> Result<Self, InvalidVersion> {
        let (major, minor) = text.strip_prefix('v').and_then(|rest| rest.split_once('.')).ok_or(InvalidVersion)?;
        let plain = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(major) || !plain(minor) || major.starts_with('0') {
            return Err(InvalidVersion);
        }
        Ok(Self {
            major: major.parse().map_err(|_| InvalidVersion)?,
            minor: minor.parse().map_err(|_| InvalidVersion)?,
        })
    }
}

impl TryFrom<String> for GraphVersion {
    type Error = InvalidVersion;
    fn try_from(text: String) -> Result<Self, InvalidVersion> {
        text.parse()
    }
}

impl From<GraphVersion> for String {
    fn from(version: GraphVersion) -> Self {
        version.to_string()
    }
}

impl fmt::Display for GraphVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}.{}", self.major, self.minor)
    }
}

impl fmt::Debug for GraphVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reads_and_writes_versions() {
        assert_eq!("v26.0".parse::<GraphVersion>().unwrap(), GraphVersion::TESTED);
        assert_eq!("v9.1".parse::<GraphVersion>().unwrap().to_string(), "v9.1");
        for wrong in ["26.0", "v26", "v026.0", "v26.0/me", "v.0", "v26.", "v260.0", "V26.0"] {
            assert!(wrong.parse::<GraphVersion>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn versions_order_by_number_and_know_their_last_day() {
        let v = |text: &str| text.parse::<GraphVersion>().unwrap();
        assert!(v("v9.0") < v("v10.0"));
        assert_eq!(v("v21.0").last_day(), Some("2027-01-21"));
        assert_eq!(v("v13.0").last_day(), Some("2026-01-26"));
        assert_eq!(GraphVersion::TESTED.last_day(), None);
        let noon = Timestamp::from_seconds(1_795_176_000); // 2026-11-20
        assert_eq!(v("v21.0").days_left(noon), Some(62));
        assert_eq!(v("v20.0").days_left(noon), Some(-57));
        assert_eq!(v("v26.0").days_left(noon), None);
    }
}
