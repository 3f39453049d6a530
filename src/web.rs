//! Pages, routes and the site, put together.

use axum::Router;
use server::{Services, http};

/// Everything that the product answers.
pub(crate) fn routes(services: &Services) -> Router {
    let protected = http::protect(services, http::router(services));
    Router::new().merge(http::probes(services)).merge(protected)
}
