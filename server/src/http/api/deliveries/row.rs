//! A delivery as the API tells it.

use std::collections::BTreeMap;

use jiff::Timestamp as Moment;
use serde::Serialize;

use crate::{
    asset_kind::AssetKind,
    db::delivery_parts::Outcome,
    explanation::Told,
    http::api::output::moment,
    ids::DeliveryId,
    ingest::deliveries::{AssetView, DeliveryView},
    words::Language,
};

/// What one delivery was to one asset.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    id: DeliveryId,
    /// RFC 3339.
    received_at: Option<Moment>,
    meta_app_id: String,
    outcome: Outcome,
    asset: Option<Asset>,
    /// How many events, and how many of which kind.
    events: i64,
    kinds: BTreeMap<String, i64>,
    problem: Option<Told>,
    replayed_at: Option<Moment>,
}

#[derive(Debug, Serialize)]
struct Asset {
    kind: AssetKind,
    id: String,
    name: Option<String>,
}

impl Row {
    /// The row, with what is wrong said in `language`.
    pub(super) fn new(view: DeliveryView, language: Language) -> Self {
        let asset = view.asset.map(|AssetView { kind, meta_id, name }| Asset { kind, id: meta_id, name });
        Self {
            id: view.id,
            received_at: moment(view.received_at.as_millis()),
            meta_app_id: view.meta_app_id,
            outcome: view.outcome,
            asset,
            events: view.events,
            kinds: view.kinds,
            problem: view.problem.map(|why| why.told(language)),
            replayed_at: view.replayed_at.and_then(|at| moment(at.as_millis())),
        }
    }
}
