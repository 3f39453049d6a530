//! Meta's words about a WhatsApp number in ours: the same on the page of the number, in the list of numbers, and on the page of the
//! connections (Meta reference §5.4).

use crate::dto::health::{Health, Tone};
use crate::words::grouped;

/// What is said of a number's state at Meta.
pub const STATUS: &str = "Status at Meta";
/// What is said of its quality.
pub const QUALITY: &str = "Quality";
/// What is said of its messaging limit.
pub const LIMIT: &str = "Writes first to";
/// What is said of its speed.
pub const SPEED: &str = "Speed";
/// What is said of its verification by code.
pub const VERIFICATION: &str = "Verification";
/// What is said of the name that customers see.
pub const NAME_REVIEW: &str = "Review of its name";

/// A number's quality.
pub fn quality(rating: Option<&str>) -> Health {
    match rating {
        Some("GREEN") => Health::new(Tone::Ok, "High"),
        Some("YELLOW") => Health::new(Tone::Warn, "Medium"),
        Some("RED") => Health::new(Tone::Bad, "Low"),
        _ => Health::new(Tone::Idle, "Not rated yet"),
    }
}

/// How many customers a number may write to first: `TIER_2K` is "2,000 customers in 24 hours".
pub fn limit(tier: Option<&str>) -> String {
    let Some(tier) = tier.and_then(|tier| tier.strip_prefix("TIER_")) else { return "Unknown".into() };
    if tier == "UNLIMITED" {
        return "Any number of customers".into();
    }
    let (digits, thousand) = tier.strip_suffix('K').map_or((tier, 1), |digits| (digits, 1000));
    match digits.parse::<usize>() {
        Ok(number) => format!("{} customers in 24 hours", grouped(number.saturating_mul(thousand))),
        Err(_) => plain(tier),
    }
}

/// How fast a number may send.
pub fn throughput(level: Option<&str>) -> &'static str {
    match level {
        Some("STANDARD") => "80 messages a second",
        Some("HIGH") => "1,000 messages a second",
        Some("NOT_APPLICABLE") => "None while it is not registered",
        _ => "Unknown",
    }
}

/// A number's state.
pub fn status(status: Option<&str>) -> Health {
    match status {
        Some("CONNECTED") => Health::new(Tone::Ok, "Connected"),
        Some("PENDING") => Health::new(Tone::Warn, "Pending"),
        Some("UNVERIFIED") => Health::new(Tone::Warn, "Not verified"),
        Some("DISCONNECTED") => Health::new(Tone::Warn, "Disconnected"),
        Some("FLAGGED") => Health::new(Tone::Warn, "Flagged, because customers blocked or reported it"),
        Some("RESTRICTED") => Health::new(Tone::Warn, "Restricted"),
        Some("RATE_LIMITED") => Health::new(Tone::Warn, "Slowed down"),
        Some("BANNED") => Health::new(Tone::Bad, "Banned"),
        Some("DELETED") => Health::new(Tone::Bad, "Deleted"),
        Some("MIGRATED") => Health::new(Tone::Bad, "Moved to another account"),
        Some(other) => Health::new(Tone::Idle, plain(other)),
        None => Health::new(Tone::Idle, "Unknown"),
    }
}

/// The review of the name that customers see.
pub fn name_review(status: Option<&str>) -> Health {
    match status {
        Some("APPROVED") => Health::new(Tone::Ok, "Approved"),
        Some("AVAILABLE_WITHOUT_REVIEW") => Health::new(Tone::Ok, "Usable without a review"),
        Some("PENDING_REVIEW") => Health::new(Tone::Warn, "Being reviewed"),
        Some("DECLINED") => Health::new(Tone::Bad, "Declined; ask for another one in WhatsApp Manager"),
        Some("EXPIRED") => Health::new(Tone::Bad, "Expired; ask for another one in WhatsApp Manager"),
        Some("NONE") => Health::new(Tone::Idle, "None asked for"),
        _ => Health::new(Tone::Idle, "Unknown"),
    }
}

/// Whether a number was verified by a code.
pub fn verification(status: Option<&str>) -> Health {
    match status {
        Some("VERIFIED") => Health::new(Tone::Ok, "Verified"),
        Some("NOT_VERIFIED") => Health::new(Tone::Warn, "Not verified"),
        Some("EXPIRED") => Health::new(Tone::Warn, "Expired"),
        _ => Health::new(Tone::Idle, "Unknown"),
    }
}

/// Meta's word in letters of a sentence: `NOT_SET` is "not set".
pub fn plain(word: &str) -> String {
    word.to_lowercase().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_said_in_customers() {
        let said = |tier| limit(Some(tier));
        assert_eq!(said("TIER_250"), "250 customers in 24 hours");
        assert_eq!(said("TIER_2K"), "2,000 customers in 24 hours");
        assert_eq!(said("TIER_100K"), "100,000 customers in 24 hours");
        assert_eq!(said("TIER_UNLIMITED"), "Any number of customers");
        assert_eq!(
            (said("TIER_NOT_SET"), said("2K"), limit(None)),
            ("not set".into(), "Unknown".into(), "Unknown".into())
        );
    }

    #[test]
    fn only_what_meta_rates_has_a_colour() {
        assert_eq!(quality(Some("RED")).tone, Tone::Bad);
        for unrated in [None, Some("NA"), Some("UNKNOWN")] {
            assert_eq!(quality(unrated), Health::new(Tone::Idle, "Not rated yet"));
        }
    }
}
