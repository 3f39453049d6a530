//! `GET /api/v1/webhook-endpoints`: the tenant's endpoints, oldest first.

use axum::{Json, extract::State};
use serde::Serialize;

use super::row::Row;
use crate::{
    error::Result,
    http::{api::ApiCaller, identity::Problem},
    outbox,
    services::Services,
    words::Language,
};

#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Output {
    endpoints: Vec<Row>,
}

/// Lists.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
) -> Result<Json<Output>, Problem> {
    let endpoints = outbox::list_endpoints(&services, &actor).await?;
    let endpoints = endpoints.into_iter().map(|view| Row::new(view, language)).collect::<Result<_>>()?;
    Ok(Json(Output { endpoints }))
}
