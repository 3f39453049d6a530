//! Running one job under its lease, and writing down how it ended.

use std::time::Duration;

use super::{Outcome, back_off, kind};
use crate::{
    db::{
        jobs::{self, Job},
        to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    panics::without_panic,
    services::Services,
};

/// How long a lease holds without being renewed: after it, a job whose process died is taken over.
const LEASE: Duration = Duration::from_secs(60);
/// How often a lease is renewed while its job runs.
const RENEW: Duration = Duration::from_secs(20);
/// A job that failed so often is given up: with the waits in between, after about three hours.
const MOST_ATTEMPTS: i64 = 12;
/// How many jobs run at a time.
pub(super) const AT_ONCE: usize = 4;

/// Claims up to `most` jobs that are due.
pub(super) async fn claim(services: &Services, lease: &str, most: usize) -> Result<Vec<Job>> {
    let now = services.clock().now();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    jobs::claim_across_tenants(services.db(), lease, most, now, now.plus(LEASE)).await
}

/// Runs a claimed job and writes down how it ended. A job whose lease was lost is left where it stands: somebody else has it.
/// One that was begun so often without coming to an end took its process with it each time, and is not begun once more.
pub(super) async fn run_one(services: &Services, job: &Job, lease: &str) {
    let outcome = if job.attempts > MOST_ATTEMPTS {
        Err(Error::internal("no run of this job came to an end"))
    } else {
        tokio::select! {
            outcome = without_panic(kind::run(services, job)) => outcome,
            () = lose_lease(services, job, lease) => {
                let (job, kind) = (&job.id, &job.kind);
                tracing::warn!(%job, %kind, "the lease of a job was lost; another process has it now");
                return;
            }
        }
    };
    if let Err(error) = settle(services, job, lease, outcome).await {
        tracing::error!(job = %job.id, kind = %job.kind, %error, "the end of a job could not be written down");
    }
}

/// Renews the lease for as long as it is ours.
async fn lose_lease(services: &Services, job: &Job, lease: &str) {
    let mut ticks = tokio::time::interval(RENEW);
    ticks.tick().await;
    loop {
        ticks.tick().await;
        let until = services.clock().now().plus(LEASE);
        match jobs::update_lease_across_tenants(services.db(), job, lease, until).await {
            Ok(true) => {}
            Ok(false) => return,
            // The database may be back before the lease ends.
            Err(error) => tracing::warn!(job = %job.id, %error, "the lease of a job could not be renewed"),
        }
    }
}

async fn settle(services: &Services, job: &Job, lease: &str, outcome: Result<Outcome>) -> Result<()> {
    let (db, now) = (services.db(), services.clock().now());
    let (wait, why) = match outcome {
        Ok(Outcome::Done) => return jobs::mark_done_across_tenants(db, job, lease, now).await.map(drop),
        Ok(Outcome::Dead(why)) => return give_up(services, job, lease, &why).await,
        Ok(Outcome::Again(wait, why)) => (wait, why),
        Err(error) => {
            tracing::warn!(job = %job.id, kind = %job.kind, attempts = job.attempts, %error, "a job failed");
            (waits(&error), error.explain())
        }
    };
    if job.attempts >= MOST_ATTEMPTS {
        return give_up(services, job, lease, &why).await;
    }
    let wait = wait.unwrap_or_else(|| back_off::wait(job.attempts, services.entropy()));
    jobs::mark_ready_across_tenants(db, job, lease, &to_json(&why)?, now.plus(wait)).await.map(drop)
}

/// What Meta says about when to come back.
fn waits(error: &Error) -> Option<Duration> {
    match error {
        Error::Meta(error) => error.retry_after,
        _ => None,
    }
}

async fn give_up(services: &Services, job: &Job, lease: &str, why: &Explanation) -> Result<()> {
    let now = services.clock().now();
    if jobs::mark_dead_across_tenants(services.db(), job, lease, &to_json(why)?, now).await? {
        let Job { id, kind, subject, .. } = job;
        tracing::error!(job = %id, %kind, %subject, code = %why.code, "a job was given up");
    }
    Ok(())
}

/// Runs everything that is due, and what that makes due, until nothing is. Answers how many runs it took.
///
/// # Errors
/// When the database fails.
pub async fn run_due(services: &Services) -> Result<usize> {
    let lease = services.entropy().token();
    let mut runs = 0;
    loop {
        let claimed = claim(services, &lease, AT_ONCE).await?;
        if claimed.is_empty() {
            return Ok(runs);
        }
        runs += claimed.len();
        futures::future::join_all(claimed.iter().map(|job| run_one(services, job, &lease))).await;
    }
}
