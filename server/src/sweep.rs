//! Keeping the database free of what ended.

use std::time::Duration;

use crate::{
    db::{rate_limits, sessions},
    error::Result,
    services::Services,
};

/// Windows of rate limits older than this count nothing any more.
const OLD_WINDOW: Duration = Duration::from_secs(24 * 3600);

/// Removes sessions that ended and windows of rate limits that are over.
///
/// # Errors
/// When the database fails.
pub async fn sweep(services: &Services) -> Result<()> {
    let now = services.clock().now();
    let ended = sessions::delete_ended(services.db(), now).await?;
    let windows = rate_limits::delete_before(services.db(), now.minus(OLD_WINDOW)).await?;
    tracing::debug!(ended, windows, "swept");
    Ok(())
}
