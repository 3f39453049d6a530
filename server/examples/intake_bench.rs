//! The webhooks' door alone, for measuring how fast it accepts; `tools/bench/intake.sh` loads it.
//!
//! `cargo run --release -p server --example intake_bench -- --store STORE [--addr 127.0.0.1:0] --data-dir DIR
//! [--database-url postgres://…] --meta-app-id 1 --meta-app-secret SECRET` prints where it listens. `nothing` verifies each
//! webhook and lets it go; `journal` is the product's own route. It runs until its standard input ends.
#![allow(clippy::print_stdout, missing_docs)]

use std::{error::Error, net::SocketAddr};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    routing::post,
    serve::ListenerExt as _,
};
use clap::Parser;
use secrecy::SecretString;
use server::{
    Parts, Services,
    clock::Clock,
    config::{MetaSettings, StorageSettings},
    connect::MetaSetup,
    db::{Db, OpenOptions},
    entropy::Entropy,
    http,
    ingest::{self, IntakeSettings},
    meta::{Transport, TransportSettings},
    vault::KeyRing,
};
use tokio::io::AsyncReadExt as _;

#[derive(Debug, Parser)]
struct Args {
    /// What becomes of a webhook.
    #[arg(long)]
    store: Store,
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    #[command(flatten)]
    storage: StorageSettings,
    #[command(flatten)]
    meta: MetaSettings,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Store {
    Nothing,
    Journal,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let services = services(&args).await?;
    let routes = match args.store {
        Store::Nothing => nothing(&services),
        Store::Journal => http::webhooks(&services),
    };
    let listener = tokio::net::TcpListener::bind(args.addr).await?;
    println!("{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    tokio::select! {
        served = axum::serve(listener, service) => served?,
        ended = async { tokio::io::stdin().read_to_end(&mut Vec::new()).await } => drop(ended?),
    }
    services.close().await;
    Ok(())
}

/// The same door, but nothing is kept.
fn nothing(services: &Services) -> Router {
    async fn verify(State(services): State<Services>, request: Request) -> StatusCode {
        let Ok(app) = ingest::app_for(&services, None) else { return StatusCode::NOT_FOUND };
        match http::read_signed(&services, &app, Vec::new, request).await {
            Ok(_) => StatusCode::OK,
            Err(refusal) => StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST),
        }
    }
    http::webhook_layers(Router::new().route("/webhooks/meta", post(verify)).with_state(services.clone()))
}

async fn services(args: &Args) -> Result<Services, Box<dyn Error>> {
    let public_url = "http://127.0.0.1/".parse()?;
    let options = OpenOptions { url: args.storage.database()?, max_connections: 4, migrate: true, schema: None };
    let parts = Parts {
        clock: Clock::system(),
        entropy: Entropy::os(),
        db: Db::open(&options).await?,
        keys: KeyRing::parse(&SecretString::from("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))?,
        transport: Transport::new(TransportSettings::default())?,
        meta: MetaSetup::from_settings(&args.meta, &public_url)?,
        public_url,
        trust_proxy: false,
        intake: IntakeSettings::default(),
        mailer: server::mail::Mailer::default(),
        outbox: server::outbox::Outbox::new(&server::outbox::OutboxSettings::default())?,
    };
    Ok(Services::new(parts)?)
}
