//! Cursor paging (Meta reference §0.2, §5.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::Url;

use super::errors::GraphError;

/// Rows when `limit` is absent.
const DEFAULT: usize = 25;
/// Most rows whatever `limit` says.
const MOST: usize = 100;

/// What of a list is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Window {
    pub(crate) limit: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
}

/// The rows to show and the cursors around them.
#[derive(Debug)]
pub(crate) struct Slice {
    /// Positions in the full list.
    pub(crate) rows: Vec<usize>,
    before: Option<String>,
    after: Option<String>,
    has_next: bool,
    has_previous: bool,
    limit: usize,
}

/// Cut the window out of a list whose rows have these keys.
pub(crate) fn slice(keys: &[String], window: &Window, most: Option<usize>, endless: bool) -> Result<Slice, GraphError> {
    let asked = match &window.limit {
        None => DEFAULT,
        Some(text) => text
            .trim()
            .parse::<usize>()
            .map_err(|_| GraphError::new(100, "(#100) Param limit must be a non-negative integer"))?,
    };
    let asked = if asked == 0 { DEFAULT } else { asked };
    let limit = asked.min(MOST).min(most.unwrap_or(MOST)).max(1);
    if endless {
        return Ok(endless_slice(keys, window, limit));
    }
    let (start, end) = match (&window.after, &window.before) {
        (Some(after), _) if !after.is_empty() => {
            let start = position(keys, after)? + 1;
            (start, (start + limit).min(keys.len()))
        }
        (_, Some(before)) if !before.is_empty() => {
            let end = position(keys, before)?;
            (end.saturating_sub(limit), end)
        }
        _ => (0, limit.min(keys.len())),
    };
    let rows: Vec<usize> = (start..end).collect();
    Ok(Slice {
        before: rows.first().map(|row| cursor(&keys[*row])),
        after: rows.last().map(|row| cursor(&keys[*row])),
        has_next: end < keys.len() && !rows.is_empty(),
        has_previous: start > 0 && !rows.is_empty(),
        rows,
        limit,
    })
}

/// A list that starts again at its end, with a cursor never seen before.
fn endless_slice(keys: &[String], window: &Window, limit: usize) -> Slice {
    let offset: usize =
        window.after.as_deref().and_then(decode).and_then(|key| key.strip_prefix("loop:")?.parse().ok()).unwrap_or(0);
    let rows: Vec<usize> =
        if keys.is_empty() { Vec::new() } else { (offset..offset + limit).map(|row| row % keys.len()).collect() };
    Slice {
        rows,
        before: Some(cursor(&format!("loop:{offset}"))),
        after: Some(cursor(&format!("loop:{}", offset + limit))),
        has_next: true,
        has_previous: offset > 0,
        limit,
    }
}

fn cursor(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

fn decode(cursor: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor.trim_end_matches('=')).ok()?).ok()
}

fn position(keys: &[String], cursor: &str) -> Result<usize, GraphError> {
    decode(cursor)
        .and_then(|key| keys.iter().position(|candidate| *candidate == key))
        .ok_or_else(|| GraphError::new(100, "(#100) The cursor given is invalid or has expired").subcode(2_018_028))
}

/// The `paging` object; `None` when there is nothing to say.
///
/// `next` and `previous` repeat the query, the access token included and `appsecret_proof` left out, as Meta does.
pub(crate) fn paging(slice: &Slice, address: &Url, query: &[(String, String)]) -> Option<Value> {
    let (before, after) = (slice.before.as_deref()?, slice.after.as_deref()?);
    let mut paging = Map::new();
    paging.insert("cursors".into(), json!({ "before": before, "after": after }));
    let link = |name: &str, cursor: &str| {
        let mut url = address.clone();
        {
            let mut pairs = url.query_pairs_mut();
            pairs.extend_pairs(query);
            pairs.append_pair("limit", &slice.limit.to_string()).append_pair(name, cursor);
        }
        json!(url.as_str())
    };
    if slice.has_next {
        paging.insert("next".into(), link("after", after));
    }
    if slice.has_previous {
        paging.insert("previous".into(), link("before", before));
    }
    Some(Value::Object(paging))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn keys(n: usize) -> Vec<String> {
        (0..n).map(|i| format!("k{i}")).collect()
    }

    #[test]
    fn walking_forward_meets_every_row_once() {
        let keys = keys(53);
        let mut window = Window { limit: Some("10".into()), ..Window::default() };
        let mut seen = Vec::new();
        loop {
            let slice = slice(&keys, &window, None, false).unwrap();
            seen.extend(slice.rows.clone());
            if !slice.has_next {
                break;
            }
            window.after = slice.after;
        }
        assert_eq!(seen, (0..53).collect::<Vec<_>>());
    }

    #[test]
    fn limit_is_capped_and_zero_means_the_default() {
        let keys = keys(300);
        let of = |limit: &str| {
            slice(&keys, &Window { limit: Some(limit.into()), ..Window::default() }, None, false).unwrap().rows.len()
        };
        assert_eq!((of("5000"), of("0"), of("7")), (100, 25, 7));
    }

    #[test]
    fn a_foreign_cursor_is_an_error() {
        let window = Window { after: Some("bm9wZQ".into()), ..Window::default() };
        assert_eq!(slice(&keys(3), &window, None, false).unwrap_err().code, 100);
    }
}
