//! `POST /api/v1/deliveries/{id}/replay`: has one delivery applied again.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use super::id_of;
use crate::{
    http::{api::ApiCaller, identity::Problem},
    ingest::deliveries::{self, Replay},
    services::Services,
};

/// Takes it up; it is applied in the background.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let count = deliveries::replay(&services, &actor, Replay::Ids(vec![id_of(&id)?])).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "replaying": count }))))
}
