//! Deliveries out of the journal, by their ids.

use super::apply::{Load, Understood};
use crate::{db::journal, error::Result, ids::DeliveryId, services::Services};

/// Reads the first of these deliveries, as many as are applied at once; those whose bodies are kept no more are left out. Answers
/// also how many of them that was: at least one, unless there is none.
pub(super) async fn gather(services: &Services, ids: &[DeliveryId]) -> Result<(Vec<Understood>, usize)> {
    let (mut batch, mut load) = (Vec::new(), Load::default());
    for (place, id) in ids.iter().enumerate() {
        if load.is_full() {
            return Ok((batch, place));
        }
        if let Some(delivery) = journal::get(services.db(), id.number()).await? {
            let read = Understood::read(services, delivery).await?;
            load.add(&read);
            batch.push(read);
        }
    }
    Ok((batch, ids.len()))
}
