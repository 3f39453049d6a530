//! Who goes on with an attempt: an owner or admin of its tenant, or the guest who began it by a set-up link.

use super::set_up_links::{Guest, in_logs, owns};
use crate::{
    accounts::Actor,
    db::{
        attempts::{self, Attempt},
        audit::Said,
        set_up_links, users,
    },
    error::{Error, Result},
    ids::{AttemptId, UserId},
    observe,
    services::Services,
};

/// Who goes on with an attempt.
#[derive(Debug, Clone, Copy)]
pub enum Chooser<'a> {
    /// A person with an account.
    Member(&'a Actor),
    /// Somebody who came by a set-up link.
    Guest(&'a Guest),
}

impl<'a> From<&'a Actor> for Chooser<'a> {
    fn from(actor: &'a Actor) -> Self {
        Self::Member(actor)
    }
}

impl<'a> From<&'a Guest> for Chooser<'a> {
    fn from(guest: &'a Guest) -> Self {
        Self::Guest(guest)
    }
}

/// Who went on with an attempt, for the logs.
#[derive(Debug)]
pub(super) struct Who {
    user: Option<UserId>,
    /// Their name.
    pub(super) name: String,
}

impl Who {
    /// Whoever began an attempt.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn began(services: &Services, attempt: &Attempt) -> Result<Self> {
        let db = services.db();
        if let Some(link) = &attempt.set_up_link_id {
            let link = set_up_links::get(db, &attempt.tenant_id, link).await?;
            return Ok(Self { user: None, name: in_logs(link.as_ref().map_or("Somebody", |link| &link.name)) });
        }
        let user = users::get(db, &attempt.user_id).await?;
        let name = user.map_or_else(|| "Somebody".to_owned(), |user| user.name);
        Ok(Self { user: Some(attempt.user_id.clone()), name })
    }

    /// An entry of the audit log that says what they did.
    ///
    /// # Errors
    /// When the key of the audit chains cannot be opened.
    pub(super) async fn did<'a>(
        &'a self,
        services: &'a Services,
        action: &'a str,
        target: &'a str,
    ) -> Result<Said<'a>> {
        match &self.user {
            Some(user) => observe::said(services, (user, &self.name), action, target).await,
            None => observe::said_by_other(services, &self.name, action, target).await,
        }
    }
}

impl Chooser<'_> {
    /// The attempt, when it is theirs to go on with, and who they are.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a member who is neither owner nor admin; [`Error::NotFound`].
    pub(super) async fn attempt(self, services: &Services, id: &AttemptId) -> Result<(Attempt, Who)> {
        const WHAT: Error = Error::NotFound("attempt to connect");
        match self {
            Self::Member(actor) => {
                let actor = actor.admin()?;
                let attempt = attempts::get(services.db(), &actor.tenant_id, id).await?.ok_or(WHAT)?;
                Ok((attempt, Who { user: Some(actor.user_id), name: actor.name }))
            }
            Self::Guest(guest) => {
                let attempt = attempts::get(services.db(), &guest.tenant, id).await?;
                let attempt = attempt.filter(|attempt| owns(guest, attempt)).ok_or(WHAT)?;
                Ok((attempt, Who { user: None, name: guest.in_logs() }))
            }
        }
    }
}
