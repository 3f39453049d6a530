//! `DELETE /api/v1/webhook-endpoints/{id}`: nothing more is sent there.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use super::id_of;
use crate::{
    http::{api::ApiCaller, identity::Problem},
    outbox,
    services::Services,
};

/// Deletes it.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    outbox::delete_endpoint(&services, &actor, &id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
