//! `GET /api/v1/deliveries/{id}`: one delivery with its events.

use axum::{
    Json,
    extract::{Path, State},
};
use jiff::Timestamp as Moment;
use serde::Serialize;
use serde_json::Value;

use super::{id_of, row::Row};
use crate::{
    explanation::Told,
    http::{
        api::{ApiCaller, output::moment},
        identity::Problem,
    },
    ingest::deliveries,
    services::Services,
    words::Language,
};

#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Output {
    /// What it was to each asset of the tenant.
    parts: Vec<Row>,
    events: Vec<Event>,
    /// The whole body, when every event in it is the tenant's and it is still kept.
    body: Option<String>,
    /// Whether the body is kept no more.
    expired: bool,
}

#[derive(Debug, Serialize)]
struct Event {
    at: Option<Moment>,
    kind: &'static str,
    sentence: String,
    /// Why it is no good news.
    problem: Option<Told>,
    /// Its piece of the body.
    raw: Option<Value>,
}

/// Tells it.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
    Path(id): Path<String>,
) -> Result<Json<Output>, Problem> {
    let found = deliveries::get(&services, &actor, id_of(&id)?).await?;
    let event = |event: deliveries::EventView| Event {
        at: moment(event.at.as_millis()),
        kind: event.kind,
        sentence: event.sentence,
        problem: event.problem.map(|why| why.told(language)),
        raw: event.raw,
    };
    Ok(Json(Output {
        parts: found.parts.into_iter().map(|view| Row::new(view, language)).collect(),
        events: found.events.into_iter().map(event).collect(),
        body: found.body,
        expired: found.expired,
    }))
}
