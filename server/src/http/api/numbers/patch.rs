//! `PATCH /api/v1/whatsapp/numbers/{id}`: what the business calls a number.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;

use super::{id_of, row::Row};
use crate::{
    connect::numbers,
    error::Error,
    http::{
        api::{
            ApiCaller,
            input::{ApiJson, given},
        },
        identity::Problem,
    },
    services::Services,
    words::Language,
};

/// What to change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http::api) struct Input {
    /// A name, or null for none. What is left out stays.
    #[serde(default, deserialize_with = "given")]
    friendly_name: Option<Option<String>>,
}

/// Changes it, and tells it as it is then.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
    Path(id): Path<String>,
    ApiJson(input): ApiJson<Input>,
) -> Result<Json<Row>, Problem> {
    let id = id_of(&id)?;
    let Some(name) = input.friendly_name else {
        return Err(Error::invalid("friendly_name", "Give friendly_name: a text, or null for none.").into());
    };
    numbers::rename(&services, &actor, &id, name.as_deref().unwrap_or_default()).await?;
    Ok(Json(Row::new(numbers::get(&services, &actor, &id).await?, language)))
}
