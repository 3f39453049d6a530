//! Days and moments in words of a language.

use super::Language;

const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const RO: [&str; 12] = [
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "mai",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
];

/// A day, such as "4 March 2027". `millis` is Unix time; the day is that of UTC.
pub(super) fn day(language: Language, millis: i64) -> String {
    let date = utc(millis).date();
    let month = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
    let (months, of) = match language {
        Language::En => (EN, " "),
        Language::Es => (ES, " de "),
        Language::Ro => (RO, " "),
    };
    [date.day().to_string(), months.get(month).copied().unwrap_or_default().to_owned(), date.year().to_string()]
        .join(of)
}

/// A moment, such as "4 March 2027 at 09:30 UTC".
pub(super) fn moment(language: Language, millis: i64) -> String {
    let at = match language {
        Language::En => " at ",
        Language::Es => " a las ",
        Language::Ro => " la ora ",
    };
    format!("{}{at}{} UTC", day(language, millis), utc(millis).strftime("%H:%M"))
}

fn utc(millis: i64) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_said_as_each_language_says_it() {
        let at = 1_804_152_600_000; // 2027-03-04T09:30:00Z
        let said: Vec<String> = Language::ALL.into_iter().map(|language| moment(language, at)).collect();
        assert_eq!(
            said,
            ["4 March 2027 at 09:30 UTC", "4 de marzo de 2027 a las 09:30 UTC", "4 martie 2027 la ora 09:30 UTC"]
        );
    }
}
