//! Deliveries: what Meta sent about the tenant's assets, and having it applied again.

pub(super) mod get;
pub(super) mod list;
pub(super) mod replay_many;
pub(super) mod replay_one;
mod row;

use serde::Deserialize;

use crate::{
    asset_kind::AssetKind,
    db::delivery_parts::Outcome,
    error::{Error, Result},
    ids::DeliveryId,
    ingest::deliveries::Filter,
};

/// Which deliveries a call means.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilterInput {
    /// `applied`, `quarantined`, `unreadable` or `failed`.
    outcome: Option<Outcome>,
    /// `facebook_page`, `instagram_account`, `whatsapp_account`, `whatsapp_number` or `ad_account`; with `asset`.
    asset_kind: Option<AssetKind>,
    /// The asset's id at Meta; with `asset_kind`.
    asset: Option<String>,
}

impl FilterInput {
    fn into_filter(self) -> Result<Filter> {
        let asset = match (self.asset_kind, self.asset) {
            (Some(kind), Some(id)) => Some((kind, id)),
            (None, None) => None,
            _ => return Err(Error::invalid("asset", "Give asset and asset_kind together, or neither.")),
        };
        Ok(Filter { outcome: self.outcome, asset, before: None })
    }
}

fn id_of(text: &str) -> Result<DeliveryId> {
    text.parse().map_err(|_| Error::NotFound("delivery"))
}
