//! A body on its way to a callback, and what came of each try.

use axum::body::Bytes;
use serde::{Deserialize, Serialize, Serializer};

use super::signature::Signature;

/// What a delivery carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// A webhook.
    Webhook,
    /// The deauthorize callback (Meta reference §10).
    Deauthorize,
    /// The data deletion callback (Meta reference §10).
    DataDeletion,
}

/// Bytes that go to one callback until it answers 200 or Meta gives up; every try sends the same.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) id: u64,
    /// The app that signs it; the world's first where it is empty.
    pub(crate) app: String,
    pub(crate) kind: DeliveryKind,
    pub(crate) object: String,
    pub(crate) callback_url: String,
    pub(crate) body: Bytes,
    pub(crate) signature: Signature,
    pub(crate) updates: usize,
    pub(crate) fields: Vec<String>,
    pub(crate) threads: Vec<String>,
    /// Tries so far.
    pub(crate) tries: u32,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Unix seconds of the next try.
    pub(crate) next_at: i64,
}

/// A delivery that waits for its next try, as the control shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingDelivery {
    /// Number of the delivery.
    pub id: u64,
    /// Webhook object.
    pub object: String,
    /// Where it goes.
    pub callback_url: String,
    /// Updates in its body.
    pub updates: usize,
    /// Tries that failed so far.
    pub tries: u32,
    /// Unix seconds of the next one.
    pub next_at: i64,
}

/// One try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Position in the order of completion, from 1.
    pub id: u64,
    /// The delivery it tried.
    pub delivery: u64,
    /// The app that signed it; the world's first where it is empty.
    #[serde(skip)]
    pub app: String,
    /// Webhook or compliance callback.
    pub kind: DeliveryKind,
    /// Webhook object.
    pub object: String,
    /// Fields of the updates, in their order, repetitions left out.
    pub fields: Vec<String>,
    /// Updates in the body.
    pub updates: usize,
    /// Conversations the updates belong to: `<asset>:<customer>`.
    pub threads: Vec<String>,
    /// 1 for the first try.
    pub number: u32,
    /// Unix seconds in simulated time.
    pub at: i64,
    /// Where it went.
    pub callback_url: String,
    /// Signature headers as sent.
    pub headers: Vec<(String, String)>,
    /// HTTP status of the answer; `None` when there was none.
    pub status: Option<u16>,
    /// Why there was none, in curl's words.
    pub error: Option<String>,
    /// Milliseconds until the answer was complete, by the machine's clock.
    pub latency_ms: u64,
    /// Beginning of the answer's body.
    pub answer: String,
    /// The body as sent.
    #[serde(serialize_with = "as_text")]
    pub body: Bytes,
}

impl Attempt {
    /// Whether Meta counts it as received: 200 and nothing else (Meta reference §7.2).
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.status == Some(200)
    }

    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

fn as_text<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}
