//! Who watches an attempt to connect hears when it moves. Only a hint: the truth is in the database, which watchers in
//! other processes read every second.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

use crate::ids::AttemptId;

/// The attempts that somebody watches in this process.
#[derive(Clone, Debug, Default)]
pub struct Live(Arc<Mutex<HashMap<AttemptId, watch::Sender<u64>>>>);

impl Live {
    /// Hears of every change of the attempt from now on.
    pub fn watch(&self, attempt: &AttemptId) -> watch::Receiver<u64> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|_, sender| sender.receiver_count() > 0);
        watched.entry(attempt.clone()).or_insert_with(|| watch::Sender::new(0)).subscribe()
    }

    /// Tells the watchers that the attempt moved.
    pub fn changed(&self, attempt: &AttemptId) {
        let watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = watched.get(attempt) {
            sender.send_modify(|count| *count += 1);
        }
    }
}
