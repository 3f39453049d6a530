//! Webhook endpoints: where the tenant's own systems take events.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod deliveries;
pub(super) mod get;
pub(super) mod list;
pub(super) mod patch;
pub(super) mod replay;
pub(super) mod replay_failed;
pub(super) mod rotate_secret;
mod row;
pub(super) mod test;

use serde::{Deserialize, Deserializer};

use crate::{
    error::{Error, Result},
    ids::WebhookEndpointId,
};

fn id_of(text: &str) -> Result<WebhookEndpointId> {
    text.parse().map_err(|_| Error::NotFound("webhook endpoint"))
}

/// Tells null from nothing.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}
