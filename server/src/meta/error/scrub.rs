//! Cutting secrets out of texts that come from outside.

/// Longest message that is kept, in characters.
const MAX_CHARS: usize = 300;
/// A run of this many token characters is taken for a secret: tokens, codes, proofs and app secrets are all longer or
/// as long. Names of fields may be that long too, but are
/// lower-case words joined by underscores.
const SECRET_RUN: usize = 32;
const REMOVED: &str = "[removed]";
/// What precedes a secret in a URL or form.
const KEYS: &[&str] = &[
    "access_token=",
    "input_token=",
    "fb_exchange_token=",
    "client_secret=",
    "appsecret_proof=",
    "code=",
    "pin=",
    "verify_token=",
    "state=",
];

/// `text` without `secrets`, without anything that looks like a token, without control characters, and at most 300
/// characters long.
pub(super) fn scrub(text: &str, secrets: &[&str]) -> String {
    let mut clean: String = text.chars().take(20_000).map(|c| if c.is_control() { ' ' } else { c }).collect();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        clean = clean.replace(secret, REMOVED);
    }
    for key in KEYS {
        clean = cut_value_after(&clean, key);
    }
    shorten(cut_runs(&clean).trim())
}

/// A trace id of Meta's, if it looks like one.
pub(super) fn trace_id(id: &str, secrets: &[&str]) -> Option<String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let harmless = (1..SECRET_RUN).contains(&id.len()) && id.bytes().all(plain) && !looks_like_token(id);
    (harmless && !secrets.iter().any(|secret| !secret.is_empty() && id.contains(secret))).then(|| id.to_owned())
}

fn cut_value_after(text: &str, key: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(key) {
        let (before, after) = rest.split_at(at + key.len());
        let end = after.find(|c: char| c == '&' || c == '"' || c == '\'' || c.is_whitespace()).unwrap_or(after.len());
        clean.push_str(before);
        if end > 0 {
            clean.push_str(REMOVED);
        }
        rest = after.split_at(end).1;
    }
    clean.push_str(rest);
    clean
}

fn cut_runs(text: &str) -> String {
    let in_run = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '|' | '%');
    let mut clean = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, clean: &mut String| {
        let name = run.contains('_') && run.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let secret = (run.len() >= SECRET_RUN && !name) || looks_like_token(run);
        clean.push_str(if secret { REMOVED } else { run });
        run.clear();
    };
    for c in text.chars() {
        if in_run(c) {
            run.push(c);
        } else {
            flush(&mut run, &mut clean);
            clean.push(c);
        }
    }
    flush(&mut run, &mut clean);
    clean
}

/// Facebook tokens begin with `EAA`, Instagram's with `IGQ` or `IGA`, and an app token is `id|secret`.
fn looks_like_token(run: &str) -> bool {
    let prefixed = ["EAA", "IGQ", "IGA"].iter().any(|prefix| run.starts_with(prefix)) && run.len() > 8;
    let app_token = run
        .split_once('|')
        .is_some_and(|(id, rest)| id.len() > 4 && rest.len() > 4 && id.bytes().all(|b| b.is_ascii_digit()));
    prefixed || app_token
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= MAX_CHARS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MAX_CHARS - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_words_stay() {
        let text = "(#200) To subscribe to the messages field, one of these permissions is needed: pages_messaging. \
                    See https://developers.facebook.com/docs/graph-api/overview/rate-limiting.";
        assert_eq!(scrub(text, &[]), text);
        let field = "(#100) Tried accessing nonexisting field (whatsapp_business_manager_messaging_limit) on node type";
        assert_eq!(scrub(field, &[]), field);
    }

    #[test]
    fn secrets_go() {
        let text = "bad code=AQBx&state=s1 token EAABcanary123 1234567|canarysecret short-one";
        let clean = scrub(text, &["short-one"]);
        assert_eq!(clean, "bad code=[removed]&state=[removed] token [removed] [removed] [removed]");
        assert!(!scrub(&format!("proof {}", "ab".repeat(32)), &[]).contains("abab"));
    }

    #[test]
    fn long_texts_are_cut_by_characters() {
        let clean = scrub(&"é ".repeat(400), &[]);
        assert_eq!(clean.chars().count(), 300);
        assert!(clean.ends_with('…'));
    }

    #[test]
    fn trace_ids_are_kept_only_if_they_look_like_one() {
        assert_eq!(trace_id("Az8or2yhqkZfEZ-_4Qn_Bam", &[]).as_deref(), Some("Az8or2yhqkZfEZ-_4Qn_Bam"));
        assert_eq!(trace_id("a b", &[]), None);
        assert_eq!(trace_id("EAAcanarycanary", &[]), None);
        assert_eq!(trace_id("xcanaryx", &["canary"]), None);
    }

    proptest! {
        #[test]
        fn a_secret_never_survives(before in ".{0,60}", secret in "[A-Za-z0-9]{6,80}", after in ".{0,60}") {
            prop_assume!(!REMOVED.contains(&secret));
            let clean = scrub(&format!("{before}{secret}{after}"), &[&secret]);
            prop_assert!(!clean.contains(&secret));
            prop_assert!(clean.chars().count() <= MAX_CHARS);
        }
    }
}
