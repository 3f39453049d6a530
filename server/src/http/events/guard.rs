//! Whether whoever opened a stream may still hear it.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, Interval, MissedTickBehavior};
use tower_sessions::{Session, session::Id};

use crate::{
    accounts::Actor,
    error::{Error, Result},
    hashing::hash_token,
    http::{session_store::Sessions, visit},
    ids::{TenantId, UserId},
    live::Watch,
    services::Services,
};

/// How often a session is looked at when nobody tells of its end.
const LOOK: Duration = Duration::from_secs(60);

/// Watches the session behind a stream.
pub(super) struct Guard {
    services: Services,
    session: Id,
    user: UserId,
    tenant: Option<TenantId>,
    person_told: Watch,
    session_told: Watch,
    looks: Interval,
    /// Something was told and not looked at yet.
    due: bool,
}

impl Guard {
    /// For the session that the request came with.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when it ended meanwhile.
    pub(super) async fn new(services: &Services, actor: &Actor, session: &Session) -> Result<Self> {
        let session = session.id().ok_or(Error::SignedOut)?;
        let mut looks = tokio::time::interval_at(Instant::now() + LOOK, LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let guard = Self {
            session,
            user: actor.user_id.clone(),
            tenant: actor.membership.as_ref().map(|membership| membership.tenant_id.clone()),
            person_told: services.live().watch_person(&actor.user_id),
            session_told: services.live().watch_session(&hash_token(&session.to_string())),
            looks,
            due: false,
            services: services.clone(),
        };
        // It may have ended before anybody listened for that.
        if guard.stands().await? { Ok(guard) } else { Err(Error::SignedOut) }
    }

    /// Waits until the person is signed out, or out of the tenant.
    pub(super) async fn refused(&mut self) {
        loop {
            if !self.due {
                tokio::select! {
                    _ = self.person_told.changed() => {}
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
        let visit = visit::look_up(&self.services, &session).await?;
        Ok(visit.signed_in().is_some_and(|now| {
            let member =
                |tenant: &TenantId| now.actor.memberships.iter().any(|membership| membership.tenant_id == *tenant);
            now.actor.user_id == self.user && self.tenant.as_ref().is_none_or(member)
        }))
    }
}
