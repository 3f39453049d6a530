//! How fast accepted webhooks reach their conversations; `tools/bench/apply.sh` runs it on both databases.
//!
//! `cargo run --release -p server --example apply_bench -- [--database-url postgres://…] drain` fills the journal, applies it
//! and prints deliveries a second. `serve` listens instead, prints where, and prints how long it took from the first
//! accepted webhook until the last of `--deliveries`, and of the `--backlog` that it found, was in its conversation. Both
//! print lines of JSON, with the most memory that the process had. It asserts nothing.
#![allow(clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "it fills the tables behind the product's back")]

mod journal;
mod place;
mod seed;

use std::{
    error::Error,
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::serve::ListenerExt as _;
use clap::{Parser, ValueEnum};
use server::{config::MetaSettings, db::Db, http, ingest};

use crate::place::Place;

#[derive(Debug, Parser)]
struct Args {
    mode: Mode,
    /// A PostgreSQL server; SQLite in a folder of its own without one.
    #[arg(long)]
    database_url: Option<String>,
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    /// In `drain` what the journal holds, in `serve` what will be sent.
    #[arg(long, default_value_t = 100_000)]
    deliveries: u64,
    /// What the journal of a process that ended holds when `serve` begins.
    #[arg(long, default_value_t = 0)]
    backlog: u64,
    #[arg(long, default_value_t = 100)]
    tenants: u64,
    /// Numbers that receive messages.
    #[arg(long, default_value_t = 10_000)]
    phones: u64,
    /// Routes besides those.
    #[arg(long, default_value_t = 0)]
    more_routes: u64,
    #[command(flatten)]
    meta: MetaSettings,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mode {
    Drain,
    Serve,
}

/// The numbers that `webhook_load` is told to write to begin here.
const FIRST_PHONE: u64 = 100_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    match args.mode {
        Mode::Drain => drain(&args).await,
        Mode::Serve => serve(&args).await,
    }
}

/// Fills the journal, then applies it.
async fn drain(args: &Args) -> Result<(), Box<dyn Error>> {
    let place = Place::new(args).await?;
    let services = place.services(args).await?;
    seed::seed(services.db(), args).await?;
    journal::fill(&services, args.deliveries, args.phones).await?;
    place.settle(services.db()).await?;
    let started = Instant::now();
    ingest::drain(&services).await?;
    let seconds = started.elapsed().as_secs_f64();
    let applied = count(services.db(), "SELECT COUNT(*) FROM messages").await?;
    print(applied, seconds);
    services.close().await;
    place.remove().await
}

async fn serve(args: &Args) -> Result<(), Box<dyn Error>> {
    let place = Place::new(args).await?;
    let services = place.services(args).await?;
    seed::seed(services.db(), args).await?;
    if args.backlog > 0 {
        journal::fill(&services, args.backlog, args.phones).await?;
    }
    place.settle(services.db()).await?;
    let listener = tokio::net::TcpListener::bind(args.addr).await?;
    println!("{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let routes = http::webhooks(&services).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let mut committed = services.journal().committed();
    ingest::spawn_worker(&services);
    committed.changed().await?;
    let started = Instant::now();
    // A process that begins has a number of its own, from which its deliveries are counted.
    const APPLIED: &str =
        "SELECT CAST(COALESCE(SUM(applied_through - id * 1099511627776), 0) AS BIGINT) FROM journal_writers";
    let all = i64::try_from(args.deliveries + args.backlog)?;
    while count(services.db(), APPLIED).await? < all {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    print(all, started.elapsed().as_secs_f64());
    services.close().await;
    place.remove().await
}

fn print(applied: i64, seconds: f64) {
    let rate = (applied as f64 / seconds).round();
    println!(
        "{}",
        serde_json::json!({ "applied": applied, "seconds": seconds, "per_second": rate, "peak_mb": peak() })
    );
}

async fn count(db: &Db, sql: &'static str) -> Result<i64, sqlx::Error> {
    match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await,
        Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
    }
}

/// The most memory that this process had, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1000
}
