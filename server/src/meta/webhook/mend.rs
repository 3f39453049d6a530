//! Mending a body whose only fault is a broken character, so that one cut emoji does not cost a thousand messages.

/// What stands where a character was broken: U+FFFD, as JSON writes it.
const BROKEN: &[u8] = b"\\ufffd";

/// The body with wrong UTF-8 and halves of surrogate pairs replaced.
pub(super) fn mended(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let bytes = text.trim_start_matches('\u{feff}').as_bytes();
    let mut mended = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let taken = match (first, escape(rest)) {
            (b'\\', Some(0xd800..=0xdbff)) => match rest.get(6..).and_then(escape) {
                Some(0xdc00..=0xdfff) => copy(&mut mended, rest, 12),
                _ => replace(&mut mended),
            },
            (b'\\', Some(0xdc00..=0xdfff)) => replace(&mut mended),
            // An escaped backslash must not be taken for the beginning of the next escape.
            (b'\\', _) => copy(&mut mended, rest, 2.min(1 + after.len())),
            _ => copy(&mut mended, rest, 1),
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    mended
}

fn copy(into: &mut Vec<u8>, from: &[u8], count: usize) -> usize {
    into.extend_from_slice(from.get(..count).unwrap_or(from));
    count
}

fn replace(into: &mut Vec<u8>) -> usize {
    into.extend_from_slice(BROKEN);
    6
}

/// The number of a `\uXXXX` at the beginning.
fn escape(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(body: &[u8]) -> String {
        serde_json::from_slice::<String>(&mended(body)).unwrap()
    }

    #[test]
    fn only_what_is_broken_is_replaced() {
        assert_eq!(read(br#""a\u00e9\ud83d\ude00\/b""#), "aé😀/b");
        assert_eq!(read(br#""a\ud83db""#), "a\u{fffd}b");
        assert_eq!(read(br#""\ud83d\ud83d\ude00""#), "\u{fffd}😀");
        assert_eq!(read(br#""\ude00""#), "\u{fffd}");
        assert_eq!(read(br#""\\ud83d""#), r"\ud83d");
        assert_eq!(read(b"\"\xff\""), "\u{fffd}");
        assert_eq!(read(b"\xef\xbb\xbf\"x\""), "x");
    }
}
