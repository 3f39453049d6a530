//! Keeping the database free of what ended.

use std::time::Duration;

use crate::{
    clock::Timestamp,
    compliance, connect,
    db::{
        attempts, connection_log, connections, invitations, jobs, meta_apps, password_resets, rate_limits, sessions,
        set_up_links, staged_grants, webhook_refusals,
    },
    error::Result,
    ingest, mail, observe, outbox,
    services::Services,
};

/// Windows of rate limits older than this count nothing any more.
const OLD_WINDOW: Duration = Duration::from_secs(24 * 3600);

/// How long the connection log is kept, and how many entries of it for each tenant.
const LOG_AGE: Duration = Duration::from_secs(365 * 24 * 3600);
const LOG_ENTRIES: i64 = 2_000;

/// How long jobs are remembered that were done, and that were given up.
const DONE_JOBS: Duration = Duration::from_secs(7 * 24 * 3600);
const DEAD_JOBS: Duration = Duration::from_secs(90 * 24 * 3600);

/// A connect that nobody finished for so long is over.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

/// No link for a new password works so long after it was asked for.
const OLD_RESET: Duration = Duration::from_secs(24 * 3600);

/// Attempts to connect, set-up links and invitations are remembered for so long after their end.
const ENDED: Duration = Duration::from_secs(90 * 24 * 3600);
/// How many of them go at once, so that nobody waits long.
const SLICE: i64 = 500;

/// Refused webhooks are counted for so long.
const REFUSALS: Duration = Duration::from_secs(30 * 24 * 3600);

/// Removes sessions that ended, windows of rate limits that are over, links for a new password that ended, old counts of refused
/// webhooks, attempts, set-up links and invitations that ended long ago, the tokens of connects that nobody finished, finished jobs, old events for the tenants' systems, and what the connection log holds beyond its bounds; notices assets that fell silent.
/// Asks once more for what follows choices, should a process have ended before it could. Plans whose turn it is to be looked
/// after in the next hour, and warns of what ends.
///
/// # Errors
/// When the database fails.
pub async fn sweep(services: &Services) -> Result<()> {
    let now = services.clock().now();
    let ended = sessions::delete_ended(services.db(), now).await?;
    let windows = rate_limits::delete_before(services.db(), now.minus(OLD_WINDOW)).await?;
    password_resets::delete_before(services.db(), now.minus(OLD_RESET)).await?;
    webhook_refusals::delete_before(services.db(), now.minus(REFUSALS)).await?;
    let long_ago = now.minus(ABANDONED);
    attempts::mark_abandoned_across_tenants(services.db(), long_ago).await?;
    staged_grants::delete_abandoned_across_tenants(services.db(), long_ago).await?;
    forget_ended(services, now.minus(ENDED)).await?;
    for (tenant, connection, name) in connections::list_abandoned_across_tenants(services.db(), long_ago).await? {
        let said = observe::said_by_other(services, observe::ITSELF, "connection.abandoned", &name).await?;
        let which = connections::Unfinished::Since(long_ago);
        if connections::mark_abandoned(services.db(), &tenant, &connection, which, &said, now).await? {
            tracing::info!(%connection, "dropped the tokens of a connect that nobody finished");
        }
    }
    jobs::delete_finished_across_tenants(services.db(), now.minus(DONE_JOBS), now.minus(DEAD_JOBS)).await?;
    connect::resume_applying(services).await?;
    connect::resume_disconnecting(services).await?;
    compliance::resume_deletions(services).await?;
    let ended_secrets = meta_apps::delete_ended_secrets_across_tenants(services.db(), now).await?;
    if ended_secrets + meta_apps::delete_unused_across_tenants(services.db()).await? > 0 {
        services.live().installation_changed();
    }
    let log = connection_log::delete_old_across_tenants(services.db(), now.minus(LOG_AGE), LOG_ENTRIES).await?;
    ingest::sweep_deliveries(services).await?;
    mail::resume_mails(services).await?;
    outbox::sweep(services).await?;
    connect::plan_upkeep(services).await?;
    connect::warn_of_ends(services).await?;
    let silent = connect::notice_silence(services).await?;
    tracing::debug!(ended, windows, log, silent, "swept");
    Ok(())
}

/// Removes attempts to connect, set-up links and invitations that ended before `moment`.
async fn forget_ended(services: &Services, moment: Timestamp) -> Result<()> {
    let (db, full) = (services.db(), SLICE.unsigned_abs());
    while attempts::delete_ended_across_tenants(db, moment, SLICE).await? >= full {}
    while set_up_links::delete_ended_across_tenants(db, moment, SLICE).await? >= full {}
    while invitations::delete_ended_across_tenants(db, moment, SLICE).await? >= full {}
    Ok(())
}
