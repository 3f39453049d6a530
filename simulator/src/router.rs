//! Paths to handlers, for all hosts at once.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::control::{index, router as control_router};
use crate::state::Shared;
use crate::{dialog, files, graph, instagram, sdk, visits};

/// Every route. What no other route takes is the Graph API, unversioned paths included.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/dialog/oauth", get(dialog::opened).post(dialog::consented))
        .route("/{first}/dialog/oauth", get(dialog::opened).post(dialog::consented))
        .route("/instagram/oauth/authorize", get(instagram::opened).post(instagram::consented))
        .route("/{first}/sdk.js", get(sdk::script))
        .route("/x/connect/xd_arbiter/", get(dialog::arbiter))
        // Of the routes so far: what the Graph is asked has a record of its own.
        .route_layer(from_fn_with_state(shared.clone(), visits::note))
        .route("/", get(root).fallback(graph::handle))
        .route("/_sim/cdn/{id}/{hash}", get(files::open))
        .route("/whatsapp_business/attachments/", get(files::short))
        .nest("/_sim", control_router())
        .fallback(graph::handle)
        .with_state(shared)
}

/// `GET /` is the index page for people and a multi-get for programs.
async fn root(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    if query.split('&').any(|pair| pair.starts_with("ids=")) {
        return graph::handle(State(shared), request).await;
    }
    index(State(shared)).await.into_response()
}
