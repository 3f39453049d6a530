//! Explanations of the limits on registering a number and on guessing its PIN, which Meta tells apart by code alone
//! (Meta reference §6.3).

use std::time::Duration;

use crate::{explanation::Explanation, words::failures::meta as failures};

/// Wrong PINs, too many of them.
const TOO_MANY_GUESSES: i64 = 133_008;
/// Wrong PINs, too fast.
const TOO_FAST: i64 = 133_009;
/// Ten registrations and deregistrations in 72 hours.
const TOO_MANY_ATTEMPTS: i64 = 133_016;

/// Which limit, and how long it lasts when Meta said so.
pub(super) fn registration(code: Option<i64>, wait: Option<Duration>) -> Explanation {
    let limit = match code {
        Some(TOO_MANY_GUESSES) => "guesses",
        Some(TOO_FAST) => "speed",
        Some(TOO_MANY_ATTEMPTS) => "attempts",
        _ => "other",
    };
    let (amount, unit) = wait.map_or((0, "unknown"), rounded);
    failures::limit_registration(limit.to_owned(), amount, unit.to_owned())
}

/// How long to wait, as the words of a refused PIN say it: "Wait 3600 seconds and try again."
pub(super) fn told_wait(code: i64, message: &str) -> Option<Duration> {
    if !matches!(code, TOO_MANY_GUESSES | TOO_FAST) {
        return None;
    }
    let (digits, unit) = message.split_once("Wait ")?.1.split_once(' ')?;
    let number: u32 = digits.parse().ok()?;
    let second = match unit {
        unit if unit.starts_with("second") => 1,
        unit if unit.starts_with("minute") => 60,
        unit if unit.starts_with("hour") => 3600,
        _ => return None,
    };
    Some(Duration::from_secs(u64::from(number) * second))
}

fn rounded(wait: Duration) -> (i64, &'static str) {
    let seconds = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX);
    let up_to = |unit: i64| seconds / unit + i64::from(seconds % unit > 0);
    match seconds {
        ..=90 => (seconds, "second"),
        91..=5400 => (up_to(60), "minute"),
        _ => (up_to(3600), "hour"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn the_wait_is_read_from_meta_s_words_for_pins_alone() {
        let words = "(#133009) Two step verification PIN Guessed Too Fast (Wait 30 seconds before trying again.)";
        assert_eq!(told_wait(133_009, words), Some(Duration::from_secs(30)));
        assert_eq!(told_wait(133_008, "Wait 2 hours and try again."), Some(Duration::from_secs(7200)));
        for other in ["Wait a moment", "Wait 99999999999 seconds", "Please wait", "Wait 5", "Wait 3 fortnights"] {
            assert_eq!(told_wait(133_008, other), None, "{other}");
        }
        assert_eq!(told_wait(133_016, words), None);
    }

    #[test]
    fn each_limit_is_told_apart() {
        let told = |code| registration(Some(code), None).told(Language::En);
        assert_ne!(told(TOO_FAST).why, told(TOO_MANY_GUESSES).why);
        assert!(told(TOO_MANY_ATTEMPTS).why.contains("72 hours"));
        assert!(told(TOO_FAST).todo.starts_with("Wait an hour, then"), "{:?}", told(TOO_FAST));
        for (wait, english, romanian) in [
            (1, "Wait a second, then", "Așteptați o secundă, apoi"),
            (20, "Wait 20 seconds, then", "Așteptați 20 de secunde, apoi"),
            (3600, "Wait 60 minutes, then", "Așteptați 60 de minute, apoi"),
            (7200, "Wait 2 hours, then", "Așteptați 2 ore, apoi"),
        ] {
            let waited = registration(Some(TOO_MANY_GUESSES), Some(Duration::from_secs(wait)));
            let (en, ro) = (waited.told(Language::En).todo, waited.told(Language::Ro).todo);
            assert!(en.starts_with(english) && ro.starts_with(romanian), "{en} / {ro}");
        }
    }
}
