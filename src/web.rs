//! Pages, routes and the site, put together.

use axum::{
    Router,
    extract::Request,
    http::Method,
    middleware::{self, Next},
    response::Response,
};
use leptos::config::LeptosOptions;
use server::{Services, http};

use crate::site;

/// Everything that the product answers.
pub(crate) fn routes(services: &Services) -> Router {
    let options = LeptosOptions::builder().output_name("attache").site_pkg_dir("pkg").build();
    let pages = app::router(options, services.clone(), http::router(services));
    let protected = http::protect(services, pages);
    let site = Router::new().merge(http::probes(services)).merge(protected).layer(middleware::from_fn(files));
    site.merge(http::webhooks(services)).merge(http::compliance_callbacks(services)).merge(http::api(services))
}

/// Files of the site, before everything else: they need no session.
async fn files(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads && site::holds(request.uri().path()) { site::file(request).await } else { next.run(request).await }
}
