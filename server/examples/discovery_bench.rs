//! How fast a discovery of the `agency` world is beside the plain way: listing the Pages, then asking for each one.
//!
//! `cargo run --release -p server --example discovery_bench [-- RUNS]` starts the simulator in this process with 50 ms of
//! latency per answer and prints medians, calls, operations, rounds and the ratio. It asserts nothing.
#![allow(clippy::print_stdout, missing_docs)]

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use secrecy::SecretString;
use serde::de::IgnoredAny;
use server::{
    clock::Clock,
    connect::discover::{Silent, discover},
    meta::{
        AccessToken, GraphCall, GraphClient, GraphVersion, Listing, MetaApp, PageId, Product, Transport,
        TransportSettings,
    },
};
use simulator::{Options, World};

const LATENCY: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let runs: usize = std::env::args().nth(1).and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let world = World::agency();
    let (app_id, secret) = (world.app.id.parse()?, SecretString::from(world.app.secret.clone()));
    let person = world.people.first().map(|person| person.id.clone()).ok_or("the world has nobody")?;
    let meta = simulator::start(Options { world, latency: LATENCY, ..Options::default() }).await?;
    let app = MetaApp {
        product: Product::Facebook,
        app_id,
        app_secret: secret,
        graph_version: GraphVersion::TESTED,
        graph_url: meta.url.clone(),
        dialog_url: meta.url.clone(),
    };
    let graph = GraphClient::new(Transport::new(TransportSettings::default())?, Arc::new(app), Clock::system());
    let token = AccessToken::new(meta.control().mint_user_token(&person));
    let facts = graph.debug_token(&token).await?;

    let mut times = Vec::new();
    let mut pages = Vec::new();
    for _ in 0..runs.max(1) {
        meta.control().clear_requests();
        let started = Instant::now();
        let found = discover(&graph, &token, &facts, &Silent).await?;
        times.push(started.elapsed());
        pages = found.pages.into_iter().map(|page| page.id).collect();
    }
    let (calls, operations, rounds) =
        (meta.control().call_count(), meta.control().operation_count(), meta.control().rounds());
    let fast = median(&mut times);

    let mut times = Vec::new();
    for _ in 0..runs.max(1) {
        meta.control().clear_requests();
        times.push(one_call_per_page(&graph, &token, &pages).await?);
    }
    let plain_calls = meta.control().call_count();
    let plain = median(&mut times);

    println!("agency world: {} Pages, {} ms latency, median of {runs}", pages.len(), LATENCY.as_millis());
    println!("discovery           {:>9.1} ms  {calls} calls, {operations} operations, {rounds} rounds", millis(fast));
    println!("one call per Page   {:>9.1} ms  {plain_calls} calls, one after another", millis(plain));
    println!("ratio               {:>9.1}", millis(plain) / millis(fast));
    Ok(())
}

/// The plain way: one list, then one question per Page, each after the one before.
async fn one_call_per_page(
    graph: &GraphClient,
    token: &AccessToken,
    pages: &[PageId],
) -> Result<Duration, Box<dyn Error>> {
    let started = Instant::now();
    let listing = Listing::new("me/accounts", "me/accounts", "id", token);
    graph.list::<IgnoredAny>(&listing, |_| ()).await.complete()?;
    for page in pages {
        let fields = "id,name,access_token,category,tasks,picture.type(large),\
                      instagram_business_account{id,username,name,profile_picture_url}";
        let call = GraphCall::get("{page}", page.as_str(), token).with("fields", fields);
        graph.call::<IgnoredAny>(call).await?;
    }
    Ok(started.elapsed())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
