//! What an installation under test answers: the product, and a few routes that only tests have.

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Query, State},
    routing::{get, post},
};
use secrecy::SecretString;
use serde::Deserialize;
use server::{
    Services,
    connect::set_up_links,
    error::Error,
    http::{self, CspNonce, Problem, Visit},
    ids::{SetUpLinkId, TenantId, UserId},
};
use tower_sessions::Session;

/// The product's routes and layers, and a few routes that only tests have.
pub(super) fn router(services: &Services) -> Router {
    let tests = Router::new()
        .route("/test/sign-in", post(sign_in))
        .route("/test/sign-out", post(sign_out))
        .route("/test/who", get(who))
        .route("/test/guest", post(come_as_guest))
        .route("/test/nonce", get(|Extension(nonce): Extension<CspNonce>| async move { nonce.0.to_string() }))
        .route("/test/body", post(|body: Bytes| async move { body.len().to_string() }))
        .route("/test/panic", get(panics))
        .with_state(services.clone());
    http::protect(services, http::router(services).merge(tests))
        .merge(http::probes(services))
        .merge(http::webhooks(services))
        .merge(http::compliance_callbacks(services))
        .merge(http::api(services))
}

#[derive(Deserialize)]
struct Who {
    user: UserId,
    tenant: Option<TenantId>,
}

async fn sign_in(
    State(services): State<Services>,
    session: Session,
    Query(who): Query<Who>,
) -> Result<&'static str, Problem> {
    http::begin_session(&services, &session, &who.user, who.tenant.as_ref()).await?;
    Ok("signed in")
}

#[derive(Deserialize)]
struct Link {
    token: SecretString,
}

/// Comes by a set-up link, as its page lets a browser do: the link, and the hash that OAuth states are bound to.
async fn come_as_guest(
    State(services): State<Services>,
    session: Session,
    Query(link): Query<Link>,
) -> Result<Json<(SetUpLinkId, Option<String>)>, Problem> {
    let known = http::guest_session(&session, None).await?;
    let opened = set_up_links::open_link(&services, &link.token, known.as_deref(), "guest").await?;
    http::begin_guest(&services, &session, &opened.id).await?;
    let binding = http::guest_session(&session, Some(&opened.id)).await?;
    Ok(Json((opened.id, binding)))
}

async fn sign_out(session: Session) -> Result<&'static str, Problem> {
    http::end_session(&session).await?;
    Ok("signed out")
}

/// Who the product takes the visitor for, and the hash that OAuth states are bound to.
async fn who(visit: Visit) -> Result<Json<(UserId, Option<TenantId>, String)>, Problem> {
    let signed_in = visit.signed_in().ok_or(Error::SignedOut)?;
    let tenant = signed_in.actor.membership.as_ref().map(|membership| membership.tenant_id.clone());
    Ok(Json((signed_in.actor.user_id.clone(), tenant, signed_in.session.clone())))
}

async fn panics() -> &'static str {
    panic!("canary-panic")
}
