//! Bodies that say nothing that could be read.

use serde_json::Value;

use super::mend::mended;
use crate::explanation::Explanation;
use crate::words::failures::webhooks as failures;

/// The most objects and lists of one body: what a thousand updates hold, many times over. Each takes hundreds of bytes of memory
/// and can be written in two.
const MOST_NODES: usize = 100_000;
/// How many of them may be within one another: what serde_json reads.
const DEEPEST: usize = 127;

/// Why a body cannot be read. Says nothing of what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON; where it went wrong.
    #[error("it is not JSON from line {line}, column {column} on")]
    NotJson {
        /// Counting from 1.
        line: usize,
        /// Counting from 1.
        column: usize,
    },
    /// JSON within JSON, more than 127 levels deep.
    #[error("it is nested deeper than 127 levels")]
    TooDeep,
    /// JSON, but without a single `entry` (§7.3).
    #[error("it holds no entry")]
    NoEntry,
    /// It tells more than Meta puts into one body (§7.2).
    #[error("it holds more than a webhook can")]
    TooMany,
}

impl Unreadable {
    /// For people.
    pub fn explanation(&self) -> Explanation {
        match *self {
            Self::NotJson { line, column } => failures::not_json(place(line), place(column)),
            Self::TooDeep => failures::too_deep(),
            Self::NoEntry => failures::no_entry(),
            Self::TooMany => failures::too_many(),
        }
    }
}

fn place(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The body as JSON: of duplicate keys the last counts; broken characters are replaced.
pub(super) fn parse(body: &[u8]) -> Result<Value, Unreadable> {
    if nodes(body) > MOST_NODES {
        return Err(Unreadable::TooMany);
    }
    match serde_json::from_slice(body) {
        Ok(value) => Ok(value),
        Err(error) if is_too_deep(&error) => Err(Unreadable::TooDeep),
        Err(_) => serde_json::from_slice(&mended(body)).map_err(|error| {
            if is_too_deep(&error) {
                return Unreadable::TooDeep;
            }
            Unreadable::NotJson { line: error.line(), column: error.column() }
        }),
    }
}

/// How many objects and lists begin in JSON, up to where it is nested too deep to be read on.
fn nodes(json: &[u8]) -> usize {
    let (mut count, mut depth, mut in_text, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => (count, depth) = (count + 1, depth + 1),
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            break;
        }
    }
    count
}

/// serde_json has no kind for this error; a test holds the words.
fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit exceeded")
}
