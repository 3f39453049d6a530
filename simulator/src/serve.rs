//! Running a simulator.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use crate::control::Control;
use crate::options::Options;
use crate::router;
use crate::state::{Shared, State};
use crate::webhooks;

/// A simulator; clones share one state.
#[derive(Clone)]
pub struct Simulator {
    shared: Arc<Shared>,
    /// The options named a public address, which the bound one must not replace.
    fixed_url: bool,
}

impl Simulator {
    /// A simulator that listens nowhere yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let switches = options.switches();
        let fixed_url = options.public_url.is_some();
        let state = State::new(options.public_url, options.world, options.seed, switches);
        Self { shared: Arc::new(Shared::new(state, options.trusted_certificates)), fixed_url }
    }

    /// The routes of every host in one. Called within a runtime, it also starts the delivery of webhooks.
    pub fn router(&self) -> Router {
        webhooks::start(&self.shared);
        router::router(self.shared.clone())
    }

    /// The handle that steers it.
    #[must_use]
    pub fn control(&self) -> Control {
        Control { shared: self.shared.clone() }
    }

    fn bound_to(&self, listener: &TcpListener) -> std::io::Result<Url> {
        let url = Url::parse(&format!("http://{}/", listener.local_addr()?)).map_err(std::io::Error::other)?;
        let mut state = self.shared.lock();
        if !self.fixed_url {
            state.base = url.clone();
        }
        Ok(url)
    }
}

/// Serve until `shutdown` completes.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    simulator: Simulator,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    simulator.bound_to(&listener)?;
    let shared = simulator.shared.clone();
    let stopped = async move {
        shutdown.await;
        shared.closing.send_replace(true);
    };
    axum::serve(listener, simulator.router()).with_graceful_shutdown(stopped).await
}

/// A simulator that serves on a free port of the loopback interface until dropped.
pub struct Running {
    /// Its address, ending in a slash.
    pub url: Url,
    simulator: Simulator,
    task: JoinHandle<()>,
}

impl Running {
    /// The handle that steers it.
    #[must_use]
    pub fn control(&self) -> Control {
        self.simulator.control()
    }

    /// The simulator itself.
    #[must_use]
    pub fn simulator(&self) -> &Simulator {
        &self.simulator
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Start serving on `127.0.0.1:0`.
///
/// # Errors
/// When no port can be bound.
pub async fn start(options: Options) -> std::io::Result<Running> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let simulator = Simulator::new(options);
    let url = simulator.bound_to(&listener)?;
    let router = simulator.router();
    let task = tokio::spawn(async move {
        // An error here means the runtime is going away.
        let _ = axum::serve(listener, router).await;
    });
    Ok(Running { url, simulator, task })
}
