//! The product over HTTP, without its pages: sessions, security, the return from Meta, live events, webhooks, probes.
//!
//! [`router`] has the routes that show no page; [`protect`] puts the layers around those and the pages alike.

mod address;
mod api;
mod app_named;
mod callback;
mod compliance;
mod deadline;
mod events;
mod guest;
mod headers;
mod identity;
mod language;
mod probes;
mod same_origin;
mod session_store;
mod visit;
mod webhooks;

pub use address::client_address;
pub use api::api;
pub use compliance::compliance_callbacks;
pub use guest::{begin_guest, guest, guest_session};
pub use headers::CspNonce;
pub use identity::{IntoHttp, Problem, RequestId};
pub use language::{LANGUAGE_COOKIE, language};
pub use visit::{SignedIn, Visit, begin_session, end_session, switch_tenant};
pub use webhooks::{Signed, read_signed, webhook_layers, webhooks};

use axum::{Router, extract::DefaultBodyLimit, middleware, routing::get};
use tower_http::{catch_panic::CatchPanicLayer, trace::TraceLayer};
use tower_sessions::SessionManagerLayer;

use crate::services::Services;

/// The most bytes that a request may carry, unless its route says otherwise: forms and small JSON.
pub const BODY_LIMIT: usize = 256 * 1024;

/// Routes that show no page.
pub fn router(services: &Services) -> Router {
    Router::new()
        .route("/oauth/meta/callback", get(callback::callback))
        .route("/events", get(events::events))
        .with_state(services.clone())
}

/// Routes without a session, for probes.
pub fn probes(services: &Services) -> Router {
    Router::new()
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .with_state(services.clone())
}

/// Puts the layers around pages and routes: from the outside in, request identity and log, security headers, language, panics,
/// origin check, session, and who visits.
pub fn protect(services: &Services, routes: Router) -> Router {
    let sessions = SessionManagerLayer::new(session_store::Sessions::new(services.clone()))
        .with_name(if services.is_https() { "__Host-attache" } else { "attache" })
        .with_secure(services.is_https())
        .with_same_site(tower_sessions::cookie::SameSite::Lax)
        .with_http_only(true)
        .with_path("/")
        .with_expiry(tower_sessions::Expiry::OnInactivity(visit::SESSION_LIFE));
    routes
        .layer(middleware::from_fn(deadline::keep))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(services.clone(), visit::identify))
        .layer(sessions)
        .layer(middleware::from_fn_with_state(services.clone(), same_origin::require))
        .layer(CatchPanicLayer::custom(identity::panicked))
        .layer(middleware::from_fn(language::speak))
        .layer(middleware::from_fn_with_state(services.clone(), headers::secure))
        .layer(TraceLayer::new_for_http().make_span_with(identity::span).on_response(identity::log_response))
        .layer(middleware::from_fn(identity::number))
}
