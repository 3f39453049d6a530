//! An endpoint and its deliveries as the API tells them.

use jiff::Timestamp as Moment;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{
    clock::Timestamp,
    db::{event_deliveries::DeliveryState, from_json},
    error::{Error, Result},
    explanation::{Explanation, Told},
    http::api::output::moment,
    ids::{OutgoingEventId, WebhookEndpointId},
    outbox::{DeliveryView, EndpointView},
    words::Language,
};

/// An endpoint.
#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Row {
    id: WebhookEndpointId,
    url: String,
    description: String,
    /// Null for every type, those to come too.
    event_types: Option<Vec<&'static str>>,
    created_at: Option<Moment>,
    created_by: String,
    enabled: bool,
    /// While it is disabled: since when, by whom, and why where nobody chose it.
    disabled_at: Option<Moment>,
    disabled_by: Option<String>,
    disabled_why: Option<Told>,
    /// The first failure after the last success.
    failing_since: Option<Moment>,
    deliveries: Counts,
}

#[derive(Debug, Default, Serialize)]
struct Counts {
    waiting: i64,
    waiting_since: Option<Moment>,
    failed: i64,
    last_delivered_at: Option<Moment>,
}

impl Row {
    /// The endpoint, with what is wrong said in `language`.
    pub(super) fn new(view: EndpointView, language: Language) -> Result<Self> {
        let EndpointView { endpoint, event_types, counts } = view;
        let why: Option<Explanation> = endpoint.disabled_why.as_deref().map(from_json).transpose()?;
        Ok(Self {
            id: endpoint.id,
            url: endpoint.url,
            description: endpoint.description,
            event_types: event_types.map(|kinds| kinds.into_iter().map(crate::event::EventType::as_str).collect()),
            created_at: moment(endpoint.created_at),
            created_by: endpoint.created_by,
            enabled: endpoint.disabled_at.is_none(),
            disabled_at: endpoint.disabled_at.and_then(moment),
            disabled_by: endpoint.disabled_by,
            disabled_why: why.map(|why| why.told(language)),
            failing_since: endpoint.failing_since.and_then(moment),
            deliveries: counts.map_or_else(Counts::default, |counts| Counts {
                waiting: counts.waiting,
                waiting_since: counts.waiting_since.and_then(moment),
                failed: counts.failed,
                last_delivered_at: counts.delivered_at.and_then(moment),
            }),
        })
    }
}

/// A delivery.
#[derive(Debug, Serialize)]
pub(super) struct Delivery {
    event_id: OutgoingEventId,
    #[serde(rename = "type")]
    kind: String,
    created_at: Option<Moment>,
    state: DeliveryState,
    /// Since it was last asked for.
    tries: i64,
    next_try_at: Option<Moment>,
    last_try_at: Option<Moment>,
    last_took_ms: Option<i64>,
    last_status: Option<i64>,
    problem: Option<Told>,
    /// How the answer began that was no success.
    answer: Option<String>,
    /// The body, as it is sent.
    body: Box<RawValue>,
}

impl Delivery {
    /// The delivery, with what is wrong said in `language`.
    pub(super) fn new(view: DeliveryView, language: Language) -> Result<Self> {
        let at = |at: Timestamp| moment(at.as_millis());
        Ok(Self {
            event_id: view.event_id,
            kind: view.kind,
            created_at: at(view.created_at),
            state: view.state,
            tries: view.tries,
            next_try_at: view.next_at.and_then(at),
            last_try_at: view.tried_at.and_then(at),
            last_took_ms: view.took,
            last_status: view.status,
            problem: view.problem.map(|why| why.told(language)),
            answer: view.answer,
            body: RawValue::from_string(view.body).map_err(Error::internal)?,
        })
    }
}
