//! `GET /oauth/meta/callback`: the browser comes back from Meta.

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};

use super::{identity::Problem, visit::Visit};
use crate::{
    connect::{self, CallbackQuery},
    error::Error,
    services::Services,
};

/// Handles the return and goes on to the page of the attempt. A browser that only prefetches gets nothing done.
pub(super) async fn callback(
    State(services): State<Services>,
    visit: Visit,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let prefetch = ["sec-purpose", "purpose"]
        .iter()
        .filter_map(|name| headers.get(*name)?.to_str().ok())
        .any(|purpose| purpose.contains("prefetch"));
    if prefetch {
        return Ok(axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response());
    }
    let query = CallbackQuery::parse(query.as_deref().unwrap_or_default());
    let signed_in = visit.signed_in().ok_or(Error::SignedOut)?;
    let landing = connect::callback(&services, &signed_in.actor, &signed_in.session, query).await?;
    // 303, and a page of its own: the code does not stay in the address bar or in the history.
    Ok(Redirect::to(&format!("/connect/{}", landing.0)).into_response())
}
