//! The web site: pages, server functions, and forms without script.

use crate::dto::UnixMs;
use crate::dto::viewer::Viewer;
use crate::error::AppError;
use crate::forms::{self, FormAnswer, FormOutcome};
use crate::routes::App;
use crate::shell::shell;
use crate::visit::{Theme, Visit};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, request::Parts};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::tz::TimeZone;
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use leptos_axum::generate_route_list;
use std::sync::Arc;

/// The value of the content security policy's nonce, put into the request by the layer that writes the policy.
#[derive(Clone, Debug)]
pub struct PageNonce(pub Arc<str>);

/// What pages and functions are made with.
#[derive(Clone)]
pub struct Site {
    options: LeptosOptions,
    now: Arc<dyn Fn() -> UnixMs + Send + Sync>,
    provide: Arc<dyn Fn() + Send + Sync>,
}

/// The whole web site, with pages at every other address answering "not found".
///
/// `now` tells the time; `provide` puts into Leptos' context what server functions and pages work with. Layers
/// around it put the [`Viewer`] and the [`PageNonce`] into the request's extensions.
pub fn router(
    options: LeptosOptions,
    now: impl Fn() -> UnixMs + Send + Sync + 'static,
    provide: impl Fn() + Send + Sync + 'static,
) -> Router {
    let site = Site { options, now: Arc::new(now), provide: Arc::new(provide) };
    let mut router = Router::new().route("/rpc/{function}", post(rpc));
    for listing in generate_route_list(App) {
        router = router.route(listing.path(), get(page).post(forms::post));
    }
    router.fallback(not_found).with_state(site)
}

async fn page(State(site): State<Site>, request: Request) -> Response {
    site.page(request.into_parts().0, None, None).await
}

async fn not_found(State(site): State<Site>, request: Request) -> Response {
    site.page(request.into_parts().0, None, None).await
}

async fn rpc(State(site): State<Site>, request: Request) -> Response {
    site.call(request).await
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
        let nonce = parts.extensions.get::<PageNonce>().cloned();
        let provide = Arc::clone(&self.provide);
        let context = move || {
            provide_context(visit.clone());
            if let Some(answer) = answer.clone() {
                provide_context(answer);
            }
            if let Some(nonce) = nonce.clone() {
                provide_context(Nonce::from_value(nonce.0));
            }
            provide();
        };
        leptos_axum::render_app_async_with_context(context, view)(Request::from_parts(parts, Body::empty())).await
    }

    /// Calls a server function; a failure carries the status its error names.
    pub async fn call(&self, request: Request) -> Response {
        let provide = Arc::clone(&self.provide);
        let response = leptos_axum::handle_server_fns_with_context(move || provide(), request).await.into_response();
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
            viewer: parts.extensions.get::<Viewer>().cloned(),
            now: (self.now)(),
            zone: cookie(&parts.headers, "tz").and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC),
            theme: cookie(&parts.headers, "theme").map(|value| Theme::parse(&value)).unwrap_or_default(),
            outcome,
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

