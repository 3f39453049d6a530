//! Who opens a stream: somebody who is signed in, or the guest of a set-up link, who hears of their own attempts alone.

use tower_sessions::Session;

use crate::{
    accounts::Actor,
    connect::{
        Chooser,
        set_up_links::{Guest, is_of_guest},
    },
    error::Result,
    http::{guest::guest, visit::Visit},
    ids::AttemptId,
    live::Seat,
    services::Services,
};

/// Who listens.
#[derive(Clone)]
pub(super) enum Listener {
    Member(Actor),
    Guest(Guest),
}

impl Listener {
    /// Whoever goes on with an attempt in this session: its guest, else the person who is signed in.
    ///
    /// # Errors
    /// [`crate::error::Error::SignedOut`] when there is neither.
    pub(super) async fn of_attempt(
        services: &Services,
        visit: &Visit,
        session: &Session,
        attempt: &str,
    ) -> Result<Self> {
        if let Ok(attempt) = attempt.parse::<AttemptId>()
            && let Some(guest) = guest(services, session).await?
            && is_of_guest(services, &guest, &attempt).await?
        {
            return Ok(Self::Guest(guest));
        }
        Ok(Self::Member(visit.actor()?.clone()))
    }

    /// As who they go on with an attempt.
    pub(super) fn chooser(&self) -> Chooser<'_> {
        match self {
            Self::Member(actor) => actor.into(),
            Self::Guest(guest) => guest.into(),
        }
    }

    /// A seat for one more stream. All who came by one link share theirs.
    pub(super) fn take_seat(&self, services: &Services) -> Seat {
        match self {
            Self::Member(actor) => services.live().take_seat(&actor.user_id),
            Self::Guest(guest) => services.live().take_seat(&guest.link),
        }
    }
}
