//! `GET /api/v1/webhook-endpoints/{id}/deliveries`: what was and is to be sent there, the latest event first, by pages.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::{Deserialize, Serialize};

use super::{id_of, row::Delivery};
use crate::{
    db::event_deliveries::{DeliveryFilter, DeliveryState},
    error::{Error, Result},
    http::{
        api::{
            ApiCaller,
            input::{ApiQuery, limit},
        },
        identity::Problem,
    },
    ids::OutgoingEventId,
    outbox,
    services::Services,
    words::Language,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http::api) struct Input {
    /// `waiting`, `delivered` or `failed`.
    state: Option<DeliveryState>,
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Output {
    deliveries: Vec<Delivery>,
    /// The cursor of the next page; null on the last.
    next: Option<OutgoingEventId>,
}

/// Lists.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
    Path(id): Path<String>,
    ApiQuery(input): ApiQuery<Input>,
) -> Result<Json<Output>, Problem> {
    let limit = limit(input.limit)?;
    let wrong = |_| Error::invalid("cursor", "The cursor is not one that a page gave as `next`.");
    let before = input.cursor.as_deref().map(str::parse).transpose().map_err(wrong)?;
    let filter = DeliveryFilter { state: input.state, before };
    let page = outbox::list_deliveries(&services, &actor, &id_of(&id)?, &filter, limit).await?;
    let deliveries = page.rows.into_iter().map(|view| Delivery::new(view, language)).collect::<Result<_>>()?;
    Ok(Json(Output { deliveries, next: page.next }))
}
