//! `POST /api/v1/webhook-endpoints`: a new endpoint, with its secret.

use axum::{Json, extract::State, http::StatusCode};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use super::row::Row;
use crate::{
    http::{
        api::{ApiCaller, input::ApiJson},
        identity::Problem,
    },
    outbox::{self, EndpointInput},
    services::Services,
    words::Language,
};

/// The endpoint to make.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http::api) struct Input {
    url: String,
    #[serde(default)]
    description: String,
    /// Left out or null for every type.
    #[serde(default)]
    event_types: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Output {
    #[serde(flatten)]
    endpoint: Row,
    /// What receivers check signatures with. It is told this once.
    secret: String,
}

/// Makes it.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
    ApiJson(input): ApiJson<Input>,
) -> Result<(StatusCode, Json<Output>), Problem> {
    let input = EndpointInput { url: input.url, description: input.description, event_types: input.event_types };
    let made = outbox::create_endpoint(&services, &actor, &input).await?;
    let endpoint = Row::new(made.endpoint, language)?;
    Ok((StatusCode::CREATED, Json(Output { endpoint, secret: made.secret.expose_secret().to_owned() })))
}
