//! `POST /api/v1/webhook-endpoints/{id}/rotate-secret`: a new secret; the former one signs beside it for a day.

use axum::{
    Json,
    extract::{Path, State},
};
use jiff::Timestamp as Moment;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::id_of;
use crate::{
    http::{
        api::{ApiCaller, output::moment},
        identity::Problem,
    },
    outbox,
    services::Services,
};

#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Output {
    /// The new secret. It is told this once.
    secret: String,
    former_until: Option<Moment>,
}

/// Rotates.
pub(in crate::http::api) async fn handler(
    State(services): State<Services>,
    ApiCaller(actor): ApiCaller,
    Path(id): Path<String>,
) -> Result<Json<Output>, Problem> {
    let made = outbox::rotate_secret(&services, &actor, &id_of(&id)?).await?;
    let secret = made.secret.expose_secret().to_owned();
    Ok(Json(Output { secret, former_until: moment(made.former_until.as_millis()) }))
}
