//! What was asked: a bounded record of every request, and how deep the requests to the Graph depended on each other.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::secrets::fingerprint;

/// Requests to the Graph kept.
const MOST: usize = 20_000;
/// Visits kept; the form of one can be long.
const MOST_VISITS: usize = 1_000;
/// Parameters whose value is a secret: only a fingerprint is kept.
const SECRET: [&str; 12] = [
    "access_token",
    "input_token",
    "client_secret",
    "code",
    "fb_exchange_token",
    "appsecret_proof",
    "verify_token",
    "pin",
    "token",
    "input_access_token",
    "hub.verify_token",
    "state",
];

/// One HTTP request to the Graph. Token values never appear, only fingerprints of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedRequest {
    /// Position in the order of arrival, from 1, among the visits of browsers.
    pub id: u64,
    /// HTTP method.
    pub method: String,
    /// Path as asked, version included.
    pub path: String,
    /// Query, form and JSON parameters, secrets replaced by `fp:` and a fingerprint.
    pub params: Map<String, Value>,
    /// Fingerprint of the token that authorised the request.
    pub token: Option<String>,
    /// Operations it stood for: one, or one per item of a batch or id of `ids=`.
    pub operations: usize,
    /// For a batch: `GET me/accounts` and so on, secrets replaced.
    pub batch: Vec<String>,
    /// Unix seconds in simulated time.
    pub at: i64,
    /// Sequence number of its start.
    pub started: u64,
    /// Sequence number of its end; `None` while it runs or when the client went away.
    pub ended: Option<u64>,
    /// Answered HTTP status.
    pub status: Option<u16>,
}

/// One request that a browser makes: a dialog opened or answered, the SDK's script, the page that a popup ends on. It is no call
/// to the Graph, and no count has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// Position in the order of arrival, from 1, among the requests to the Graph.
    pub id: u64,
    /// HTTP method.
    pub method: String,
    /// Path as asked.
    pub path: String,
    /// Query and form parameters, secrets replaced by `fp:` and a fingerprint; the query that a dialog's form carries along is
    /// an object under `request`.
    pub params: Map<String, Value>,
    /// Unix seconds in simulated time.
    pub at: i64,
    /// Answered HTTP status; `None` while it runs or when the browser went away.
    pub status: Option<u16>,
}

/// The ring of requests and the counter of events.
#[derive(Debug, Default)]
pub(crate) struct Record {
    requests: VecDeque<RecordedRequest>,
    visits: VecDeque<Visit>,
    sequence: u64,
    next_id: u64,
}

impl Record {
    /// Note the start of a request; its id is filled in.
    pub(crate) fn start(&mut self, mut request: RecordedRequest) -> u64 {
        self.sequence += 1;
        self.next_id += 1;
        request.id = self.next_id;
        request.started = self.sequence;
        if self.requests.len() >= MOST {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
        self.next_id
    }

    /// Note its end.
    pub(crate) fn end(&mut self, id: u64, status: u16) {
        self.sequence += 1;
        let sequence = self.sequence;
        if let Some(request) = self.requests.iter_mut().rev().find(|request| request.id == id) {
            request.ended = Some(sequence);
            request.status = Some(status);
        }
    }

    /// Note a browser's request; its id is filled in.
    pub(crate) fn visit(&mut self, mut visit: Visit) -> u64 {
        self.next_id += 1;
        visit.id = self.next_id;
        if self.visits.len() >= MOST_VISITS {
            self.visits.pop_front();
        }
        self.visits.push_back(visit);
        self.next_id
    }

    /// Note how a browser's request was answered.
    pub(crate) fn visited(&mut self, id: u64, status: u16) {
        if let Some(visit) = self.visits.iter_mut().rev().find(|visit| visit.id == id) {
            visit.status = Some(status);
        }
    }

    pub(crate) fn visits(&self) -> Vec<Visit> {
        self.visits.iter().cloned().collect()
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.requests.clear();
        self.visits.clear();
    }

    pub(crate) fn calls(&self) -> usize {
        self.requests.len()
    }

    pub(crate) fn waiting(&self) -> usize {
        self.requests.iter().filter(|request| request.ended.is_none()).count()
    }

    pub(crate) fn operations(&self) -> usize {
        self.requests.iter().map(|request| request.operations).sum()
    }

    pub(crate) fn rounds(&self) -> usize {
        rounds(self.requests.iter().filter_map(|request| Some((request.started, request.ended?))))
    }
}

/// Length of the longest chain of spans in which each starts after the one before it ended.
///
/// Such a chain is a largest set of spans that do not overlap, so taking the earliest end again and again finds it.
pub(crate) fn rounds(spans: impl Iterator<Item = (u64, u64)>) -> usize {
    let mut spans: Vec<_> = spans.collect();
    spans.sort_by_key(|(_, end)| *end);
    let mut last_end = 0;
    let mut count = 0;
    for (start, end) in spans {
        if start > last_end {
            count += 1;
            last_end = end;
        }
    }
    count
}

/// Parameters fit for the record.
pub(crate) fn redact(params: &Map<String, Value>) -> Map<String, Value> {
    params
        .iter()
        .filter(|(name, _)| *name != "batch")
        .map(|(name, value)| {
            let value = if SECRET.contains(&name.as_str()) {
                Value::String(format!("fp:{}", fingerprint(value.as_str().unwrap_or_default())))
            } else if let Some(inner) = object_in(value) {
                Value::Object(redact(&inner))
            } else {
                value.clone()
            };
            (name.clone(), value)
        })
        .collect()
}

/// An object, also one that came as text in a form.
fn object_in(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object.clone()),
        Value::String(text) if text.starts_with('{') => serde_json::from_str(text).ok(),
        _ => None,
    }
}

/// A relative URL of a batch with the secrets in its query replaced.
pub(crate) fn redact_url(relative_url: &str) -> String {
    let Some((path, query)) = relative_url.split_once('?') else { return relative_url.to_owned() };
    let pairs: Vec<String> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) if SECRET.contains(&name) => format!("{name}=fp:{}", fingerprint(value)),
            _ => pair.to_owned(),
        })
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallel_requests_are_one_round() {
        assert_eq!(rounds([(1, 5), (2, 6), (3, 4)].into_iter()), 1);
    }

    #[test]
    fn a_chain_counts_each_link_and_ignores_what_runs_beside_it() {
        assert_eq!(rounds([(1, 3), (2, 10), (4, 6), (5, 7), (8, 9)].into_iter()), 3);
    }

    #[test]
    fn secrets_inside_structures_become_fingerprints() {
        let params = serde_json::json!({
            "webhook_configuration": r#"{"override_callback_uri":"http://x","verify_token":"hush"}"#,
            "nested": {"access_token": "hush"},
        });
        let text = Value::Object(redact(params.as_object().unwrap_or(&Map::new()))).to_string();
        assert!(text.contains("http://x") && !text.contains("hush"), "{text}");
    }

    #[test]
    fn secrets_in_a_relative_url_become_fingerprints() {
        let url = redact_url("me?fields=id&access_token=EAAsecret");
        assert!(url.starts_with("me?fields=id&access_token=fp:"));
        assert!(!url.contains("EAAsecret"));
    }
}
