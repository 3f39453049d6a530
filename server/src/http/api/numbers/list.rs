//! `GET /api/v1/whatsapp/numbers`: the tenant's numbers.

use axum::{Json, extract::State};
use serde::Serialize;

use super::row::Row;
use crate::{
    connect::numbers,
    http::{api::ApiCaller, identity::Problem},
    services::Services,
    words::Language,
};

#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Output {
    numbers: Vec<Row>,
}

/// Lists.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
) -> Result<Json<Output>, Problem> {
    let numbers = numbers::list(&services, &actor).await?;
    Ok(Json(Output { numbers: numbers.into_iter().map(|view| Row::new(view, language)).collect() }))
}
