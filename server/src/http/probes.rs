//! Probes for whoever watches the process.

use axum::{extract::State, http::StatusCode};

use crate::services::Services;

/// The process answers.
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// The process can do its work: the database answers.
pub(super) async fn readyz(State(services): State<Services>) -> Result<&'static str, StatusCode> {
    services.db().ping().await.map(|()| "ok").map_err(|error| {
        tracing::warn!(%error, "the database does not answer");
        StatusCode::SERVICE_UNAVAILABLE
    })
}
