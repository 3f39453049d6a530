//! Events for the tenants' own systems: signed, durable, at least once.
//!
//! An event is written in the transaction of what it tells of (`db/outgoing_events.rs`), with a delivery for each endpoint that
//! takes its type. A worker ([`work`]) claims endpoints under a lease, a turn at a time, and sends what is due; what fails is
//! tried again by [`schedule`]. The form is that of Standard Webhooks (`docs/EVENTS.md`).

mod address;
mod client;
mod deliveries;
mod disable;
mod endpoints;
mod letter;
mod names;
mod schedule;
mod secrets;
mod signature;
mod sweep;
mod turn;
mod worker;

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

pub use client::ClientError;
pub use deliveries::{DeliveryPage, DeliveryView, list_deliveries, replay, replay_failed, send_test};
pub use disable::FAILING_DAYS;
pub use endpoints::{
    EndpointInput, EndpointPatch, EndpointView, MOST_ENDPOINTS, NewEndpoint, create_endpoint, delete_endpoint,
    get_endpoint, list_endpoints, update_endpoint,
};
pub use names::{Lookup, SystemLookup};
pub(crate) use secrets::give_up_secrets;
pub use secrets::{OVERLAP, RotatedSecret, rotate_secret};
pub(crate) use sweep::sweep;
pub use worker::{run_due, work};

use client::Client;

use crate::services::Services;

/// How events are sent.
#[derive(Debug, Clone)]
pub struct OutboxSettings {
    /// Whether plain http and addresses that are not public are allowed: for trying things out, and where the network
    /// around Attaché is trusted.
    pub allow_private: bool,
    /// The longest time for one request, from the name of the endpoint to the head of its answer.
    pub patience: Duration,
    /// How names become addresses.
    pub lookup: Arc<dyn Lookup>,
}

impl Default for OutboxSettings {
    fn default() -> Self {
        Self { allow_private: false, patience: Duration::from_secs(15), lookup: Arc::new(SystemLookup) }
    }
}

/// The way out, and what wakes and stops the worker of this process. Clones are the same.
#[derive(Debug, Clone)]
pub struct Outbox(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Client,
    wake: Notify,
    stop: CancellationToken,
}

impl Outbox {
    /// Sets the way out up. Must be called in a tokio runtime.
    ///
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new(settings: &OutboxSettings) -> Result<Self, ClientError> {
        let inner = Inner { client: Client::new(settings)?, wake: Notify::new(), stop: CancellationToken::new() };
        Ok(Self(Arc::new(inner)))
    }

    /// Lets the worker give back what it holds and end.
    pub fn stop(&self) {
        self.0.stop.cancel();
    }

    /// Whether plain http and addresses that are not public are allowed.
    pub fn allows_private(&self) -> bool {
        self.0.client.allows_private()
    }
}

/// Lets the worker of this process look for what is due, after a transaction that told of something. Without it the worker
/// looks soon by itself.
pub(crate) fn wake(services: &Services) {
    services.outbox().0.wake.notify_one();
}
