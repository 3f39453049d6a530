//! Bodies become events.

use std::{borrow::Cow, panic::AssertUnwindSafe};

use crate::{
    clock::Timestamp,
    db::{delivery_parts::Outcome, journal},
    error::Error,
    explanation::Explanation,
    ids::DeliveryId,
    ingest::Reader,
    meta::webhook::{Event, Unreadable, bytes_of},
    services::Services,
    words::failures,
};

/// The most events of one transaction, unless a single delivery brings more.
pub(crate) const EVENTS: usize = 4_096;
/// So many bytes of events are one batch, and the delivery that exceeds them.
const BYTES: usize = 16 * 1024 * 1024;

/// A delivery and what it says.
#[derive(Debug)]
pub(crate) struct Understood {
    pub(crate) id: DeliveryId,
    /// The app whose secret signed it.
    pub(crate) meta_app_id: String,
    pub(crate) received_at: Timestamp,
    pub(crate) events: Result<Vec<Event>, Misfit>,
    /// How many bytes of memory the events take, about.
    bytes: usize,
    /// It could not be applied: it is written down as such and left out.
    pub(crate) broken: bool,
}

/// Why a delivery says nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Misfit {
    /// It is not what Meta documents.
    Unreadable(Unreadable),
    /// Reading or applying it is more than Attaché can do.
    Broken,
}

impl Misfit {
    /// In words.
    pub(crate) fn explain(&self) -> Explanation {
        match self {
            Self::Unreadable(reason) => reason.explanation(),
            Self::Broken => failures::webhooks::delivery_failed(),
        }
    }

    /// What becomes of the delivery.
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Unreadable(_) => Outcome::Unreadable,
            Self::Broken => Outcome::Failed,
        }
    }
}

impl Understood {
    /// What there is to say about it, when something is wrong with it.
    pub(super) fn misfit(&self) -> Option<Misfit> {
        match &self.events {
            Err(misfit) => Some(*misfit),
            Ok(_) => self.broken.then_some(Misfit::Broken),
        }
    }

    /// Reads a body. Never fails and never panics: what cannot be read is said so. Work for the processor: [`Self::read`] keeps
    /// it away from whoever waits for the network.
    pub(crate) fn new(delivery: journal::Delivery, reader: Reader) -> Self {
        let body = without_nul(&delivery.body);
        let read = || reader(&body, delivery.received_at);
        let events = match std::panic::catch_unwind(AssertUnwindSafe(read)) {
            Ok(events) => events.map_err(Misfit::Unreadable),
            Err(_) => {
                tracing::error!(delivery = delivery.id, "reading a delivery panicked; it is kept and left out");
                Err(Misfit::Broken)
            }
        };
        Self {
            id: DeliveryId::new(delivery.id),
            meta_app_id: delivery.meta_app_id.into(),
            received_at: delivery.received_at,
            bytes: events.as_ref().map_or(0, |events| bytes_of(events)),
            events,
            broken: false,
        }
    }

    /// The same on a thread of its own, and not for too many at once.
    pub(crate) async fn read(services: &Services, delivery: journal::Delivery) -> Result<Self, Error> {
        let turn = services.intake().turn_to_read().await;
        let reader = services.intake().reader();
        let read = move || {
            let _turn = turn;
            Self::new(delivery, reader)
        };
        tokio::task::spawn_blocking(read).await.map_err(Error::internal)
    }
}

/// How much a batch holds by now. Whoever fills one goes on until it is full, for a short body can hold many events.
#[derive(Debug, Default)]
pub(crate) struct Load {
    events: usize,
    bytes: usize,
}

impl Load {
    /// One more delivery.
    pub(crate) fn add(&mut self, delivery: &Understood) {
        self.events += delivery.events.as_ref().map_or(0, Vec::len);
        self.bytes += delivery.bytes;
    }

    /// Whether what is in the batch is enough.
    pub(crate) fn is_full(&self) -> bool {
        self.events >= EVENTS || self.bytes >= BYTES
    }
}

/// The body with each escaped NUL made a mark for what cannot be written: PostgreSQL's texts hold no NUL.
fn without_nul(body: &[u8]) -> Cow<'_, [u8]> {
    const NUL: &[u8] = b"u0000";
    let escaped_nul = |at: usize| body.get(at + 1..).is_some_and(|rest| rest.starts_with(NUL));
    let mut at = 0;
    let mut clean = Vec::new();
    let mut copied = 0;
    while let Some(found) = body.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        let slash = at + found;
        if escaped_nul(slash) {
            clean.extend_from_slice(&body[copied..slash]);
            clean.extend_from_slice(b"\\ufffd");
            copied = slash + 1 + NUL.len();
        }
        // The byte after a backslash belongs to it, also when it is another backslash.
        at = slash + 2;
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    clean.extend_from_slice(&body[copied..]);
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::without_nul;

    #[test]
    fn only_an_escaped_nul_is_replaced() {
        let cases: [(&str, &str); 6] = [
            (r#"{"a":"b\u0000c"}"#, r#"{"a":"b\ufffdc"}"#),
            (r#"{"a":"\u0000\u0000"}"#, r#"{"a":"\ufffd\ufffd"}"#),
            (r#"{"a":"\\u0000"}"#, r#"{"a":"\\u0000"}"#),
            (r#"{"a":"\\\u0000"}"#, r#"{"a":"\\\ufffd"}"#),
            (r#"{"a":"\u00001 \n"}"#, r#"{"a":"\ufffd1 \n"}"#),
            (r#"{"a":"\"#, r#"{"a":"\"#),
        ];
        for (body, clean) in cases {
            assert_eq!(String::from_utf8_lossy(&without_nul(body.as_bytes())), clean);
        }
    }
}
