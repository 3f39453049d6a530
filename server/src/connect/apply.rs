//! After the choice: each asset is subscribed at Meta, read back, and what is proven is written down.

use super::{
    credentials, numbers,
    prove::{self, Mode},
    register,
    subscribe_app::ensure_app,
    unsubscribe::unsubscribe_left,
};
use crate::{
    db::{
        assets, attempts,
        connections::{self, Connection, ConnectionStatus},
    },
    error::{Error, Result},
    ids::{AttemptId, ConnectionId, TenantId},
    jobs::{self, Asked, Kind, Outcome},
    services::Services,
    words::failures::connect as failures,
};

/// Asks for what follows a choice; it runs soon, and whatever happens meanwhile.
pub(super) async fn ask(services: &Services, tenant: &TenantId, connection: &ConnectionId) -> Result<()> {
    let subject = connection.as_str();
    jobs::ask(services, &Asked { tenant: Some(tenant), kind: Kind::ApplyChoice, subject }).await
}

/// Asks for what follows choices that were saved while nothing could be asked for: at the start, every hour, and when an app
/// was set up. What needs an app that is not set up here is left until it is.
///
/// # Errors
/// When the database fails.
pub async fn resume_applying(services: &Services) -> Result<()> {
    let db = services.db();
    let mut left_over = assets::list_pending_across_tenants(db).await?;
    left_over.retain(|left| services.app_of_token(&left.meta_app_id, left.token_kind).is_ok());
    // A process may have ended between the last asset and the end of the attempt.
    left_over.extend(attempts::list_applying_across_tenants(db).await?);
    left_over.sort_unstable_by(|a, b| a.connection_id.cmp(&b.connection_id));
    left_over.dedup();
    for pending in left_over {
        ask(services, &pending.tenant_id, &pending.connection_id).await?;
    }
    Ok(())
}

/// The job: what was chosen is applied. Where nothing can be asked with, because there is no token or the app is not set up here,
/// the connection says why, and what is pending waits for whoever mends that.
///
/// # Errors
/// When the database fails.
pub(crate) async fn apply_choice(services: &Services, tenant: &TenantId, connection: &ConnectionId) -> Result<Outcome> {
    let db = services.db();
    let kept = connections::get(db, tenant, connection).await?;
    let watched = attempts::list_applying(db, tenant, connection).await?;
    let mut unknown = false;
    if let Some(connection) = kept.filter(|kept| kept.status != ConnectionStatus::Disconnected)
        && has_app(services, &connection).await?
    {
        unknown = apply(services, tenant, &connection, &watched).await?;
    }
    // Whoever waits at the wizard sees the status now; what Meta could not tell yet goes on behind it.
    attempts::mark_done(db, tenant, connection, services.clock().now()).await?;
    for attempt in &watched {
        services.live().attempt_changed(attempt);
    }
    Ok(if unknown { Outcome::Again(None, failures::not_all_applied()) } else { Outcome::Done })
}

/// Whether the connection's app is set up here. Who asked for this may have entered it by another process a moment ago.
pub(super) async fn has_app(services: &Services, connection: &Connection) -> Result<bool> {
    if services.app_of_connection(connection).is_ok() {
        return Ok(true);
    }
    services.load_apps().await?;
    Ok(services.app_of_connection(connection).is_ok())
}

/// What left the choice is unsubscribed; the app, then each chosen asset is subscribed and read back; numbers that need it are to
/// be registered. An end in the middle leaves what is still to be done pending. Answers whether Meta could not tell something.
async fn apply(services: &Services, tenant: &TenantId, connection: &Connection, watched: &[AttemptId]) -> Result<bool> {
    let db = services.db();
    unsubscribe_left(services, tenant, connection).await?;
    let mut chosen = assets::list_by_connection(db, tenant, &connection.id).await?;
    chosen.retain(|asset| asset.selected);
    let pending: Vec<_> = chosen.iter().filter(|asset| asset.pending).cloned().collect();
    // A choice that somebody saved asks again for what its numbers need, though they may be subscribed already.
    let numbers_of = if watched.is_empty() { &pending } else { &chosen };
    // The layer above comes first: without it Meta refuses some of the steps below (Meta reference §6.3).
    let app = services.app_of(&connection.meta_app_id)?;
    ensure_app(services, &app).await?;
    register::ask_where_due(services, tenant, numbers_of).await?;
    match prove::prove_all(services, tenant, connection, &pending, Mode::Subscribe, watched).await {
        Ok(proven) => {
            // What they bring comes as webhooks: after the subscription.
            numbers::ask_for_syncs_where_due(services, tenant, numbers_of).await?;
            Ok(proven.unknown > 0)
        }
        // Without a token nothing can be applied.
        Err(Error::Conflict(problem)) => {
            credentials::mark_lost(services, tenant, &connection.id, &problem).await.map(|lost| !lost)
        }
        Err(error) => Err(error),
    }
}
