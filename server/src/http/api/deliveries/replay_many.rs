//! `POST /api/v1/deliveries/replay`: has many deliveries applied again, by their ids or by a filter.

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{FilterInput, id_of};
use crate::{
    error::{Error, Result},
    http::{
        api::{ApiCaller, input::ApiJson},
        identity::Problem,
    },
    ingest::deliveries::{self, MOST_REPLAYS, Replay},
    services::Services,
};

/// Either of the two.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http::api) struct Input {
    ids: Option<Vec<String>>,
    filter: Option<FilterInput>,
}

/// Takes them up; they are applied in the background.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    ApiJson(input): ApiJson<Input>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let which = match (input.ids, input.filter) {
        (Some(ids), None) if ids.is_empty() => return Err(Error::invalid("ids", "Name at least one delivery.").into()),
        (Some(ids), None) if ids.len() > MOST_REPLAYS => {
            return Err(Error::invalid("ids", format!("Name at most {MOST_REPLAYS} deliveries.")).into());
        }
        (Some(ids), None) => Replay::Ids(ids.iter().map(|id| id_of(id)).collect::<Result<_>>()?),
        (None, Some(filter)) => Replay::Filter(filter.into_filter()?),
        _ => return Err(Error::invalid("ids", "Give either ids or a filter.").into()),
    };
    let count = deliveries::replay(&services, &actor, which).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "replaying": count }))))
}
