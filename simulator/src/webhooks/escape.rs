//! JSON the way Meta writes it on the wire (Meta reference §7.2).

use std::fmt::Write as _;

use serde_json::Value;

/// The body that is sent and signed: non-ASCII as lower-case `\uXXXX` (surrogate pairs beyond the first plane), `/` as `\/`,
/// and, when asked for, `<`, `%` and `@` as `\u003C`, `\u0025` and `\u0040`, which some receivers saw.
pub(crate) fn escaped(body: &Value, more: bool) -> String {
    let plain = body.to_string();
    let mut out = String::with_capacity(plain.len() + plain.len() / 8);
    // In JSON these characters occur inside strings only, so the text can be walked without parsing it.
    for letter in plain.chars() {
        match letter {
            '/' => out.push_str("\\/"),
            '<' if more => out.push_str("\\u003C"),
            '%' if more => out.push_str("\\u0025"),
            '@' if more => out.push_str("\\u0040"),
            letter if letter.is_ascii() => out.push(letter),
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn accents_emoji_and_slashes_are_escaped_and_read_back_the_same() {
        let body = json!({"text": "Ünder \\/ \"€\" 👩‍🚀 a/b\n"});
        let text = escaped(&body, false);
        assert_eq!(text, r#"{"text":"\u00dcnder \\\/ \"\u20ac\" \ud83d\udc69\u200d\ud83d\ude80 a\/b\n"}"#);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), body);
    }

    #[test]
    fn more_is_escaped_only_when_asked_for() {
        let body = json!("<5% @home>");
        assert_eq!(escaped(&body, false), "\"<5% @home>\"");
        let more = escaped(&body, true);
        assert_eq!(more, r#""\u003C5\u0025 \u0040home>""#);
        assert_eq!(serde_json::from_str::<Value>(&more).unwrap(), body);
    }
}
