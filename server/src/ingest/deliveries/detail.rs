//! One delivery.

use serde_json::Value;

use super::{DeliveryView, Viewer};
use crate::{
    accounts::Actor,
    clock::Timestamp,
    error::{Error, Result},
    ids::DeliveryId,
    services::Services,
};

/// A delivery with everything that the viewer may see of it.
#[derive(Debug, Clone)]
pub struct DeliveryDetail {
    /// What it was to each asset. Never empty.
    pub parts: Vec<DeliveryView>,
    /// What was in it. Empty when the body is gone or unreadable.
    pub events: Vec<EventView>,
    /// The body as Meta sent it: for an operator, and for an owner when every event in it is theirs. `None` also when it
    /// is gone: bodies are kept for a while only.
    pub body: Option<String>,
    /// Whether the body is kept no more.
    pub expired: bool,
}

/// One thing that a delivery told.
#[derive(Debug, Clone)]
pub struct EventView {
    /// Meta's time of it.
    pub at: Timestamp,
    /// Which kind, such as `message`.
    pub kind: &'static str,
    /// What it is, in one sentence, without what people wrote.
    pub sentence: String,
    /// Its piece of the body, for those who may see it.
    pub raw: Option<Value>,
}

/// A delivery.
///
/// # Errors
/// [`Error::NotFound`] for one that has no part of the viewer's tenant; when the database fails.
pub async fn get(services: &Services, actor: &Actor, id: DeliveryId) -> Result<DeliveryDetail> {
    get_as(services, &Viewer::new(actor)?, id).await
}

async fn get_as(_services: &Services, _viewer: &Viewer, _id: DeliveryId) -> Result<DeliveryDetail> {
    Err(Error::NotFound("delivery"))
}
