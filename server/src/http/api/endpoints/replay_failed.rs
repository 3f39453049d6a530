//! `POST /api/v1/webhook-endpoints/{id}/replay-failed`: sends everything that was given up once more.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use super::id_of;
use crate::{
    http::{api::ApiCaller, identity::Problem},
    outbox,
    services::Services,
};

/// Takes it up; it is sent in the background.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let replaying = outbox::replay_failed(&services, &actor, &id_of(&id)?).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "replaying": replaying }))))
}
