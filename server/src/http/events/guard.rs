//! Whether whoever opened a stream may still hear it.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, Interval, MissedTickBehavior};
use tower_sessions::{Session, session::Id};

use super::listener::Listener;
use crate::{
    error::{Error, Result},
    hashing::hash_token,
    http::{guest::guest, session_store::Sessions, visit},
    ids::{SetUpLinkId, TenantId, UserId},
    live::Watch,
    services::Services,
};

/// How often a session is looked at when nobody tells of its end.
const LOOK: Duration = Duration::from_secs(60);

/// Watches the session behind a stream.
pub(super) struct Guard {
    services: Services,
    session: Id,
    whose: Whose,
    session_told: Watch,
    looks: Interval,
    /// Something was told and not looked at yet.
    due: bool,
}

/// Whose session it has to be.
enum Whose {
    Member { user: UserId, tenant: Option<TenantId>, told: Watch },
    Guest(SetUpLinkId),
}

impl Whose {
    /// Waits until something is told of the person. Of a guest there is nothing to tell but the end of their session.
    async fn told(&mut self) {
        match self {
            Self::Member { told, .. } => {
                told.changed().await;
            }
            Self::Guest(_) => std::future::pending().await,
        }
    }
}

impl Guard {
    /// For the session that the request came with.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when it ended meanwhile.
    pub(super) async fn new(services: &Services, listener: &Listener, session: &Session) -> Result<Self> {
        let session = session.id().ok_or(Error::SignedOut)?;
        let mut looks = tokio::time::interval_at(Instant::now() + LOOK, LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let whose = match listener {
            Listener::Member(actor) => Whose::Member {
                user: actor.user_id.clone(),
                tenant: actor.membership.as_ref().map(|membership| membership.tenant_id.clone()),
                told: services.live().watch_person(&actor.user_id),
            },
            Listener::Guest(guest) => Whose::Guest(guest.link.clone()),
        };
        let guard = Self {
            session,
            whose,
            session_told: services.live().watch_session(&hash_token(&session.to_string())),
            looks,
            due: false,
            services: services.clone(),
        };
        // It may have ended before anybody listened for that.
        if guard.stands().await? { Ok(guard) } else { Err(Error::SignedOut) }
    }

    /// Waits until the person is signed out, or out of the tenant; or the guest's link is withdrawn.
    pub(super) async fn refused(&mut self) {
        loop {
            if !self.due {
                tokio::select! {
                    () = self.whose.told() => {}
                    _ = self.session_told.changed() => {}
                    _ = self.looks.tick() => {}
                }
                // Kept where it outlives this wait, which may be given up below.
                self.due = true;
            }
            match self.stands().await {
                Ok(true) => self.due = false,
                Ok(false) => return,
                // A database that fails says nothing about the person; the next look does.
                Err(_) => self.due = false,
            }
        }
    }

    async fn stands(&self) -> Result<bool> {
        let store = Arc::new(Sessions::new(self.services.clone()));
        let session = Session::new(Some(self.session), store, None);
        match &self.whose {
            Whose::Member { user, tenant, .. } => {
                let visit = visit::look_up(&self.services, &session).await?;
                Ok(visit.signed_in().is_some_and(|now| {
                    let member = |tenant: &TenantId| now.actor.memberships.iter().any(|one| one.tenant_id == *tenant);
                    now.actor.user_id == *user && tenant.as_ref().is_none_or(member)
                }))
            }
            Whose::Guest(link) => {
                let guest = guest(&self.services, &session).await?;
                Ok(guest.is_some_and(|guest| guest.link == *link))
            }
        }
    }
}
