//! Looking into JSON that is nearly what the documentation says: numbers where texts belong and the reverse, one thing
//! where a list belongs, `null` for what is missing.

use serde_json::{Map, Value};

use crate::clock::Timestamp;

/// A field that is there and is of no use: it names the field. Its item becomes unknown rather than half read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Odd(pub(super) &'static str);

/// What is below a thousand milliards is seconds (until the year 5138), what is above is milliseconds (since 1973).
const SECONDS_BELOW: i64 = 100_000_000_000;
/// The last millisecond of the year 9999.
const LAST_MOMENT: i64 = 253_402_300_799_999;
/// The longest name of Meta's that is repeated in a kind.
const LONGEST_WORD: usize = 60;

/// A text; also from a number or a truth value. Empty and `null` are none. Without NUL, which PostgreSQL does not take.
pub(super) fn text(of: &Value, key: &'static str) -> Result<Option<String>, Odd> {
    match &of[key] {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) if text.contains('\0') => Ok(Some(text.replace('\0', "\u{fffd}"))),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(truth) => Ok(Some(truth.to_string())),
        Value::Array(_) | Value::Object(_) => Err(Odd(key)),
    }
}

/// The first of several names under which a text may be.
pub(super) fn text_of(of: &Value, keys: &[&'static str]) -> Result<Option<String>, Odd> {
    for key in keys {
        if let Some(text) = text(of, key)? {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

/// A text that may be missing without harm: none when it is anything else.
pub(super) fn hint(of: &Value, key: &'static str) -> Option<String> {
    text(of, key).ok().flatten()
}

/// A whole number, also from a text.
pub(super) fn number(of: &Value, key: &str) -> Option<i64> {
    match &of[key] {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Whether it is there and true.
pub(super) fn flag(of: &Value, key: &str) -> bool {
    match &of[key] {
        Value::Bool(truth) => *truth,
        Value::String(text) => text.eq_ignore_ascii_case("true") || text == "1",
        Value::Number(number) => number.as_i64() == Some(1),
        _ => false,
    }
}

/// A moment in seconds, milliseconds or ISO 8601 (Meta reference §0.2 has all three). None when it is no time at all.
pub(super) fn moment(of: &Value, key: &str) -> Option<Timestamp> {
    let millis = match (number(of, key), &of[key]) {
        (Some(count), _) if count < SECONDS_BELOW => count.checked_mul(1000)?,
        (Some(count), _) => count,
        (None, Value::Number(number)) => return seconds_and_more(number.as_f64()?),
        (None, Value::String(text)) => text.parse::<jiff::Timestamp>().ok()?.as_millisecond(),
        _ => return None,
    };
    (1..=LAST_MOMENT).contains(&millis).then(|| Timestamp::from_millis(millis))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the range is checked, and a webhook needs no more than milliseconds"
)]
fn seconds_and_more(count: f64) -> Option<Timestamp> {
    let millis = if count < 1e11 { count * 1000.0 } else { count };
    (1.0..=2.5e14).contains(&millis).then(|| Timestamp::from_millis(millis as i64))
}

/// What is in a list. One thing alone counts as a list of it, so that nothing is lost.
pub(super) fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    match &of[key] {
        Value::Null => &[],
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

/// An object, when it is there.
pub(super) fn object<'a>(of: &'a Value, key: &'static str) -> Result<Option<&'a Value>, Odd> {
    match &of[key] {
        Value::Null => Ok(None),
        found @ Value::Object(_) => Ok(Some(found)),
        _ => Err(Odd(key)),
    }
}

/// One of Meta's own short names, such as a type or an event: letters, digits and `_ - .`, at most 60; else empty.
pub(super) fn word<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key].as_str().filter(|word| is_word(word)).unwrap_or_default()
}

pub(super) fn is_word(text: &str) -> bool {
    text.len() <= LONGEST_WORD && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// Some of what an object holds, as Meta wrote it; none when it holds none of it.
pub(super) fn pick(of: &Value, keys: &[&str]) -> Option<Value> {
    let found: Map<String, Value> =
        keys.iter().filter(|key| !of[**key].is_null()).map(|key| ((*key).to_owned(), of[*key].clone())).collect();
    (!found.is_empty()).then_some(Value::Object(found))
}
