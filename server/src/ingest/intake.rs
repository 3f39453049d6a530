//! What the webhooks' door needs, in one place.

use std::sync::{Arc, OnceLock};

use super::{Claims, Journal, Refusal, Refusals, WebhookApp, handshake::Strangers};
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

/// The journal that webhooks go to, and the count of what was turned away.
#[derive(Debug)]
pub struct Intake {
    pub(crate) journal: Journal,
    pub(crate) refusals: Refusals,
    pub(super) strangers: Strangers,
    pub(crate) claims: Claims,
    reader: OnceLock<Reader>,
}

impl Intake {
    /// Opens the door. Must be called in a tokio runtime.
    pub(crate) fn new(db: &Db, clock: &Clock) -> Self {
        Self {
            journal: Journal::start(db.clone(), clock.clone(), Default::default()),
            refusals: Refusals::new(clock.clone()),
            strangers: Strangers::default(),
            claims: Claims::default(),
            reader: OnceLock::new(),
        }
    }

    /// What makes events of bodies.
    pub(super) fn reader(&self) -> Reader {
        self.reader.get().copied().unwrap_or(webhook::read)
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
