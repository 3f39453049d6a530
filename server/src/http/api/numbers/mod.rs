//! WhatsApp numbers: what is known of each, and what the business calls it.

pub(super) mod get;
pub(super) mod list;
pub(super) mod patch;
mod row;

use crate::{
    error::{Error, Result},
    ids::AssetId,
};

fn id_of(text: &str) -> Result<AssetId> {
    text.parse().map_err(|_| Error::NotFound("number"))
}
