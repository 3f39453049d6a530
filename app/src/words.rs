//! Numbers and times as people say them. All times are computed on the server from the visit's own "now".

use crate::dto::UnixMs;
use crate::dto::status::Clock;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn zoned(zone: &TimeZone, at: UnixMs) -> Zoned {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

/// "1 Page", "3 Pages", "1,240 Pages".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// A number with its thousands apart.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "just now", "4 min ago", "3 h ago", "yesterday", "12 Nov", "12 Nov 2025".
pub fn ago(zone: &TimeZone, now: UnixMs, at: UnixMs) -> String {
    let past = now - at;
    if past < MINUTE {
        return "just now".into();
    }
    if past < HOUR {
        return format!("{} min ago", past / MINUTE);
    }
    let (today, then) = (zoned(zone, now), zoned(zone, at));
    let days = days_between(&then, &today);
    match days {
        0 => format!("{} h ago", past / HOUR),
        1 => "yesterday".into(),
        _ => day(zone, now, at),
    }
}

/// "9 hours", "2 days", "1 minute": a length of time, rounded down.
pub fn span(length: i64) -> String {
    let size = |unit: i64| usize::try_from(length / unit).unwrap_or(0);
    match length {
        _ if length >= 48 * HOUR => count(size(24 * HOUR), "day", "days"),
        _ if length >= HOUR => count(size(HOUR), "hour", "hours"),
        _ => count(size(MINUTE).max(1), "minute", "minutes"),
    }
}

/// "today", "tomorrow", "in 7 days"; under a day "in 3 h", under an hour "in 20 min".
pub fn until(zone: &TimeZone, now: UnixMs, at: UnixMs) -> String {
    let left = at - now;
    if left <= 0 {
        return "now".into();
    }
    if left < HOUR {
        return format!("in {} min", (left / MINUTE).max(1));
    }
    match days_between(&zoned(zone, now), &zoned(zone, at)) {
        0 => format!("in {} h", left / HOUR),
        1 => "tomorrow".into(),
        days => format!("in {days} days"),
    }
}

/// "09:12" on the same day, else "12 Nov, 09:12".
pub fn clock(zone: &TimeZone, now: UnixMs, at: UnixMs) -> String {
    let then = zoned(zone, at);
    if then.date() == zoned(zone, now).date() {
        then.strftime("%H:%M").to_string()
    } else {
        format!("{}, {}", day(zone, now, at), then.strftime("%H:%M"))
    }
}

/// "today at 09:12", "on 12 Nov at 09:12": for the end of a sentence that says when something was.
pub fn on(zone: &TimeZone, now: UnixMs, at: UnixMs) -> String {
    let then = zoned(zone, at);
    let time = then.strftime("%H:%M");
    if then.date() == zoned(zone, now).date() {
        format!("today at {time}")
    } else {
        format!("on {} at {time}", day(zone, now, at))
    }
}

/// "09:12" on the same day, else "12 Nov": what fits under a step.
pub fn brief(zone: &TimeZone, now: UnixMs, at: UnixMs) -> String {
    if zoned(zone, at).date() == zoned(zone, now).date() { clock(zone, now, at) } else { day(zone, now, at) }
}

/// "27 November", with its year when that is another one.
pub fn long_day(zone: &TimeZone, now: UnixMs, at: UnixMs) -> String {
    let then = zoned(zone, at);
    let form = if then.year() == zoned(zone, now).year() { "%-d %B" } else { "%-d %B %Y" };
    then.strftime(form).to_string()
}

/// "12 Nov", with its year when that is another one.
pub fn day(zone: &TimeZone, now: UnixMs, at: UnixMs) -> String {
    let then = zoned(zone, at);
    let form = if then.year() == zoned(zone, now).year() { "%-d %b" } else { "%-d %b %Y" };
    then.strftime(form).to_string()
}

/// The exact time, for a title: "21 November 2026, 09:12:44 UTC".
pub fn exact(zone: &TimeZone, at: UnixMs) -> String {
    zoned(zone, at).strftime("%-d %B %Y, %H:%M:%S %Z").to_string()
}

/// The time as programs read it.
pub fn iso(at: UnixMs) -> String {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// What a token's clock says, for its kind: "never ends", "ends in 7 days, on 27 November".
pub fn token_clock(zone: &TimeZone, now: UnixMs, clock: &Clock) -> String {
    match clock {
        Clock::NeverEnds => "Access never ends by time".into(),
        Clock::Ends { at } | Clock::DataAccessUntil { at } if *at <= now => {
            format!("Access ended on {}", long_day(zone, now, *at))
        }
        Clock::Ends { at } => format!("Access ends {}, on {}", until(zone, now, *at), long_day(zone, now, *at)),
        Clock::DataAccessUntil { at } => {
            format!("Meta shares data until {}, that is {}", long_day(zone, now, *at), until(zone, now, *at))
        }
    }
}

/// Whole days left on a clock; none when it never ends.
pub fn days_left(zone: &TimeZone, now: UnixMs, clock: &Clock) -> Option<i64> {
    match clock {
        Clock::NeverEnds => None,
        Clock::Ends { at } | Clock::DataAccessUntil { at } => {
            Some(if *at <= now { 0 } else { days_between(&zoned(zone, now), &zoned(zone, *at)) })
        }
    }
}

/// "a, b and c".
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn days_between(from: &Zoned, to: &Zoned) -> i64 {
    (to.date() - from.date()).get_days().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    const DAY: i64 = 24 * HOUR;
    // 2026-11-20 09:45 UTC
    const NOW: UnixMs = 1_795_167_900_000;

    #[test]
    fn lengths_of_time_are_rounded_down() {
        let minutes = |n: i64| span(n * MINUTE);
        assert_eq!([minutes(0), minutes(1), minutes(59)], ["1 minute", "1 minute", "59 minutes"]);
        assert_eq!([minutes(60), minutes(47 * 60), minutes(48 * 60)], ["1 hour", "47 hours", "2 days"]);
    }

    #[test]
    fn past_times_get_coarser_with_distance() {
        let utc = TimeZone::UTC;
        assert_eq!(ago(&utc, NOW, NOW - 20_000), "just now");
        assert_eq!(ago(&utc, NOW, NOW - 4 * MINUTE), "4 min ago");
        assert_eq!(ago(&utc, NOW, NOW - 3 * HOUR), "3 h ago");
        assert_eq!(ago(&utc, NOW, NOW - 10 * HOUR), "yesterday");
        assert_eq!(ago(&utc, NOW, NOW - 8 * DAY), "12 Nov");
        assert_eq!(ago(&utc, NOW, NOW - 365 * DAY), "20 Nov 2025");
        assert_eq!(ago(&utc, NOW, NOW + DAY), "just now", "a clock that is ahead must not say -1");
    }

    #[test]
    fn future_times_count_calendar_days_not_24_hours() {
        let utc = TimeZone::UTC;
        assert_eq!(until(&utc, NOW, NOW + 20 * MINUTE), "in 20 min");
        assert_eq!(until(&utc, NOW, NOW + 3 * HOUR), "in 3 h");
        assert_eq!(until(&utc, NOW, NOW + 15 * HOUR), "tomorrow");
        assert_eq!(until(&utc, NOW, NOW + 7 * DAY), "in 7 days");
        assert_eq!(until(&utc, NOW, NOW - 1), "now");
    }

    #[test]
    fn a_clock_names_the_day_only_when_it_is_another() {
        let utc = TimeZone::UTC;
        assert_eq!(clock(&utc, NOW, NOW - 33 * MINUTE), "09:12");
        assert_eq!(clock(&utc, NOW, NOW - DAY), "19 Nov, 09:45");
        assert_eq!(brief(&utc, NOW, NOW - DAY), "19 Nov");
        assert_eq!(on(&utc, NOW, NOW - 33 * MINUTE), "today at 09:12");
        assert_eq!(on(&utc, NOW, NOW - 365 * DAY), "on 20 Nov 2025 at 09:45");
    }

    #[test]
    fn the_zone_of_the_person_decides_what_day_it_is() {
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(clock(&tokyo, NOW, NOW), "18:45");
        assert_eq!(until(&tokyo, NOW, NOW + 6 * HOUR), "tomorrow");
        assert_eq!(until(&TimeZone::UTC, NOW, NOW + 6 * HOUR), "in 6 h");
    }

    #[test]
    fn every_token_kind_has_its_own_clock() {
        let utc = TimeZone::UTC;
        assert_eq!(token_clock(&utc, NOW, &Clock::NeverEnds), "Access never ends by time");
        assert_eq!(token_clock(&utc, NOW, &Clock::Ends { at: NOW + 7 * DAY }), "Access ends in 7 days, on 27 November");
        assert_eq!(
            token_clock(&utc, NOW, &Clock::DataAccessUntil { at: NOW + 90 * DAY }),
            "Meta shares data until 18 February 2027, that is in 90 days"
        );
        assert_eq!(days_left(&utc, NOW, &Clock::NeverEnds), None);
        assert_eq!(days_left(&utc, NOW, &Clock::Ends { at: NOW - DAY }), Some(0));
    }

    #[test]
    fn counts_and_lists_read_like_sentences() {
        assert_eq!(count(1, "Page", "Pages"), "1 Page");
        assert_eq!(count(1240, "Page", "Pages"), "1,240 Pages");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000_000), "1,000,000");
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(listed(&["a".into()]), "a");
    }
}
