//! What the webhooks' door needs, in one place.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Claims, Journal, Refusal, Refusals, WebhookApp, allowance::Allowance, handshake::Strangers};
use crate::{
    clock::{Clock, Timestamp},
    db::Db,
    meta::{
        AppId,
        webhook::{self, Event, Unreadable},
    },
    services::Services,
};

/// The longest body that is accepted: Meta's own limit of 3 MB (Meta reference §7.2).
pub const BODY_LIMIT: usize = 3 * 1024 * 1024;

/// What makes events of a body: [`webhook::read`].
pub type Reader = fn(&[u8], Timestamp) -> Result<Vec<Event>, Unreadable>;

/// How many bodies are read at once for whoever looks at them: reading takes many times their own memory.
const READERS: usize = 2;

/// How much is kept of what Meta sends, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct IntakeSettings {
    /// How long what Meta sent is kept as it came.
    pub keep: Duration,
    /// How many mebibytes each business's own app may have stored in a day.
    pub own_app_mebibytes: u32,
}

impl Default for IntakeSettings {
    fn default() -> Self {
        Self { keep: Duration::from_secs(30 * 86_400), own_app_mebibytes: 256 }
    }
}

/// The journal that webhooks go to, and the count of what was turned away.
#[derive(Debug)]
pub struct Intake {
    pub(crate) journal: Journal,
    pub(crate) refusals: Refusals,
    pub(super) strangers: Strangers,
    pub(crate) claims: Claims,
    pub(crate) allowance: Allowance,
    /// How long what Meta sent is kept as it came.
    pub(super) keep: Duration,
    reader: OnceLock<Reader>,
    /// Turns to read bodies that somebody wants to see or to have applied again.
    reading: Arc<Semaphore>,
}

impl Intake {
    /// Opens the door. Must be called in a tokio runtime.
    pub(crate) fn new(db: &Db, clock: &Clock, settings: IntakeSettings) -> Self {
        Self {
            journal: Journal::start(db.clone(), clock.clone(), Default::default()),
            refusals: Refusals::new(clock.clone()),
            strangers: Strangers::default(),
            claims: Claims::default(),
            allowance: Allowance::new(clock.clone(), settings.own_app_mebibytes),
            keep: settings.keep,
            reader: OnceLock::new(),
            reading: Arc::new(Semaphore::new(READERS)),
        }
    }

    /// What makes events of bodies.
    pub(super) fn reader(&self) -> Reader {
        self.reader.get().copied().unwrap_or(webhook::read)
    }

    /// Waits for a turn to read a body that somebody wants to see or to have applied again.
    pub(super) async fn turn_to_read(&self) -> Option<OwnedSemaphorePermit> {
        self.reading.clone().acquire_owned().await.ok()
    }
}

/// Has bodies read by `reader`, before the first one is: a test sees so what a fault in reading does.
pub fn read_bodies_with(services: &Services, reader: Reader) {
    let _ = services.intake().reader.set(reader);
}

/// The apps of the installation that people logged in to before the one in use.
pub(crate) fn former_apps(services: &Services) -> Vec<Arc<WebhookApp>> {
    services.apps().of_installation().iter().skip(1).map(|app| app.door.clone()).collect()
}

/// The app that an address means: the one that people log in to when it names none.
///
/// # Errors
/// [`Refusal::UnknownApp`].
pub fn app_for(services: &Services, id: Option<&AppId>) -> Result<Arc<WebhookApp>, Refusal> {
    services.apps().find(id).map(|app| app.door.clone()).ok_or(Refusal::UnknownApp)
}
