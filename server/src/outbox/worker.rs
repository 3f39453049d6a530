//! The worker of a process: it gives endpoints their turns, a few at a time, until it is told to stop.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task::JoinSet};

use super::turn;
use crate::{
    db::webhook_endpoints::{self, WebhookEndpoint},
    error::Result,
    services::Services,
};

/// How many endpoints have their turn at a time: a slow one holds up nobody else.
const AT_ONCE: usize = 16;
/// How long an endpoint is held: after it, one whose process died is taken over. A turn takes half a minute at the most.
const LEASE: Duration = Duration::from_secs(90);
/// How often the worker looks for what became due, or what another process told of.
const POLL: Duration = Duration::from_secs(1);
/// How long turns under way may take after the worker was told to stop.
const LAST_TURNS: Duration = Duration::from_secs(2);

/// Works until [`Outbox::stop`](super::Outbox::stop). What is not done then is given back, for another process or the next
/// start.
pub async fn work(services: Services) {
    let lease: Arc<str> = services.entropy().token().into();
    let outbox = services.outbox().clone();
    let free = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    loop {
        while running.try_join_next().is_some() {}
        let room = free.available_permits();
        let claimed = if room == 0 { Vec::new() } else { claimed(&services, &lease, room).await };
        for endpoint in claimed {
            let Ok(slot) = free.clone().try_acquire_owned() else { break };
            let (services, lease) = (services.clone(), lease.clone());
            running.spawn(async move {
                turn::take(&services, &endpoint, &lease).await;
                drop(slot);
            });
        }
        tokio::select! {
            () = outbox.0.stop.cancelled() => break,
            () = outbox.0.wake.notified() => {}
            // Whoever had a turn may have more to be sent.
            _ = running.join_next(), if !running.is_empty() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
    let ended = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST_TURNS, ended).await.is_err() {
        running.shutdown().await;
    }
    match webhook_endpoints::release_across_tenants(services.db(), &lease).await {
        Ok(0) => {}
        Ok(released) => tracing::info!(released, "gave back the endpoints that were being sent to"),
        Err(error) => tracing::warn!(%error, "endpoints could not be given back; their leases end by themselves"),
    }
}

async fn claimed(services: &Services, lease: &str, room: usize) -> Vec<WebhookEndpoint> {
    claim(services, lease, room).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "endpoints could not be claimed");
        Vec::new()
    })
}

async fn claim(services: &Services, lease: &str, room: usize) -> Result<Vec<WebhookEndpoint>> {
    let (db, now) = (services.db(), services.clock().now());
    // Most of the time nothing is due: SQLite's one writer need not be asked for that.
    if !webhook_endpoints::is_anything_due_across_tenants(db, now).await? {
        return Ok(Vec::new());
    }
    let room = i64::try_from(room).unwrap_or(i64::MAX);
    webhook_endpoints::claim_across_tenants(db, lease, room, now, now.plus(LEASE)).await
}

/// Sends everything that is due until nothing is. Answers how many sendings were tried.
///
/// # Errors
/// When the database fails.
pub async fn run_due(services: &Services) -> Result<usize> {
    let lease = services.entropy().token();
    let mut tried = 0;
    loop {
        let claimed = claim(services, &lease, AT_ONCE).await?;
        let turns = claimed.iter().map(|endpoint| turn::take(services, endpoint, &lease));
        let done: usize = futures::future::join_all(turns).await.into_iter().sum();
        tried += done;
        // Without progress there would be no end.
        if done == 0 {
            return Ok(tried);
        }
    }
}
