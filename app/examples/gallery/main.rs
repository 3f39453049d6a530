//! Every page in every state with sample data, to be looked at and photographed:
//! `cargo run -p app --example gallery -- 127.0.0.1:4100 target/site`.
//!
//! The second argument is the folder with `pkg/attache.css`; add `?theme=dark` to any address.
#![recursion_limit = "512"]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod assets;
mod cards;
mod checks;
mod connect;
mod desk;
mod developers;
mod numbers;
mod people;
mod scenes;
mod setup;
mod ways;
mod webhooks;
mod wizard;

use app::visit::{Theme, Visit};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use std::collections::HashMap;

/// Friday 20 November 2026, 09:45 UTC.
pub(crate) const NOW: i64 = 1_795_167_900_000;
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

#[derive(Clone)]
struct Gallery {
    options: LeptosOptions,
    folder: std::path::PathBuf,
}

#[tokio::main]
async fn main() {
    // Also starts Leptos' executor.
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:4100".into());
    let folder = arguments.next().unwrap_or_else(|| "target/site".into()).into();
    let options = LeptosOptions::builder().output_name("attache").site_pkg_dir("pkg").build();
    let router = Router::new()
        .route("/", get(index))
        .route("/scene/{name}", get(scene))
        .fallback(file)
        .with_state(Gallery { options, folder });
    let listener = tokio::net::TcpListener::bind(&address).await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    axum::serve(listener, router).await.unwrap();
}

async fn index() -> Html<String> {
    let links = scenes::all()
        .into_iter()
        .map(|s| format!("<li><a href=/scene/{0}>{0}</a> <a href=/scene/{0}?theme=dark>dark</a>", s.name));
    Html(format!("<!doctype html><title>Gallery</title><ul>{}</ul>", links.collect::<String>()))
}

async fn scene(
    State(gallery): State<Gallery>,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let Some(scene) = scenes::all().into_iter().find(|scene| scene.name == name) else {
        return axum::http::StatusCode::NOT_FOUND.into_response();
    };
    let visit = Visit {
        now: NOW,
        theme: query.get("theme").map(|theme| Theme::parse(theme)).unwrap_or_default(),
        viewer: scene.viewer,
        path: scene.path.into(),
        query: scene.query.into(),
        outcome: scene.outcome,
        done: scene.done.map(Into::into),
        ..Visit::default()
    };
    let options = gallery.options.clone();
    let view = scene.view;
    let context = move || provide_context(visit.clone());
    let page = move || {
        leptos_meta::provide_meta_context();
        app::shell(&options, view())
    };
    leptos_axum::render_app_async_with_context(context, page)(request).await
}

async fn file(State(gallery): State<Gallery>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/').replace("..", "");
    let found = [gallery.folder.join(&path), std::path::Path::new("public").join(&path)]
        .into_iter()
        .find_map(|path| std::fs::read(path).ok());
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain",
    };
    match found {
        Some(bytes) => ([("content-type", kind)], Body::from(bytes)).into_response(),
        None => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}
