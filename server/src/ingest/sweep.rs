//! What is kept of deliveries, and for how long.

use std::time::Duration;

use crate::{
    db::{delivery_parts, journal, journal_writers, quarantine},
    error::Result,
    services::Services,
};

/// How long and how many deliveries wait for somebody to hold their asset.
const QUARANTINE_AGE: Duration = Duration::from_secs(7 * 86_400);
const QUARANTINE_MOST: i64 = 100_000;
/// And how many that one business's own app signed: it cannot drive out what waits for others.
const QUARANTINE_MOST_OF_OWN_APP: i64 = 5_000;
/// How many rows go at once, so that nobody waits long.
const SLICE: i64 = 500;
/// Between two slices others come first.
const PAUSE: Duration = Duration::from_millis(20);

/// Lets go of bodies, and of what they were to whom, that are older than `ATTACHE_KEEP_DELIVERIES_DAYS`, and of what
/// waited for a holder for too long. What was made of deliveries stays.
///
/// # Errors
/// When the database fails.
pub async fn sweep_deliveries(services: &Services) -> Result<()> {
    let (db, now) = (services.db(), services.clock().now());
    let old = now.minus(services.keeps_deliveries());
    for writer in journal_writers::list(db).await? {
        // Only what is applied may go.
        while more(journal::delete_before(db, writer.id, writer.applied_through, old, SLICE).await?).await {}
    }
    while more(delivery_parts::delete_before_across_tenants(db, old, SLICE).await?).await {}
    let expired = now.minus(QUARANTINE_AGE);
    while more(quarantine::delete_before_across_tenants(db, expired, SLICE).await?).await {}
    for app in services.apps().own_ids() {
        let most = QUARANTINE_MOST_OF_OWN_APP;
        while more(quarantine::delete_beyond_of_app_across_tenants(db, &app, most, SLICE).await?).await {}
    }
    while more(quarantine::delete_beyond_across_tenants(db, QUARANTINE_MOST, SLICE).await?).await {}
    Ok(())
}

/// Whether a slice that took away `deleted` rows was not the last; waits a little when so.
async fn more(deleted: u64) -> bool {
    let more = deleted >= SLICE.cast_unsigned();
    if more {
        tokio::time::sleep(PAUSE).await;
    }
    more
}
