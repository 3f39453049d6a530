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

use crate::{
    error::{Error, Result},
    ids::WebhookEndpointId,
};

fn id_of(text: &str) -> Result<WebhookEndpointId> {
    text.parse().map_err(|_| Error::NotFound("webhook endpoint"))
}
