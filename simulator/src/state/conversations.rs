//! What customers and businesses said to each other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Messages kept of one conversation.
const MOST: usize = 500;
/// How long a customer's message lets the business answer (Meta reference §8.1).
const WINDOW: i64 = 24 * 3600;

/// What became of a message, as far as its sender knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Accepted.
    Sent,
    /// On the other's phone.
    Delivered,
    /// Looked at.
    Read,
    /// Never arrived.
    Failed,
}

/// A message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Its id on the platform: `m_…`, `wamid.…`.
    pub id: String,
    /// The customer wrote it; otherwise the business did.
    pub from_customer: bool,
    /// Unix milliseconds.
    pub at_ms: i64,
    /// `text`, `image`, `location`, `template`, ….
    pub kind: String,
    /// What it says.
    pub text: String,
    /// A stored file that goes with it.
    pub media: Option<String>,
    /// Quick replies and buttons: what they say and what pressing them sends.
    pub buttons: Vec<(String, String)>,
    /// The message it answers.
    pub reply_to: Option<String>,
    /// What became of it.
    pub progress: Progress,
    /// Emoji the customer put on it.
    pub customer_reaction: Option<String>,
    /// Emoji the business put on it.
    pub business_reaction: Option<String>,
    /// How often it was edited.
    pub edits: u32,
    /// Taken back.
    pub unsent: bool,
    /// Why it failed.
    pub problem: Option<String>,
}

impl ChatMessage {
    /// A plain message.
    pub(crate) fn new(id: &str, from_customer: bool, at_ms: i64, kind: &str, text: &str) -> Self {
        Self {
            id: id.into(),
            from_customer,
            at_ms,
            kind: kind.into(),
            text: text.into(),
            media: None,
            buttons: Vec::new(),
            reply_to: None,
            progress: Progress::Sent,
            customer_reaction: None,
            business_reaction: None,
            edits: 0,
            unsent: false,
            problem: None,
        }
    }
}

/// One conversation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Thread {
    pub(crate) messages: Vec<ChatMessage>,
    /// Unix seconds of the customer's newest message.
    pub(crate) last_inbound: Option<i64>,
    /// The business shows that it is writing, until these Unix seconds.
    pub(crate) typing_until: i64,
}

impl Thread {
    /// Add a message; the oldest goes when there are too many.
    pub(crate) fn add(&mut self, message: ChatMessage) {
        if self.messages.len() >= MOST {
            self.messages.remove(0);
        }
        self.messages.push(message);
    }

    pub(crate) fn message(&mut self, id: &str) -> Option<&mut ChatMessage> {
        self.messages.iter_mut().rev().find(|message| message.id == id)
    }

    /// Seconds the customer's newest message is old.
    pub(crate) fn silent_for(&self, now: i64) -> Option<i64> {
        self.last_inbound.map(|at| now - at)
    }

    /// Whether the business may write freely.
    pub(crate) fn is_open(&self, now: i64) -> bool {
        self.silent_for(now).is_some_and(|silent| silent < WINDOW)
    }

    /// The newest message the business sent.
    pub(crate) fn last_from_business(&self) -> Option<&ChatMessage> {
        self.messages.iter().rev().find(|message| !message.from_customer)
    }
}

/// All conversations, by asset and customer.
#[derive(Debug, Default)]
pub(crate) struct Conversations {
    threads: BTreeMap<String, Thread>,
}

/// The name of a conversation, wherever one is named.
pub(crate) fn thread_key(asset: &str, customer: &str) -> String {
    format!("{asset}:{customer}")
}

impl Conversations {
    pub(crate) fn get(&self, key: &str) -> Option<&Thread> {
        self.threads.get(key)
    }

    /// The business got a body: the customers' messages that it names have arrived.
    pub(crate) fn delivered(&mut self, threads: &[String], body: &[u8]) {
        let body = String::from_utf8_lossy(body);
        for key in threads {
            let messages = self.threads.get_mut(key).into_iter().flat_map(|thread| thread.messages.iter_mut());
            let waiting = messages.filter(|message| message.from_customer && message.progress == Progress::Sent);
            waiting
                .filter(|message| body.contains(&message.id))
                .for_each(|message| message.progress = Progress::Delivered);
        }
    }

    pub(crate) fn open(&mut self, key: &str) -> &mut Thread {
        self.threads.entry(key.to_owned()).or_default()
    }
}
