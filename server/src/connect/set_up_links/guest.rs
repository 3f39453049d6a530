//! The guest's side of a set-up link: looking at it, and the way to Meta. A guest has no account, sees the tenant's name and
//! their own assets, and nothing else.

use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    accounts::limits::{CONNECT_BY_TENANT, SET_UP_BY_ADDRESS},
    connect::begin::{Begun, New, begin_attempt},
    db::{
        attempts::{self, Attempt, Flow, Phase, Purpose},
        set_up_links::{self, SetUpLink},
    },
    error::{Error, Result},
    explanation::Explanation,
    hashing::hash_token,
    ids::{AttemptId, SetUpLinkId, TenantId, UserId},
    live::Hint,
    services::Services,
    words::failures::ways,
};

/// Somebody who came by a set-up link, in the session that they came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// The link.
    pub link: SetUpLinkId,
    /// The tenant that they connect for.
    pub tenant: TenantId,
    /// That tenant's name.
    pub tenant_name: String,
    /// Who they are, in the words of who made the link.
    pub name: String,
    /// Who made the link.
    pub(in crate::connect) made_by: UserId,
    /// The hash of the session's secret, which OAuth states are bound to.
    pub(in crate::connect) session: String,
}

impl Guest {
    fn new(link: &SetUpLink, session: String) -> Self {
        Self {
            link: link.id.clone(),
            tenant: link.tenant_id.clone(),
            tenant_name: link.tenant_name.clone(),
            name: link.name.clone(),
            made_by: link.created_by.clone(),
            session,
        }
    }

    /// What they are called in logs.
    pub(in crate::connect) fn in_logs(&self) -> String {
        in_logs(&self.name)
    }
}

/// What whoever came by the link for `name` is called in logs.
pub(in crate::connect) fn in_logs(name: &str) -> String {
    format!("{name} (set-up link)")
}

/// A link as whoever opens it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedLink {
    /// The link's identifier.
    pub id: SetUpLinkId,
    /// The tenant that it is for.
    pub tenant: TenantId,
    /// For whose business.
    pub tenant_name: String,
    /// Who asks.
    pub asked_by: String,
    /// Whom they ask.
    pub name: String,
    /// Until when, Unix milliseconds.
    pub expires_at: i64,
}

/// Looks at a link. `session` is the hash of the session of a guest who came by it before: they may go on though it is used.
///
/// # Errors
/// [`Error::Refused`] with what to do when it cannot be used (any more); [`Error::Busy`].
pub async fn open_link(
    services: &Services,
    token: &SecretString,
    session: Option<&str>,
    address: &str,
) -> Result<OpenedLink> {
    SET_UP_BY_ADDRESS.count(services, address).await?;
    let link = find(services, token, session).await?;
    set_up_links::mark_opened(services.db(), &link.tenant_id, &link.id, services.clock().now()).await?;
    if link.opened_at.is_none() {
        services.live().tenant_changed(&link.tenant_id, Hint::Asset);
    }
    Ok(OpenedLink {
        id: link.id,
        tenant: link.tenant_id,
        tenant_name: link.tenant_name,
        asked_by: link.created_by_name,
        name: link.name,
        expires_at: link.expires_at,
    })
}

async fn find(services: &Services, token: &SecretString, session: Option<&str>) -> Result<SetUpLink> {
    let hash = hash_token(token.expose_secret());
    let link = set_up_links::find_by_token_across_tenants(services.db(), &hash).await?;
    let link = link.ok_or_else(|| Error::Refused(ways::link_unknown()))?;
    match why_not(services, &link, session) {
        Some(why) => Err(Error::Refused(why)),
        None => Ok(link),
    }
}

/// Why a link cannot be used in this session.
fn why_not(services: &Services, link: &SetUpLink, session: Option<&str>) -> Option<Explanation> {
    if link.revoked_at.is_some() {
        return Some(ways::link_withdrawn());
    }
    if link.finished_at.is_some() {
        return Some(ways::link_used());
    }
    match &link.used_session {
        Some(used) if session != Some(used.as_str()) => Some(ways::link_used()),
        Some(_) => None,
        None => (link.expires_at <= services.clock().now().as_millis()).then(ways::link_expired),
    }
}

/// The guest that a session remembers, as long as their link was not withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn find_guest(services: &Services, link: &SetUpLinkId, session: &str) -> Result<Option<Guest>> {
    let link = set_up_links::find_across_tenants(services.db(), link).await?;
    Ok(link.filter(|link| link.revoked_at.is_none()).map(|link| Guest::new(&link, session.to_owned())))
}

/// The guest's latest attempt, when it goes on or waits for their choice.
///
/// # Errors
/// When the database fails.
pub async fn find_unfinished(services: &Services, guest: &Guest) -> Result<Option<AttemptId>> {
    let latest = attempts::find_by_link(services.db(), &guest.tenant, &guest.link).await?;
    let goes_on = |attempt: &Attempt| {
        matches!(attempt.phase, Phase::Exchanging | Phase::Discovering | Phase::Choosing) && owns(guest, attempt)
    };
    Ok(latest.filter(goes_on).map(|attempt| attempt.id))
}

/// Whether an attempt is this guest's.
///
/// # Errors
/// When the database fails.
pub async fn is_of_guest(services: &Services, guest: &Guest, attempt: &AttemptId) -> Result<bool> {
    let found = attempts::get(services.db(), &guest.tenant, attempt).await?;
    Ok(found.is_some_and(|attempt| owns(guest, &attempt)))
}

/// Whether an attempt is this guest's.
pub(in crate::connect) fn owns(guest: &Guest, attempt: &Attempt) -> bool {
    attempt.set_up_link_id.as_ref() == Some(&guest.link) && attempt.session_hash == guest.session
}

/// Begins an attempt of a guest: a state is made, and the way to Meta's dialog.
///
/// # Errors
/// [`Error::Refused`] with what to do when the link cannot be used (any more); [`Error::Conflict`] without a Meta app;
/// [`Error::Busy`].
pub async fn begin_as_guest(services: &Services, guest: &Guest, address: &str) -> Result<Begun> {
    SET_UP_BY_ADDRESS.count(services, address).await?;
    let link = set_up_links::get(services.db(), &guest.tenant, &guest.link).await?;
    let link = link.ok_or_else(|| Error::Refused(ways::link_unknown()))?;
    if let Some(why) = why_not(services, &link, Some(&guest.session)) {
        return Err(Error::Refused(why));
    }
    CONNECT_BY_TENANT.count(services, guest.tenant.as_str()).await?;
    let app = services.app_for(&guest.tenant)?;
    let new = New {
        tenant: &guest.tenant,
        user: &guest.made_by,
        session: &guest.session,
        flow: Flow::Redirect,
        purpose: Purpose::Assets,
        login: app.login.login.clone(),
        reconnects: None,
        link: Some(&guest.link),
    };
    begin_attempt(services, &app, &new).await
}
