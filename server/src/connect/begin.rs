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
        credentials::CredentialKind,
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
        let standing = connections::get(services.db(), &actor.tenant_id, id).await?;
        if standing.ok_or(Error::NotFound("connection"))?.token_kind == CredentialKind::Instagram {
            let app = services.instagram_for(&actor.tenant_id)?;
            let purpose = Purpose::Instagram;
            return begin_with(services, &actor, session, (Flow::Redirect, purpose), reconnects, &app).await;
        }
    }
    let app = services.app_for(&actor.tenant_id)?;
    begin_with(services, &actor, session, (flow, Purpose::Assets), reconnects, &app).await
}

/// Whether a connection of the actor's tenant is an Instagram account's own.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant, [`Error::NotFound`].
pub async fn is_of_instagram(services: &Services, actor: &Actor, id: &ConnectionId) -> Result<bool> {
    let connection = connections::get(services.db(), &actor.member()?.tenant_id, id).await?;
    Ok(connection.ok_or(Error::NotFound("connection"))?.token_kind == CredentialKind::Instagram)
}

/// Begins an attempt to connect an Instagram account without a Page, by Instagram Login. It has no popup.
///
/// # Errors
/// As [`begin`]; [`Error::Conflict`] where Instagram Login is not set up.
pub async fn begin_instagram(services: &Services, actor: &Actor, session: &str) -> Result<Begun> {
    let actor = actor.admin()?;
    let app = services.instagram_for(&actor.tenant_id)?;
    begin_with(services, &actor, session, (Flow::Redirect, Purpose::Instagram), None, &app).await
}

async fn begin_with(
    services: &Services,
    actor: &TenantActor,
    session: &str,
    (flow, purpose): (Flow, Purpose),
    reconnects: Option<&ConnectionId>,
    app: &App,
) -> Result<Begun> {
    CONNECT_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let login = app.login.login.clone();
    let (tenant, user) = (&actor.tenant_id, &actor.user_id);
    let new = New { tenant, user, session, flow, purpose, login, reconnects, link: None };
    begin_attempt(services, app, &new).await
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
        meta_app_id: &app.id,
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
