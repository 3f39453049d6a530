//! The worker of a process: it claims what is due, a few jobs at a time, until it is told to stop.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task::JoinSet};

use super::runner::{AT_ONCE, claim, run_one};
use crate::{db::jobs, services::Services};

/// How often the worker looks for jobs that became due, or that another process left.
const POLL: Duration = Duration::from_secs(2);
/// How long jobs under way may take after the worker was told to stop.
const LAST_JOBS: Duration = Duration::from_secs(2);

/// Works until [`Workers::stop`](super::Workers::stop). What is not done then is given back, for another process or the next
/// start.
pub async fn work(services: Services) {
    let lease: Arc<str> = services.entropy().token().into();
    let workers = services.workers().clone();
    let free = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    loop {
        while running.try_join_next().is_some() {}
        let room = free.available_permits();
        let claimed = if room == 0 { Vec::new() } else { claimed(&services, &lease, room).await };
        let full = claimed.len() == room;
        for job in claimed {
            let Ok(slot) = free.clone().try_acquire_owned() else { break };
            let (services, lease) = (services.clone(), lease.clone());
            running.spawn(async move {
                run_one(&services, &job, &lease).await;
                drop(slot);
            });
        }
        tokio::select! {
            () = workers.0.stop.cancelled() => break,
            () = workers.0.wake.notified() => {}
            // A slot that got free may be filled at once, when there was more to do than room.
            _ = running.join_next(), if full && !running.is_empty() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
    let ended = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST_JOBS, ended).await.is_err() {
        running.shutdown().await;
    }
    match jobs::release_across_tenants(services.db(), &lease).await {
        Ok(0) => {}
        Ok(released) => tracing::info!(released, "gave back the jobs that were under way"),
        Err(error) => tracing::warn!(%error, "jobs under way could not be given back; their leases end by themselves"),
    }
}

async fn claimed(services: &Services, lease: &str, room: usize) -> Vec<jobs::Job> {
    claim(services, lease, room).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "jobs could not be claimed");
        Vec::new()
    })
}
