//! Turns to ask Meta about an app in the background: one at a time for each app is enough.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use crate::meta::AppId;

/// The apps that Meta is being asked about. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashSet<AppId>>>);

/// The turn to ask Meta about an app, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    app: AppId,
    turns: Turns,
}

impl Turns {
    /// `None` while somebody has it.
    pub(super) fn take(&self, app: &AppId) -> Option<Turn> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.insert(app.clone()).then(|| Turn { app: app.clone(), turns: self.clone() })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.app);
    }
}
