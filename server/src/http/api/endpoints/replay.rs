//! `POST /api/v1/webhook-endpoints/{id}/deliveries/{event}/replay`: sends an event once more.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use super::id_of;
use crate::{
    error::Error,
    http::{api::ApiCaller, identity::Problem},
    outbox,
    services::Services,
};

/// Takes it up; it is sent in the background.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    Path((id, event)): Path<(String, String)>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let event = event.parse().map_err(|_| Error::NotFound("event"))?;
    outbox::replay(&services, &actor, &id_of(&id)?, &event).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "event_id": event }))))
}
