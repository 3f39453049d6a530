//! `GET /api/v1/whatsapp/numbers/{id}`: one number.

use axum::{
    Json,
    extract::{Path, State},
};

use super::{id_of, row::Row};
use crate::{
    connect::numbers,
    http::{api::ApiCaller, identity::Problem},
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
    Ok(Json(Row::new(numbers::get(&services, &actor, &id_of(&id)?).await?, language)))
}
