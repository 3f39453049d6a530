//! What is kept of deliveries, and for how long.

use std::time::Duration;

use crate::{
    db::{asset_events, delivery_parts, journal, journal_writers, quarantine},
    error::Result,
    meta::AppId,
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
/// waited for a holder for too long. What was made of deliveries stays, without its pieces of bodies.
///
/// # Errors
/// When the database fails.
pub async fn sweep_deliveries(services: &Services) -> Result<()> {
    let (db, now) = (services.db(), services.clock().now());
    let old = now.minus(services.intake().keep);
    for writer in journal_writers::list(db).await? {
        // Only what is applied may go.
        while more(journal::delete_before(db, writer.id, writer.applied_through, old, SLICE).await?).await {}
    }
    while more(delivery_parts::delete_before_across_tenants(db, old, SLICE).await?).await {}
    while more(asset_events::clear_raw_before_across_tenants(db, old, SLICE).await?).await {}
    let expired = now.minus(QUARANTINE_AGE);
    while more(quarantine::delete_before_across_tenants(db, expired, SLICE).await?).await {}
    for app in services.apps().own_ids() {
        bound_quarantine(services, Some(&app), QUARANTINE_MOST_OF_OWN_APP).await?;
    }
    bound_quarantine(services, None, QUARANTINE_MOST).await
}

/// Lets all but the newest `most` go of what waits for a holder, of what one app signed or of all.
async fn bound_quarantine(services: &Services, app: Option<&AppId>, most: i64) -> Result<()> {
    let db = services.db();
    if let Some(place) = quarantine::find_surplus_across_tenants(db, app, most).await? {
        while more(quarantine::delete_through_across_tenants(db, app, place, SLICE).await?).await {}
    }
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
