//! Keeping the database free of events that are no news any more.

use std::time::Duration;

use crate::{db::outgoing_events, error::Result, services::Services};

/// How long events are kept with their deliveries.
const KEPT: Duration = Duration::from_secs(30 * 86_400);

/// Removes events that happened so long ago, but for those that are still on their way; in slices.
///
/// # Errors
/// When the database fails.
pub(crate) async fn sweep(services: &Services) -> Result<()> {
    let before = services.clock().now().minus(KEPT);
    while outgoing_events::delete_before_across_tenants(services.db(), before).await? > 0 {}
    Ok(())
}
