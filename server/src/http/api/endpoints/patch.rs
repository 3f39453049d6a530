//! `PATCH /api/v1/webhook-endpoints/{id}`: another address, other types, in use or not.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;

use super::{id_of, row::Row};
use crate::{
    http::{
        api::{
            ApiCaller,
            input::{ApiJson, given},
        },
        identity::Problem,
    },
    outbox::{self, EndpointPatch},
    services::Services,
    words::Language,
};

/// What to change. What is left out stays.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http::api) struct Input {
    url: Option<String>,
    description: Option<String>,
    /// Null for every type.
    #[serde(default, deserialize_with = "given")]
    event_types: Option<Option<Vec<String>>>,
    enabled: Option<bool>,
}

/// Changes it, and tells it as it is then.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
    Path(id): Path<String>,
    ApiJson(input): ApiJson<Input>,
) -> Result<Json<Row>, Problem> {
    let Input { url, description, event_types, enabled } = input;
    let patch = EndpointPatch { url, description, event_types, enabled };
    Ok(Json(Row::new(outbox::update_endpoint(&services, &actor, &id_of(&id)?, &patch).await?, language)?))
}
