//! After the choice: each asset is subscribed at Meta, read back, and what is proven is written down.

use super::{
    prove::{self, Mode},
    unsubscribe::unsubscribe_left,
};
use crate::{
    db::{assets, attempts, connections, to_json},
    error::{Error, Result},
    ids::{AttemptId, ConnectionId, TenantId},
    services::Services,
};

/// Goes on in the background; a restart picks up what is left over.
pub(super) fn spawn(services: &Services, tenant: &TenantId, connection: &ConnectionId, attempt: Option<&AttemptId>) {
    let (services, tenant) = (services.clone(), tenant.clone());
    let (connection, attempt) = (connection.clone(), attempt.cloned());
    services.tasks().clone().spawn(async move {
        if let Err(error) = apply(&services, &tenant, &connection, attempt.as_ref()).await {
            tracing::error!(%connection, %error, "chosen assets were not all applied; the next start goes on with them");
        }
    });
}

/// Picks up the work that an earlier process left over.
///
/// # Errors
/// When the database fails.
pub async fn resume_applying(services: &Services) -> Result<()> {
    let mut left_over = assets::list_pending_across_tenants(services.db()).await?;
    // A process may have ended between the last asset and the end of the attempt.
    left_over.extend(attempts::list_applying_across_tenants(services.db()).await?);
    left_over.sort_unstable_by(|a, b| a.connection_id.cmp(&b.connection_id));
    left_over.dedup();
    for pending in left_over {
        spawn(services, &pending.tenant_id, &pending.connection_id, None);
    }
    Ok(())
}

async fn apply(
    services: &Services,
    tenant: &TenantId,
    connection: &ConnectionId,
    attempt: Option<&AttemptId>,
) -> Result<()> {
    let db = services.db();
    services.graph()?;
    if let Some(connection) = connections::get(db, tenant, connection).await? {
        unsubscribe_left(services, tenant, &connection).await?;
        let all = assets::list_by_connection(db, tenant, &connection.id).await?;
        let pending: Vec<_> = all.into_iter().filter(|asset| asset.selected && asset.pending).collect();
        match prove::prove_all(services, tenant, &connection, &pending, Mode::Subscribe, attempt).await {
            Ok(_) => {}
            // Without a token nothing can be applied, now or at the next start: the connection says why.
            Err(Error::Conflict(problem)) => {
                let now = services.clock().now();
                connections::mark_error(db, tenant, &connection.id, &to_json(&problem)?, now).await?;
                for asset in &pending {
                    assets::mark_applied(db, tenant, &asset.id).await?;
                }
            }
            Err(error) => return Err(error),
        }
    }
    // By connection, since work that a restart left over does not know its attempt.
    attempts::mark_done(db, tenant, connection, services.clock().now()).await?;
    if let Some(attempt) = attempt {
        services.live().attempt_changed(attempt);
    }
    Ok(())
}
