//! Who visits: the session of a request and the person behind it.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tower_sessions::Session;

use super::identity::Problem;
use crate::{
    accounts::Actor,
    db::{memberships, users},
    error::{Error, Result},
    hashing::hash_token,
    ids::{TenantId, UserId},
    services::Services,
};

/// How long a session lasts after it was last changed.
pub(super) const SESSION_LIFE: time::Duration = time::Duration::days(14);

/// What a session remembers.
const KEY: &str = "who";

#[derive(serde::Serialize, serde::Deserialize)]
struct Remembered {
    user: UserId,
    tenant: Option<TenantId>,
    /// When the person signed in, Unix milliseconds: a password changed later ends the session.
    since: i64,
    /// A secret of this session that survives a change of its id: OAuth states are bound to its hash.
    binding: String,
}

/// The visitor of a request. In its extensions, and an extractor.
#[derive(Clone, Debug, Default)]
pub struct Visit(Option<Arc<SignedIn>>);

/// A visitor who signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub actor: Actor,
    /// The hash of the session's secret, which OAuth states are bound to.
    pub session: String,
}

impl Visit {
    /// The person, when they signed in.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        self.0.as_deref()
    }

    /// The person.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when nobody is signed in.
    pub fn actor(&self) -> Result<&Actor> {
        self.signed_in().map(|signed_in| &signed_in.actor).ok_or(Error::SignedOut)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Finds out who visits and puts the [`Visit`] into the request's extensions.
pub(super) async fn identify(
    State(services): State<Services>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    match look_up(&services, &session).await {
        Ok(visit) => {
            request.extensions_mut().insert(visit);
            next.run(request).await
        }
        Err(error) => Problem(error).into_response(),
    }
}

/// The person behind a session.
pub(super) async fn look_up(services: &Services, session: &Session) -> Result<Visit> {
    let Some(remembered) = recall(session).await? else { return Ok(Visit::default()) };
    let Some(user) = users::get(services.db(), &remembered.user).await? else { return Ok(Visit::default()) };
    if remembered.since < user.sessions_valid_from {
        session.flush().await.map_err(Error::internal)?;
        return Ok(Visit::default());
    }
    let memberships = memberships::list_by_user_across_tenants(services.db(), &user.id).await?;
    let actor = Actor::new(user, memberships, remembered.tenant.as_ref());
    Ok(Visit(Some(Arc::new(SignedIn { actor, session: hash_token(&remembered.binding) }))))
}

/// What the session remembers. One that another version wrote and this one cannot read is nobody's: the person signs in
/// again.
async fn recall(session: &Session) -> Result<Option<Remembered>> {
    match session.get::<Remembered>(KEY).await {
        Err(tower_sessions::session::Error::SerdeJson(_)) => Ok(None),
        read => read.map_err(Error::internal),
    }
}

/// Begins a session for a person who just proved who they are. The id changes, so that one planted before is worth
/// nothing.
///
/// # Errors
/// When the database fails.
pub async fn begin_session(
    services: &Services,
    session: &Session,
    user: &UserId,
    tenant: Option<&TenantId>,
) -> Result<()> {
    session.cycle_id().await.map_err(Error::internal)?;
    // Chosen once: a session never slides to another tenant by itself.
    let tenant = match tenant {
        Some(tenant) => Some(tenant.clone()),
        None => {
            let memberships = memberships::list_by_user_across_tenants(services.db(), user).await?;
            memberships.into_iter().next().map(|membership| membership.tenant_id)
        }
    };
    let remembered = Remembered {
        user: user.clone(),
        tenant,
        since: services.clock().now().as_millis(),
        binding: services.entropy().token(),
    };
    session.insert(KEY, remembered).await.map_err(Error::internal)
}

/// Ends the session.
///
/// # Errors
/// When the database fails.
pub async fn end_session(session: &Session) -> Result<()> {
    session.flush().await.map_err(Error::internal)
}

/// Acts for another tenant of the person from now on.
///
/// # Errors
/// [`Error::NotFound`] when the person does not belong to it.
pub async fn switch_tenant(session: &Session, actor: &Actor, tenant: &TenantId) -> Result<()> {
    if !actor.memberships.iter().any(|membership| membership.tenant_id == *tenant) {
        return Err(Error::NotFound("business"));
    }
    let mut remembered = recall(session).await?.ok_or(Error::SignedOut)?;
    remembered.tenant = Some(tenant.clone());
    session.insert(KEY, remembered).await.map_err(Error::internal)
}
