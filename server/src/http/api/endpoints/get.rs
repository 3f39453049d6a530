//! `GET /api/v1/webhook-endpoints/{id}`: one endpoint.

use axum::{
    Json,
    extract::{Path, State},
};

use super::{id_of, row::Row};
use crate::{
    http::{api::ApiCaller, identity::Problem},
    outbox,
    services::Services,
    words::Language,
};

/// Tells it.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
    Path(id): Path<String>,
) -> Result<Json<Row>, Problem> {
    Ok(Json(Row::new(outbox::get_endpoint(&services, &actor, &id_of(&id)?).await?, language)?))
}
