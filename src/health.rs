//! `attache healthcheck`.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use crate::commands::{Failure, print_line};

/// Which product to ask.
#[derive(Debug, clap::Args)]
pub(crate) struct HealthArgs {
    /// The address that it listens on.
    #[arg(long, env = "ATTACHE_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Succeeds when the product answers that it is ready.
pub(crate) async fn run(args: HealthArgs) -> Result<(), Failure> {
    #[allow(clippy::disallowed_methods, reason = "a command that asks its own product, not an outside system")]
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).no_proxy().build()?;
    let addr = reachable(args.addr);
    let answer = client.get(format!("http://{addr}/readyz")).send().await;
    let ready = answer.is_ok_and(|answer| answer.status().is_success());
    if args.json {
        print_line(&serde_json::json!({ "ready": ready }).to_string());
    }
    if ready { Ok(()) } else { Err(format!("no product is ready at {}", args.addr).into()) }
}

/// Where this machine reaches what listens on every address.
fn reachable(mut addr: SocketAddr) -> SocketAddr {
    match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => addr.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => addr.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    addr
}
