//! What the webhooks' door needs, in one place.

use std::sync::Arc;

use super::{Claims, Journal, Refusal, Refusals, WebhookApp, handshake::Strangers};
use crate::{clock::Clock, db::Db, meta::AppId, services::Services};

/// The longest body that is accepted: Meta's own limit of 3 MB (Meta reference §7.2).
pub const BODY_LIMIT: usize = 3 * 1024 * 1024;

/// The journal that webhooks go to, and the count of what was turned away.
#[derive(Debug)]
pub struct Intake {
    pub(crate) journal: Journal,
    pub(crate) refusals: Refusals,
    pub(super) strangers: Strangers,
    pub(crate) claims: Claims,
}

impl Intake {
    /// Opens the door. Must be called in a tokio runtime.
    pub(crate) fn new(db: &Db, clock: &Clock) -> Self {
        Self {
            journal: Journal::start(db.clone(), clock.clone(), Default::default()),
            refusals: Refusals::new(clock.clone()),
            strangers: Strangers::default(),
            claims: Claims::default(),
        }
    }
}

/// The app that an address means: the one that people log in to when it names none.
///
/// # Errors
/// [`Refusal::UnknownApp`].
pub fn app_for(services: &Services, id: Option<&AppId>) -> Result<Arc<WebhookApp>, Refusal> {
    services.apps().find(id).map(|app| app.door.clone()).ok_or(Refusal::UnknownApp)
}
