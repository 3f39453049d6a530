//! `GET /api/v1/deliveries`: the tenant's deliveries, newest first, by pages.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};

use super::{FilterInput, id_of, row::Row};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    http::{
        api::{
            ApiCaller,
            input::{ApiQuery, limit},
        },
        identity::Problem,
    },
    ids::DeliveryId,
    ingest::deliveries,
    services::Services,
    words::Language,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http::api) struct Input {
    outcome: Option<crate::db::delivery_parts::Outcome>,
    asset_kind: Option<crate::asset_kind::AssetKind>,
    asset: Option<String>,
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Output {
    /// A row for each asset that a delivery is about; all rows of one delivery are on one page.
    deliveries: Vec<Row>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

/// Lists.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    language: Language,
    ApiQuery(input): ApiQuery<Input>,
) -> Result<Json<Output>, Problem> {
    let limit = limit(input.limit)?;
    let before = input.cursor.as_deref().map(read_cursor).transpose()?;
    let filter = FilterInput { outcome: input.outcome, asset_kind: input.asset_kind, asset: input.asset };
    let filter = deliveries::Filter { before, ..filter.into_filter()? };
    let page = deliveries::list(&services, &actor, &filter, limit).await?;
    let next = page.next.map(|(at, id)| format!("{}.{}", at.as_millis(), String::from(id)));
    Ok(Json(Output { deliveries: page.rows.into_iter().map(|view| Row::new(view, language)).collect(), next }))
}

fn read_cursor(text: &str) -> Result<(Timestamp, DeliveryId)> {
    let wrong = || Error::invalid("cursor", "The cursor is not one that a page gave as `next`.");
    let (at, id) = text.split_once('.').ok_or_else(wrong)?;
    let at = at.parse().map_err(|_| wrong())?;
    Ok((Timestamp::from_millis(at), id_of(id).map_err(|_| wrong())?))
}
