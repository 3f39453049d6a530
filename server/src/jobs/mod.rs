//! Durable work: what must happen though processes end in the middle.
//!
//! [`ask`] for a job of a [`Kind`]; a worker ([`work`]) claims what is due under a lease, runs it, and writes down how it
//! ended. A job that fails waits longer each time and ends as dead, with the reason; it can be tried again ([`replay`]).

mod back_off;
mod kind;
mod runner;
mod worker;

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

pub use kind::{Asked, Kind};
pub use runner::run_due;
pub use worker::work;

use crate::{
    accounts::Actor,
    db::jobs::{self, DeadJob},
    error::{Error, Result},
    explanation::Explanation,
    ids::JobId,
    observe,
    services::Services,
};

/// How a run of a job ended.
#[derive(Debug)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It has to be tried again: after this long, or after the usual wait when none is named.
    Again(Option<Duration>, Explanation),
    /// Trying again would change nothing.
    Dead(Explanation),
}

/// What wakes and stops the workers of this process. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Workers(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    wake: Notify,
    stop: CancellationToken,
}

impl Workers {
    /// Lets the workers give back what they hold and end.
    pub fn stop(&self) {
        self.0.stop.cancel();
    }
}

/// Asks for a job: it is durable when this returns, and runs soon.
///
/// # Errors
/// When the database fails.
pub async fn ask(services: &Services, asked: &Asked<'_>) -> Result<()> {
    ask_after(services, asked, Duration::ZERO).await
}

/// Asks for a job that is not to run before `wait` is over.
///
/// # Errors
/// When the database fails.
pub async fn ask_after(services: &Services, asked: &Asked<'_>, wait: Duration) -> Result<()> {
    let now = services.clock().now();
    let id = JobId::new(services.ids());
    jobs::insert_across_tenants(services.db(), &asked.as_new(&id, now.plus(wait)), now).await?;
    wake(services);
    Ok(())
}

/// Lets the workers of this process look for what is due: after a transaction that asked for a job.
pub(crate) fn wake(services: &Services) {
    services.workers().0.wake.notify_one();
}

/// The jobs that were given up, latest first.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an operator.
pub async fn list_dead(services: &Services, actor: &Actor) -> Result<Vec<DeadJob>> {
    actor.operator()?;
    jobs::list_dead_across_tenants(services.db(), observe::PAGE).await
}

/// Tries a job again that was given up.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an operator; [`Error::NotFound`] when it is not dead, or another of its kind
/// waits already.
pub async fn replay(services: &Services, actor: &Actor, id: &JobId) -> Result<()> {
    actor.operator()?;
    if !jobs::replay_across_tenants(services.db(), id, services.clock().now()).await? {
        return Err(Error::NotFound("failed job"));
    }
    wake(services);
    Ok(())
}
