//! What this installation has seen with its own eyes of a Meta app: proof that no question to Meta gives.

use super::{Db, attempts::Flow};
use crate::{clock::Timestamp, error::Result, meta::AppId};

/// How many different sets of permissions are read: connections of one configuration have the same.
const SETS: i64 = 200;
/// Among how many of the newest deliveries the app's last one is looked for: without an index of their app, an app that has
/// none would have all of them read.
const NEWEST: i64 = 10_000;

/// What was seen of an app.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenOfApp {
    /// When somebody last came back from the dialog by redirect, to the present redirect URI, and it became a connection.
    pub redirect_at: Option<Timestamp>,
    /// The same by the popup.
    pub popup_at: Option<Timestamp>,
    /// When an account last came back from Instagram's dialog, and it became a connection.
    pub instagram_at: Option<Timestamp>,
    /// When Meta last asked whether the callback is ours, with the right token.
    pub handshake_at: Option<Timestamp>,
    /// When somebody last asked with another one.
    pub wrong_token_at: Option<Timestamp>,
    /// When the last webhook that the app signed came, if it is among the newest.
    pub delivery_at: Option<Timestamp>,
    /// When Meta last called the data deletion callback.
    pub deletion_at: Option<Timestamp>,
    /// How many connections stand.
    pub connections: i64,
    /// How many of them are of Instagram Login.
    pub instagram_connections: i64,
    /// Since when the oldest of them does.
    pub first_connection_at: Option<Timestamp>,
    /// JSON: the permissions of connections that stand.
    pub permissions: Vec<String>,
}

/// What was seen of an app by all tenants together.
///
/// # Errors
/// When the database fails.
pub async fn get_across_tenants(db: &Db, app: &AppId, redirect_uri: &str) -> Result<SeenOfApp> {
    const RETURNS: &str = "SELECT a.flow, a.purpose = 'instagram', MAX(a.consumed_at) FROM connect_attempts a
        JOIN connections c ON c.id = a.connection_id
        WHERE c.meta_app_id = $1 AND (a.flow = 'popup' OR a.redirect_uri = $2) GROUP BY a.flow, a.purpose = 'instagram'";
    const HANDSHAKES: &str = "SELECT outcome, MAX(at) FROM webhook_handshakes WHERE meta_app_id = $1 GROUP BY outcome";
    const DELIVERY: &str = "SELECT MAX(newest.received_at) FROM (SELECT received_at, meta_app_id FROM delivery_parts
        ORDER BY received_at DESC, delivery_id DESC LIMIT $2) newest WHERE newest.meta_app_id = $1";
    const DELETION: &str = "SELECT MAX(requested_at) FROM deletion_requests WHERE meta_app_id = $1";
    const CONNECTIONS: &str = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN token_kind = 'instagram' THEN 1 ELSE 0 END), 0),
            MIN(created_at) FROM connections
        WHERE meta_app_id = $1 AND status IN ('connected', 'error')";
    const PERMISSIONS: &str = "SELECT DISTINCT permissions FROM connections
        WHERE meta_app_id = $1 AND status IN ('connected', 'error') ORDER BY permissions LIMIT $2";
    let returns: Vec<(Flow, bool, Option<Timestamp>)> =
        on_read!(db, pool => sqlx::query_as(RETURNS).bind(app).bind(redirect_uri).fetch_all(pool).await)?;
    let asked: Vec<(String, Option<Timestamp>)> =
        on_read!(db, pool => sqlx::query_as(HANDSHAKES).bind(app).fetch_all(pool).await)?;
    let (connections, instagram_connections, first_connection_at): (i64, i64, Option<Timestamp>) =
        on_read!(db, pool => sqlx::query_as(CONNECTIONS).bind(app).fetch_one(pool).await)?;
    let came_by =
        |flow, instagram| returns.iter().find(|(by, of, _)| (*by, *of) == (flow, instagram)).and_then(|(_, _, at)| *at);
    let asked_with = |outcome| asked.iter().find(|(with, _)| with == outcome).and_then(|(_, at)| *at);
    Ok(SeenOfApp {
        redirect_at: came_by(Flow::Redirect, false),
        popup_at: came_by(Flow::Popup, false),
        instagram_at: came_by(Flow::Redirect, true),
        handshake_at: asked_with("ok"),
        wrong_token_at: asked_with("wrong_token"),
        delivery_at: on_read!(db, pool => sqlx::query_scalar(DELIVERY).bind(app).bind(NEWEST).fetch_one(pool).await)?,
        deletion_at: on_read!(db, pool => sqlx::query_scalar(DELETION).bind(app).fetch_one(pool).await)?,
        connections,
        instagram_connections,
        first_connection_at,
        permissions: on_read!(db, pool => sqlx::query_scalar(PERMISSIONS).bind(app).bind(SETS).fetch_all(pool).await)?,
    })
}
