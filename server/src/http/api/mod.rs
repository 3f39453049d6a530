//! `/api/v1`: for programs. A Bearer key, JSON, problems as `application/problem+json`; no session and no cookie. One endpoint
//! per file.

mod caller;
mod deliveries;
mod endpoints;
mod input;
mod numbers;
mod output;

use caller::ApiCaller;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware,
    routing::{get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer, trace::TraceLayer};

use super::{
    deadline,
    identity::{self, Problem},
    language,
};
use crate::{error::Error, services::Services, words::failures};

/// The most bytes that a call may carry.
const BODY_LIMIT: usize = 64 * 1024;

/// The routes, with their layers.
pub fn api(services: &Services) -> Router {
    let v1 = Router::new()
        .route("/deliveries", get(deliveries::list::handler))
        .route("/deliveries/replay", post(deliveries::replay_many::handler))
        .route("/deliveries/{id}", get(deliveries::get::handler))
        .route("/deliveries/{id}/replay", post(deliveries::replay_one::handler))
        .route("/webhook-endpoints", get(endpoints::list::handler).post(endpoints::create::handler))
        .route(
            "/webhook-endpoints/{id}",
            get(endpoints::get::handler).patch(endpoints::patch::handler).delete(endpoints::delete::handler),
        )
        .route("/webhook-endpoints/{id}/rotate-secret", post(endpoints::rotate_secret::handler))
        .route("/webhook-endpoints/{id}/test", post(endpoints::test::handler))
        .route("/webhook-endpoints/{id}/replay-failed", post(endpoints::replay_failed::handler))
        .route("/webhook-endpoints/{id}/deliveries", get(endpoints::deliveries::handler))
        .route("/webhook-endpoints/{id}/deliveries/{event}/replay", post(endpoints::replay::handler))
        .route("/whatsapp/numbers", get(numbers::list::handler))
        .route("/whatsapp/numbers/{id}", get(numbers::get::handler).patch(numbers::patch::handler))
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .with_state(services.clone());
    let header = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .nest("/api/v1", v1)
        .layer(middleware::from_fn(deadline::keep))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(identity::panicked))
        .layer(middleware::from_fn(language::speak))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(TraceLayer::new_for_http().make_span_with(identity::span).on_response(identity::log_response))
        .layer(middleware::from_fn(identity::number))
}

async fn nothing_here() -> Problem {
    Problem(Error::NotFound("endpoint"))
}

async fn wrong_method() -> axum::response::Response {
    identity::problem(axum::http::StatusCode::METHOD_NOT_ALLOWED, failures::accounts::method_not_allowed(), None)
}
