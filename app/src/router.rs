//! The web site: pages, server functions, and forms without script.

use crate::error::AppError;
use crate::forms::{self, FormAnswer, FormOutcome};
use crate::load::viewer::viewer;
use crate::routes::App;
use crate::shell::shell;
use crate::visit::{Theme, Told, Visit};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, request::Parts};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::tz::TimeZone;
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use leptos_axum::generate_route_list;
use server::Services;
use server::explanation::Explanation;
use server::http::{self, CspNonce};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// What pages and functions are made with.
#[derive(Clone, Debug)]
pub struct Site {
    options: LeptosOptions,
    services: Services,
}

/// The whole web site: pages, server functions, forms without script, and `others`, routes that show no page.
///
/// Every other address answers the page "not found". Where a route of `others` fails for a person who wants HTML, the
/// answer becomes a page that explains it. To be put under [`server::http::protect`].
pub fn router(options: LeptosOptions, services: Services, others: Router) -> Router {
    let site = Site { options, services };
    let mut pages = Router::new().route("/rpc/{function}", post(rpc));
    for listing in generate_route_list(App) {
        pages = pages.route(listing.path(), get(page).post(forms::post));
    }
    // A wizard of a thousand assets is large, and most of it repeats.
    // A form in the frame of a page works at an address that has no page too.
    let anywhere = get(page).post(forms::post).with_state(site.clone());
    let pages = pages.fallback_service(anywhere).layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let explained = others.layer(from_fn_with_state(site.clone(), explain));
    pages.with_state(site).merge(explained)
}

/// Turns a problem that a person meets into a page.
async fn explain(State(site): State<Site>, request: Request, next: Next) -> Response {
    let wants_page =
        request.headers().get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
    let (mut parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    // The address may hold Meta's code and our state: the page, its forms and the way through sign-in begin anew.
    parts.uri = Uri::from_static("/connect");
    match response.extensions().get::<Explanation>() {
        Some(why) if wants_page => {
            let error = AppError::explained(response.status().as_u16(), why.told(http::language(&parts.headers)));
            site.error_page(parts, error).await
        }
        _ => response,
    }
}

async fn page(State(site): State<Site>, request: Request) -> Response {
    site.page(request.into_parts().0, None, None).await
}

async fn rpc(State(site): State<Site>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match to_bytes(body, forms::MAX_BYTES).await {
        Ok(bytes) => site.call(Request::from_parts(parts, Body::from(bytes))).await,
        Err(_) => (StatusCode::PAYLOAD_TOO_LARGE, Json(AppError::too_large())).into_response(),
    }
}

impl Site {
    /// Renders the page at the request's address.
    pub async fn page(&self, parts: Parts, outcome: Option<FormOutcome>, answer: Option<FormAnswer>) -> Response {
        let options = self.options.clone();
        self.render(parts, outcome, answer, move || shell(&options, view! { <App /> }.into_any())).await
    }

    /// Renders a page that says what went wrong.
    pub async fn error_page(&self, parts: Parts, error: AppError) -> Response {
        let options = self.options.clone();
        let view = move || {
            leptos_meta::provide_meta_context();
            shell(&options, crate::pages::error::error_page(error.clone()))
        };
        self.render(parts, None, None, view).await
    }

    /// Renders a view as a whole page, with everything a page may ask for in its context.
    pub async fn render<V: IntoView + 'static>(
        &self,
        parts: Parts,
        outcome: Option<FormOutcome>,
        answer: Option<FormAnswer>,
        view: impl Fn() -> V + Clone + Send + Sync + 'static,
    ) -> Response {
        let visit = self.visit(&parts, outcome);
        let nonce = parts.extensions.get::<CspNonce>().cloned();
        let services = self.services.clone();
        let context = move || {
            provide_context(visit.clone());
            if let Some(answer) = answer.clone() {
                provide_context(answer);
            }
            if let Some(nonce) = nonce.clone() {
                provide_context(Nonce::from_value(nonce.0));
            }
            provide_context(services.clone());
        };
        leptos_axum::render_app_async_with_context(context, view)(Request::from_parts(parts, Body::empty())).await
    }

    /// Calls a server function; a failure carries the status its error names.
    pub async fn call(&self, request: Request) -> Response {
        let services = self.services.clone();
        let context = move || provide_context(services.clone());
        let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
        if !response.status().is_server_error() {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 * 1024).await.unwrap_or_default();
        if let Some(status) = AppError::from_json(&bytes).and_then(|error| StatusCode::from_u16(error.status).ok()) {
            parts.status = status;
            parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Response::from_parts(parts, Body::from(bytes))
    }

    fn visit(&self, parts: &Parts, outcome: Option<FormOutcome>) -> Visit {
        let (_, done, query) = forms::split_query(parts.uri.query().unwrap_or_default());
        Visit {
            path: parts.uri.path().to_owned(),
            query,
            viewer: parts.extensions.get::<http::Visit>().and_then(|v| v.signed_in()).map(|who| viewer(&who.actor)),
            now: self.services.clock().now().as_millis(),
            zone: cookie(&parts.headers, "tz").and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC),
            language: http::language(&parts.headers),
            theme: cookie(&parts.headers, "theme").map(|value| Theme::parse(&value)).unwrap_or_default(),
            outcome,
            told: Told::default(),
            done,
        }
    }
}

/// The value of a cookie that is not secret; percent signs are decoded.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let raw = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    let (_, value) = raw.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name)?;
    url::form_urlencoded::parse(value.as_bytes()).next().map(|(decoded, _)| decoded.into_owned())
}
