//! The button: a state is made, and the way to Meta's dialog.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::{
    accounts::{Actor, limits::CONNECT_BY_TENANT},
    apps::App,
    db::{
        attempts::{self, Flow, NewAttempt, Purpose},
        connections,
    },
    error::{Error, Result},
    hashing::hash_token,
    ids::{AttemptId, ConnectionId, SetUpLinkId, TenantId, UserId},
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
    CONNECT_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let app = services.app_for(&actor.tenant_id)?;
    let login = app.login.login.clone();
    let (tenant, user, purpose) = (&actor.tenant_id, &actor.user_id, Purpose::Assets);
    let new = New { tenant, user, session, flow, purpose, login, reconnects, link: None };
    begin_attempt(services, &app, &new).await
}

/// Who begins an attempt, and for whom.
pub(super) struct New<'a> {
    pub(super) tenant: &'a TenantId,
    /// The person who pressed the button, or who made the set-up link.
    pub(super) user: &'a UserId,
    /// The hash of the session that only can finish.
    pub(super) session: &'a str,
    pub(super) flow: Flow,
    pub(super) purpose: Purpose,
    /// What Meta is asked for.
    pub(super) login: Login,
    pub(super) reconnects: Option<&'a ConnectionId>,
    pub(super) link: Option<&'a SetUpLinkId>,
}

/// Writes the attempt with `app` down; its state is known only now.
pub(super) async fn begin_attempt(services: &Services, app: &App, new: &New<'_>) -> Result<Begun> {
    let redirect_uri = &app.login.redirect_uri;
    let token = services.entropy().token();
    let state_hash = hash_token(&token);
    let state = SecretString::from(token);
    let attempt = AttemptId::new(services.ids());
    let now = services.clock().now();
    let row = NewAttempt {
        id: &attempt,
        user_id: new.user,
        session_hash: new.session,
        state_hash: &state_hash,
        flow: new.flow,
        purpose: new.purpose,
        redirect_uri: redirect_uri.as_str(),
        meta_app_id: &app.login.app.app_id,
        reconnects: new.reconnects,
        set_up_link: new.link,
        expires_at: now.plus(STATE_LIFE),
    };
    attempts::insert(services.db(), new.tenant, &row, now).await?;
    let dialog_url = app.graph.dialog_url(&DialogRequest {
        redirect_uri: redirect_uri.clone(),
        state: state.clone(),
        login: new.login.clone(),
        // Asks again for what was declined; for a first grant it changes nothing (Meta reference §3).
        auth_type: Some(AuthType::Rerequest),
        display: Display::Page,
    });
    Ok(Begun { attempt, state, dialog_url })
}
