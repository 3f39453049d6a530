//! Bounding the memory of bodies on their way to the journal.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ingest::Refusal;

/// The part of the memory for bodies that one body has taken: as much as arrived of it, not what it announced. Given back
/// when dropped.
#[derive(Debug)]
pub struct Room {
    whole: Arc<Semaphore>,
    taken: Option<OwnedSemaphorePermit>,
}

impl Room {
    pub(crate) fn new(whole: Arc<Semaphore>) -> Self {
        Self { whole, taken: None }
    }

    /// Takes `bytes` more.
    ///
    /// # Errors
    /// [`Refusal::Full`].
    pub fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let bytes = u32::try_from(bytes).map_err(|_| Refusal::Full)?;
        let more = self.whole.clone().try_acquire_many_owned(bytes).map_err(|_| Refusal::Full)?;
        match &mut self.taken {
            Some(taken) => taken.merge(more),
            None => self.taken = Some(more),
        }
        Ok(())
    }
}
