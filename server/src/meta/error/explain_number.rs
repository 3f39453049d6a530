//! Explanations of the limits on registering a number and on guessing its PIN, which Meta tells apart by code alone
//! (Meta reference §6.3).

use std::time::Duration;

use super::explain::say;
use crate::explanation::Explanation;

/// Wrong PINs, too many of them.
const TOO_MANY_GUESSES: i64 = 133_008;
/// Wrong PINs, too fast.
const TOO_FAST: i64 = 133_009;
/// Ten registrations and deregistrations in 72 hours.
const TOO_MANY_ATTEMPTS: i64 = 133_016;

/// Which limit, and how long it lasts when Meta said so.
pub(super) fn registration(code: Option<i64>, wait: Option<Duration>) -> Explanation {
    let said = wait.map(|wait| format!("Wait {}, then enter the right PIN.", in_words(wait)));
    let guesses = |what, why| {
        let todo = "Wait an hour, then enter the right PIN. If nobody knows it, reset it in WhatsApp Manager.";
        let explanation = say("meta.limit.registration", what, why, todo);
        match said {
            Some(todo) => explanation.with_todo(format!("{todo} If nobody knows it, reset it in WhatsApp Manager.")),
            None => explanation,
        }
    };
    match code {
        Some(TOO_MANY_GUESSES) => guesses("Meta accepts no PIN for now.", "A wrong PIN was entered too many times."),
        Some(TOO_FAST) => guesses("Meta accepts no PIN for now.", "PINs were entered too quickly one after the other."),
        Some(TOO_MANY_ATTEMPTS) => say(
            "meta.limit.registration",
            "Meta blocks further attempts for now.",
            "The number was registered or deregistered ten times within 72 hours.",
            "Wait until 72 hours have passed since the first of them; trying before does not help.",
        ),
        _ => say(
            "meta.limit.registration",
            "Meta blocks further attempts for now.",
            "The number was registered, or its PIN was tried, too many times.",
            "Wait until Meta allows another attempt, up to 72 hours. Check the PIN before you try again.",
        ),
    }
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

fn in_words(wait: Duration) -> String {
    match wait.as_secs() {
        seconds @ 0..=90 => format!("{seconds} seconds"),
        seconds @ 91..=5400 => format!("{} minutes", seconds.div_ceil(60)),
        seconds => format!("{} hours", seconds.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let told = |code| registration(Some(code), None);
        assert_ne!(told(TOO_FAST).why, told(TOO_MANY_GUESSES).why);
        assert!(told(TOO_MANY_ATTEMPTS).why.contains("72 hours"));
        let waited = registration(Some(TOO_MANY_GUESSES), Some(Duration::from_secs(3600)));
        assert!(waited.todo.starts_with("Wait 60 minutes, then"), "{}", waited.todo);
    }
}
