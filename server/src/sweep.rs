//! Keeping the database free of what ended.

use std::time::Duration;

use crate::{
    compliance,
    db::{attempts, connections, rate_limits, sessions, webhook_refusals},
    error::Result,
    services::Services,
};

/// Windows of rate limits older than this count nothing any more.
const OLD_WINDOW: Duration = Duration::from_secs(24 * 3600);

/// A connect that nobody finished for so long is over.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

/// Refused webhooks are counted for so long.
const REFUSALS: Duration = Duration::from_secs(30 * 24 * 3600);

/// Removes sessions that ended, windows of rate limits that are over, old counts of refused webhooks, and the tokens of connects that nobody finished.
///
/// # Errors
/// When the database fails.
pub async fn sweep(services: &Services) -> Result<()> {
    let now = services.clock().now();
    let ended = sessions::delete_ended(services.db(), now).await?;
    let windows = rate_limits::delete_before(services.db(), now.minus(OLD_WINDOW)).await?;
    webhook_refusals::delete_before(services.db(), now.minus(REFUSALS)).await?;
    let long_ago = now.minus(ABANDONED);
    attempts::mark_abandoned_across_tenants(services.db(), long_ago).await?;
    for (tenant, connection) in connections::list_abandoned_across_tenants(services.db(), long_ago).await? {
        connections::mark_disconnected(services.db(), &tenant, &connection, now).await?;
        tracing::info!(%connection, "dropped the tokens of a connect that nobody finished");
    }
    compliance::resume_deletions(services).await?;
    tracing::debug!(ended, windows, "swept");
    Ok(())
}
