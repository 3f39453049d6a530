//! `POST /meta/deauthorize` and `/meta/data-deletion`: what people ask of us through Meta (Meta reference §10).
//!
//! Outside the layers of the pages, as the webhooks' door: no session, no visitor. What is turned away is counted, and
//! nothing of it is kept.

use std::time::Duration;

use axum::{
    Json, Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::post,
};
use serde_json::json;

use super::{
    app_named::AppNamed,
    identity::{self, Problem},
    webhooks::webhook_layers,
};
use crate::{
    compliance,
    ingest::Refusal,
    meta::{AppId, SignedRequest},
    services::Services,
};

/// The longest form, in bytes. Meta's are a few hundred.
const FORM_LIMIT: usize = 32 * 1024;
/// How long a form may take. Meta's are there at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// The routes.
pub fn compliance_callbacks(services: &Services) -> Router {
    let routes = Router::new()
        .route("/meta/deauthorize", post(deauthorize))
        .route("/meta/deauthorize/{app}", post(deauthorize))
        .route("/meta/data-deletion", post(data_deletion))
        .route("/meta/data-deletion/{app}", post(data_deletion));
    webhook_layers(routes.with_state(services.clone()))
}

async fn deauthorize(State(services): State<Services>, app: AppNamed, request: Request) -> Response {
    let (app, asked) = match taken(&services, app, request).await {
        Ok(taken) => taken,
        Err(response) => return response,
    };
    match compliance::deauthorize(&services, &app, asked).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => Problem(error).into_response(),
    }
}

async fn data_deletion(State(services): State<Services>, app: AppNamed, request: Request) -> Response {
    let (app, asked) = match taken(&services, app, request).await {
        Ok(taken) => taken,
        Err(response) => return response,
    };
    match compliance::delete_person(&services, &app, asked).await {
        Ok(told) => {
            let body = Json(json!({ "url": told.url, "confirmation_code": told.code }));
            ([(header::CACHE_CONTROL, "no-store")], body).into_response()
        }
        Err(error) => Problem(error).into_response(),
    }
}

/// What Meta signed, or the answer to what it did not sign.
async fn taken(
    services: &Services,
    AppNamed(app): AppNamed,
    request: Request,
) -> Result<(AppId, SignedRequest), Response> {
    let ours = app.as_ref().ok().and_then(|id| services.apps().find(id.as_ref()));
    let taken = async {
        let app = app?;
        let (head, body) = request.into_parts();
        let form = read(&head.headers, body).await?;
        compliance::read_signed_request(services, app.as_ref(), &form)
    };
    taken.await.map_err(|refusal: Refusal| {
        let ours = ours.filter(|_| refusal != Refusal::UnknownApp);
        services.refusals().count(ours.as_ref().map(|app| &app.login.app.app_id), refusal);
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        identity::problem(status, refusal.explain(), None)
    })
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Refusal::NotAForm);
    }
    let read = tokio::time::timeout(PATIENCE, to_bytes(body, FORM_LIMIT)).await.map_err(|_| Refusal::TooSlow)?;
    read.map_err(|_| Refusal::FormTooLarge)
}
