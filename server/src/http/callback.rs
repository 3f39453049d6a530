//! `GET /oauth/meta/callback`: the browser comes back from Meta.

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};

use tower_sessions::Session;

use super::{guest::guest, identity::Problem, visit::Visit};
use crate::{
    connect::{self, CallbackQuery},
    error::Error,
    services::Services,
};

/// Handles the return and goes on to the page of the attempt. A browser that only prefetches gets nothing done.
pub(super) async fn callback(
    State(services): State<Services>,
    visit: Visit,
    session: Session,
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
    let landing = match came_as_guest(&services, &session, &query).await? {
        Some(landing) => landing,
        None => {
            let signed_in = visit.signed_in().ok_or(Error::SignedOut)?;
            connect::callback(&services, &signed_in.actor, &signed_in.session, query).await?
        }
    };
    // 303, and a page of its own: the code does not stay in the address bar or in the history.
    Ok(Redirect::to(&format!("/connect/{}", landing.0)).into_response())
}

/// The return of a guest, when the state is theirs.
async fn came_as_guest(
    services: &Services,
    session: &Session,
    query: &CallbackQuery,
) -> Result<Option<connect::Landing>, Problem> {
    match guest(services, session).await? {
        Some(guest) => Ok(connect::callback_of_guest(services, &guest, query).await?),
        None => Ok(None),
    }
}
