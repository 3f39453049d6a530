//! The turn of one connection: is its token good, is it to be renewed, do its assets work?

use super::{plan, renew};
use crate::{
    connect::{
        check::{self, Standing},
        health::{self, Occasion},
    },
    db::connections::{self, Connection},
    error::{Error, Result},
    ids::{ConnectionId, TenantId},
    jobs::Outcome,
    services::Services,
};

/// From this share of the app's budget at Meta on, in percent, nothing is asked that can wait. People's own requests have the
/// rest.
pub(in crate::connect) const LEAVE_FROM: f64 = 70.0;

/// The job: takes the turn, if it is one. What Meta cannot answer now is asked again in an hour or two; only what Meta says of
/// the token itself changes the connection's state.
///
/// # Errors
/// When the database fails.
pub(crate) async fn look_after(services: &Services, tenant: &TenantId, id: &ConnectionId) -> Result<Outcome> {
    let (db, now) = (services.db(), services.clock().now());
    if !connections::claim_look(db, tenant, id, now, plan::next_turn(now, services.entropy())).await? {
        return Ok(Outcome::Done);
    }
    let looked = match connections::get(db, tenant, id).await? {
        Some(connection) => match services.app_of_connection(&connection) {
            Ok(app) if app.graph.app_budget_used() >= LEAVE_FROM => Ok(false),
            Ok(_) => look(services, tenant, &connection).await,
            // Its app is not set up here any more; it may be again.
            Err(_) => Ok(false),
        },
        None => return Ok(Outcome::Done),
    };
    let later = plan::later_turn(now, services.entropy());
    match looked {
        Ok(true) => {}
        Ok(false) => connections::update_look(db, tenant, id, later).await?,
        Err(Error::Meta(error)) => {
            tracing::info!(connection = %id, reason = error.stable_code(), "a connection could not be looked after now");
            connections::update_look(db, tenant, id, later).await?;
        }
        Err(error) => {
            connections::update_look(db, tenant, id, later).await?;
            return Err(error);
        }
    }
    Ok(Outcome::Done)
}

/// Looks at a connection. `false` when not everything could be asked.
async fn look(services: &Services, tenant: &TenantId, connection: &Connection) -> Result<bool> {
    let Standing::Good(token) = check::check_token(services, tenant, connection).await? else { return Ok(true) };
    renew::renew_if_due(services, tenant, connection, &token).await?;
    if token.may_read(services.clock().now()) {
        let checked = health::check_assets(services, tenant, connection, &token, Occasion::Turn).await?;
        return Ok(!checked.again);
    }
    Ok(true)
}
