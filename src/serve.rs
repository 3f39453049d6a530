//! `attache serve`.

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use serde_json::json;
use server::{Services, config::ServeSettings, connect, ingest, live};
use tokio::net::TcpListener;

use crate::{
    commands::{Failure, ServeArgs, print_line},
    compose,
    listening::{self, Bounds, HEAD_PATIENCE, READER_PATIENCE},
    web,
};

/// How long requests under way may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(5);
/// One network has at most so small a part of all connections: a quarter.
const SHARE: usize = 4;
/// How often what ended is swept out of the database.
const SWEEP: Duration = Duration::from_secs(3600);
/// How often the count of refused webhooks is moved into the database.
const COUNT: Duration = Duration::from_secs(10);

/// Serves until the process is told to stop.
pub(crate) async fn run(args: ServeArgs) -> Result<(), Failure> {
    let listener = listen(args.serve.addr).await?;
    let addr = listener.local_addr()?;
    let services = compose::services(&args, addr).await?;
    let url = services.public_url().to_string();
    let routes = web::routes(&services);
    start_background(&services).await?;
    if args.json {
        print_line(&json!({ "url": url, "addr": addr.to_string() }).to_string());
    }
    tracing::info!(%addr, %url, "serving");
    serve(listener, routes, &args.serve).await;
    services.close().await;
    Ok(())
}

/// Listens, or says plainly why not.
pub(crate) async fn listen(addr: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(addr).await.map_err(|error| format!("cannot listen on {addr}: {error}").into())
}

/// Takes up what an earlier process left, and keeps the database swept.
pub(crate) async fn start_background(services: &Services) -> Result<(), Failure> {
    let live = services.live().clone();
    // Streams would hold the process for as long as their browsers stay.
    tokio::spawn(async move {
        stopped().await;
        live.close();
    });
    live::spawn_relay(services.live(), services.db()).await?;
    tokio::spawn(server::follow_apps(services.clone()));
    connect::resume_applying(services).await?;
    connect::resume_disconnecting(services).await?;
    connect::resume_subscribing(services).await?;
    services.tasks().spawn(server::jobs::work(services.clone()));
    services.tasks().spawn(server::outbox::work(services.clone()));
    tokio::spawn(count_refusals(services.clone()));
    ingest::spawn_worker(services);
    let services = services.clone();
    tokio::spawn(async move {
        let mut hours = tokio::time::interval(SWEEP);
        loop {
            hours.tick().await;
            if let Err(error) = server::sweep(&services).await {
                tracing::warn!(%error, "what ended could not be swept out of the database");
            }
        }
    });
    Ok(())
}

async fn count_refusals(services: Services) {
    let mut ticks = tokio::time::interval(COUNT);
    loop {
        ticks.tick().await;
        if let Err(error) = services.refusals().flush(services.db()).await {
            tracing::warn!(%error, "the count of refused webhooks could not be kept");
        }
    }
}

/// Answers requests until the process is told to stop.
pub(crate) async fn serve(listener: TcpListener, routes: Router, settings: &ServeSettings) {
    let connections = usize::try_from(settings.max_connections).unwrap_or(usize::MAX);
    // Behind a proxy all come from one address.
    let each = (!settings.trust_proxy).then(|| connections.div_ceil(SHARE));
    let bounds = Bounds { head_patience: HEAD_PATIENCE, reader_patience: READER_PATIENCE, connections, each };
    listening::serve(listener, routes, bounds, stopped(), GRACE).await;
}

/// Waits for Ctrl-C or the signal to terminate.
pub(crate) async fn stopped() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
