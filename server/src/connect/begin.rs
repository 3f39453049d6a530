//! The button: a state is made, and the way to Meta's dialog.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::{
    accounts::{Actor, TenantActor, limits::CONNECT_BY_TENANT},
    apps::App,
    db::{
        attempts::{self, Flow, NewAttempt, Purpose},
        connections,
    },
    error::{Error, Result},
    hashing::hash_token,
    ids::{AttemptId, ConnectionId},
    meta::{AuthType, DialogRequest, Display, Login},
    services::Services,
};

/// How long a person may take at Meta (requirements X4: five to ten minutes).
pub(super) const STATE_LIFE: Duration = Duration::from_secs(600);

/// An attempt that has begun.
#[derive(Debug)]
pub struct Begun {
    /// The attempt.
    pub attempt: AttemptId,
    /// The state that must come back. Given to the popup's page; the redirect carries it in the URL.
    pub state: SecretString,
    /// Where the redirect goes.
    pub dialog_url: Url,
}

/// Begins an attempt to connect, or to renew the connection `reconnects`. `session` is the hash of the session that
/// pressed the button: only it can finish.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] without a Meta app, [`Error::NotFound`]
/// for a connection that is not the tenant's, [`Error::Busy`].
pub async fn begin(
    services: &Services,
    actor: &Actor,
    session: &str,
    flow: Flow,
    reconnects: Option<&ConnectionId>,
) -> Result<Begun> {
    let actor = actor.admin()?;
    if let Some(id) = reconnects {
        connections::get(services.db(), &actor.tenant_id, id).await?.ok_or(Error::NotFound("connection"))?;
    }
    let app = services.app()?;
    let login = app.login.login.clone();
    insert(services, &app, &actor, session, Wanted { flow, purpose: Purpose::Assets, reconnects, login }).await
}

/// What an attempt is to be.
pub(super) struct Wanted<'a> {
    pub(super) flow: Flow,
    pub(super) purpose: Purpose,
    pub(super) reconnects: Option<&'a ConnectionId>,
    pub(super) login: Login,
}

/// Makes an attempt with `app`, and its state.
pub(super) async fn insert(
    services: &Services,
    app: &App,
    actor: &TenantActor,
    session: &str,
    wanted: Wanted<'_>,
) -> Result<Begun> {
    let redirect_uri = &app.login.redirect_uri;
    CONNECT_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;

    let token = services.entropy().token();
    let state_hash = hash_token(&token);
    let state = SecretString::from(token);
    let attempt = AttemptId::new(services.ids());
    let now = services.clock().now();
    let new = NewAttempt {
        id: &attempt,
        user_id: &actor.user_id,
        session_hash: session,
        state_hash: &state_hash,
        flow: wanted.flow,
        purpose: wanted.purpose,
        redirect_uri: redirect_uri.as_str(),
        meta_app_id: &app.login.app.app_id,
        reconnects: wanted.reconnects,
        expires_at: now.plus(STATE_LIFE),
    };
    attempts::insert(services.db(), &actor.tenant_id, &new, now).await?;
    let dialog_url = app.graph.dialog_url(&DialogRequest {
        redirect_uri: redirect_uri.clone(),
        state: state.clone(),
        login: wanted.login,
        // Asks again for what was declined; for a first grant it changes nothing (Meta reference §3).
        auth_type: Some(AuthType::Rerequest),
        display: Display::Page,
    });
    Ok(Begun { attempt, state, dialog_url })
}
