//! What Meta says of a number, in words (Meta reference §5.4).

use crate::dto::health::{Health, Tone};
use crate::dto::numbers::Fact;
use crate::words::grouped;
use server::connect::numbers::{NumberView, Registration};

/// Everything that is known, in the order of the page.
pub fn facts(view: &NumberView) -> Vec<Fact> {
    let detail = &view.detail;
    let plain = |name: &str, value: String| Fact { name: name.into(), value, tone: None, at: None };
    let told = |name: &str, health: Health| Fact {
        name: name.into(),
        value: health.word,
        tone: (health.tone != Tone::Idle).then_some(health.tone),
        at: None,
    };
    let seen = detail.verified_name.clone().unwrap_or_else(|| "None yet".into());
    let badge = if detail.official { format!("{seen}, official business account") } else { seen };
    let mut facts = vec![
        plain("Number", view.status.asset.name.clone()),
        plain("Name that customers see", badge),
        told("Review of that name", name_review(detail.name_status.as_deref())),
        plain("WhatsApp account", view.account.clone().unwrap_or_else(|| "Unknown".into())),
        told("Status at Meta", status(detail.status.as_deref())),
        told("Quality", quality(detail.quality_rating.as_deref())),
        plain("Writes first to", limit(detail.messaging_limit.as_deref())),
        plain("Speed", throughput(view)),
        told("Verification", verification(detail.code_verification_status.as_deref())),
        plain("Two-step PIN", if detail.pin_enabled { "Set".into() } else { "None".into() }),
    ];
    facts.push(registered(view));
    let last = view.status.asset.last_event_at;
    facts.push(Fact {
        name: "Last event".into(),
        value: if last.is_some() { String::new() } else { "None yet".into() },
        tone: None,
        at: last,
    });
    facts
}

fn registered(view: &NumberView) -> Fact {
    let (value, tone, at) = match view.registration {
        Registration::Registered(Some(at)) => ("Since", None, Some(at.as_millis())),
        Registration::Registered(None) => ("Yes, before it was connected here", None, None),
        Registration::Unregistered | Registration::Unverified => ("Not registered", Some(Tone::Warn), None),
        Registration::BusinessApp => ("By the WhatsApp Business app", None, None),
    };
    Fact { name: "Registered".into(), value: value.into(), tone, at }
}

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
        Err(_) => tier.to_lowercase().replace('_', " "),
    }
}

fn throughput(view: &NumberView) -> String {
    // Fixed for numbers of the app (Meta reference §2.9).
    if view.registration == Registration::BusinessApp {
        return "20 messages a second".into();
    }
    match view.detail.throughput.as_deref() {
        Some("STANDARD") => "80 messages a second".into(),
        Some("HIGH") => "1,000 messages a second".into(),
        Some("NOT_APPLICABLE") => "None while it is not registered".into(),
        _ => "Unknown".into(),
    }
}

fn status(status: Option<&str>) -> Health {
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
        Some(other) => Health::new(Tone::Idle, other.to_lowercase().replace('_', " ")),
        None => Health::new(Tone::Idle, "Unknown"),
    }
}

fn name_review(status: Option<&str>) -> Health {
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

fn verification(status: Option<&str>) -> Health {
    match status {
        Some("VERIFIED") => Health::new(Tone::Ok, "Verified"),
        Some("NOT_VERIFIED") => Health::new(Tone::Warn, "Not verified"),
        Some("EXPIRED") => Health::new(Tone::Warn, "Expired"),
        _ => Health::new(Tone::Idle, "Unknown"),
    }
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
