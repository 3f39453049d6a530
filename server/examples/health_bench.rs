//! Looking after many connections for a simulated day, beside the budget that Meta gives the app.
//!
//! `cargo run --release -p server --example health_bench` connects `--tenants` businesses with ten assets each to the simulator,
//! moves the clock through a day minute by minute, and prints how many assets were asked about, with how many requests, and the
//! highest share of the app's hourly budget as the simulator counted it. It asserts nothing.
#![allow(clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "it fills the tables behind the product's back")]

use std::{
    error::Error,
    net::SocketAddr,
    time::{Duration, Instant},
};

use clap::Parser;
use secrecy::SecretString;
use serde_json::{Value, json};
use server::{
    Parts, Services,
    accounts::Actor,
    clock::{Clock, Timestamp},
    config::MetaSettings,
    connect::{self, CallbackQuery, MetaSetup},
    db::{DatabaseUrl, Db, OpenOptions, attempts::Flow, memberships, users},
    entropy::Entropy,
    http,
    ids::{TenantId, UserId},
    ingest::IntakeSettings,
    mail::Mailer,
    meta::{Transport, TransportSettings},
    vault::KeyRing,
};
use simulator::{Consent, Control, World};
use sqlx::AssertSqlSafe;

#[derive(Debug, Parser)]
struct Args {
    /// Businesses, with one connection and ten assets each.
    #[arg(long, default_value_t = 1_000)]
    tenants: usize,
    /// Calls that the app may make in an hour: 200 for each person who uses it in a day.
    #[arg(long, default_value_t = 200)]
    budget: u32,
}

const MINUTE: Duration = Duration::from_secs(60);
/// The first turns are spread over the day that begins in an hour.
const MINUTES: u64 = 25 * 60 + 5;
const PAGES: usize = 5;
const NUMBERS: usize = 3;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let start = Timestamp::from_seconds(1_780_308_000);
    let options = simulator::Options { world: world(args.tenants)?, ..simulator::Options::default() };
    let meta = simulator::start(options).await?;
    let control = meta.control();
    control.freeze(start.as_seconds());
    let folder = std::env::temp_dir().join(format!("health_bench_{}", hex::encode(Entropy::os().bytes::<6>())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let clock = Clock::fixed(start);
    let services = services(&folder, &clock, &meta, listener.local_addr()?).await?;
    let app = http::webhooks(&services).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let began = Instant::now();
    for number in 0..args.tenants {
        connect(&services, &control, number).await?;
    }
    println!("connected {} businesses in {:.1} s", args.tenants, began.elapsed().as_secs_f64());
    server::sweep(&services).await?;
    control.switch(|switches| {
        switches.budgets.app = args.budget;
        switches.budgets.user = args.budget;
    });
    control.clear_requests();
    let began = Instant::now();
    let (mut requests, mut operations) = (0, 0);
    for minute in 0..MINUTES {
        clock.advance(MINUTE);
        control.advance(MINUTE);
        if minute % 60 == 0 {
            server::sweep(&services).await?;
        }
        server::jobs::run_due(&services).await?;
        requests += control.call_count();
        operations += control.operation_count();
        control.clear_requests();
    }
    let asked = number(&services, "SELECT COUNT(DISTINCT asset_id) FROM asset_health").await?;
    let well = number(&services, "SELECT COUNT(*) FROM assets WHERE selected AND problem IS NULL").await?;
    println!("asked about {asked} assets of {} businesses in a simulated day, {well} of them well", args.tenants);
    println!(
        "{requests} requests, {operations} operations as Meta counts them; {:.1} s here",
        began.elapsed().as_secs_f64()
    );
    println!(
        "the app's budget of {} an hour: at most {} % used, as the simulator counted; all at once it would be {} %",
        args.budget,
        control.app_usage_peak(),
        2 * args.tenants as u64 * 100 / u64::from(args.budget),
    );
    services.close().await;
    server.abort();
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

fn id(kind: u64, tenant: usize, place: usize) -> String {
    format!("{}", kind * 1_000_000_000_000 + (tenant * 100 + place) as u64 + 1)
}

/// A portfolio with five Pages, a WhatsApp account with three numbers, and an ad account, for each business.
fn world(tenants: usize) -> Result<World, Box<dyn Error>> {
    let each = |rows: &dyn Fn(usize) -> Vec<Value>| (0..tenants).flat_map(rows).collect::<Vec<_>>();
    let pages = |n| (0..PAGES).map(move |place| id(110, n, place));
    let numbers = |n| (0..NUMBERS).map(move |place| id(190, n, place));
    let world = json!({
        "name": "many",
        "people": each(&|n| {
            let mut sees: Vec<String> = pages(n).collect();
            sees.extend([id(550, n, 0), id(102, n, 0), format!("act_{}", id(880, n, 0))]);
            vec![json!({"id": id(122, n, 0), "name": format!("Person {n}"), "sees": {"only": sees}})]
        }),
        "businesses": each(&|n| vec![json!({"id": id(550, n, 0), "name": format!("Business {n}")})]),
        "pages": each(&|n| {
            pages(n).map(|page| json!({"id": page, "name": format!("Page {page}"), "business": id(550, n, 0)})).collect()
        }),
        "whatsapp_accounts": each(&|n| {
            vec![json!({"id": id(102, n, 0), "name": format!("Account {n}"), "business": id(550, n, 0)})]
        }),
        "phone_numbers": each(&|n| {
            let number = |number: String| json!({"id": number, "waba": id(102, n, 0), "display_phone_number": format!("+34 {number}")});
            numbers(n).map(number).collect()
        }),
        "ad_accounts": each(&|n| {
            vec![json!({"id": format!("act_{}", id(880, n, 0)), "name": format!("Ads {n}"), "business": id(550, n, 0)})]
        }),
    });
    Ok(World::from_json(&world.to_string())?)
}

async fn services(
    folder: &std::path::Path,
    clock: &Clock,
    meta: &simulator::Running,
    addr: SocketAddr,
) -> Result<Services, Box<dyn Error>> {
    let public_url = format!("http://{addr}/").parse()?;
    let app = meta.control().world().app;
    let settings = MetaSettings {
        app_id: Some(app.id),
        app_secret: Some(SecretString::from(app.secret)),
        ..MetaSettings::simulated(&meta.url, &meta.url)?
    };
    let options = OpenOptions {
        url: DatabaseUrl::Sqlite(folder.join("attache.db")),
        max_connections: 4,
        migrate: true,
        schema: None,
    };
    Ok(Services::new(Parts {
        clock: clock.clone(),
        entropy: Entropy::seeded(7),
        db: Db::open(&options).await?,
        keys: KeyRing::parse(&SecretString::from("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))?,
        transport: Transport::new(TransportSettings::default())?,
        meta: MetaSetup::from_settings(&settings, &public_url)?,
        public_url,
        trust_proxy: false,
        intake: IntakeSettings::default(),
        mailer: Mailer::default(),
        outbox: server::outbox::Outbox::new(&server::outbox::OutboxSettings::default())?,
    })?)
}

/// A business, its owner, and the whole way of connecting; everything that can be chosen is.
async fn connect(services: &Services, control: &Control, number: usize) -> Result<(), Box<dyn Error>> {
    let (tenant, user) = (TenantId::new(services.ids()), UserId::new(services.ids()));
    for sql in [
        format!("INSERT INTO tenants (id, name, created_at) VALUES ('{tenant}', 'Business {number}', 0)"),
        format!(
            "INSERT INTO users (id, email, name, password_hash, operator, sessions_valid_from, created_at)
            VALUES ('{user}', 'owner{number}@example.com', 'Owner {number}', '-', FALSE, 0, 0)"
        ),
        format!(
            "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{tenant}', '{user}', 'owner', 0)"
        ),
    ] {
        if let Db::Sqlite { write, .. } = services.db() {
            sqlx::query(AssertSqlSafe(sql)).execute(write).await?;
        }
    }
    let person = users::get(services.db(), &user).await?.ok_or("no user")?;
    let member = memberships::list_by_user_across_tenants(services.db(), &user).await?;
    let actor = Actor::new(person, member, Some(&tenant));
    let begun = connect::begin(services, &actor, "session", Flow::Redirect, None).await?;
    let consent = Consent::everything().by(&id(122, number, 0));
    let back = control.approve(begun.dialog_url.as_str(), &consent).map_err(|page| format!("{page:?}"))?;
    let code = back.query_pairs().find(|(name, _)| name == "code").ok_or("no code")?.1.into_owned();
    let query = CallbackQuery {
        code: Some(code.into()),
        state: Some(begun.state.clone()),
        error: None,
        error_code: None,
        error_message: None,
        error_reason: None,
    };
    connect::callback(services, &actor, "session", query).await?;
    settle(services).await?;
    let view = connect::view_attempt(services, &actor, &begun.attempt).await?;
    let choosable = view.assets.iter().filter(|row| row.unusable.is_none());
    let chosen: Vec<_> = choosable
        .filter(|row| row.asset.kind != server::asset_kind::AssetKind::Business)
        .map(|row| row.asset.id.clone())
        .collect();
    connect::choose(services, &actor, &begun.attempt, &chosen).await?;
    settle(services).await
}

async fn settle(services: &Services) -> Result<(), Box<dyn Error>> {
    services.tasks().close();
    services.tasks().wait().await;
    services.tasks().reopen();
    server::jobs::run_due(services).await?;
    Ok(())
}

async fn number(services: &Services, sql: &'static str) -> Result<i64, Box<dyn Error>> {
    match services.db() {
        Db::Sqlite { read, .. } => Ok(sqlx::query_scalar(sql).fetch_one(read).await?),
        Db::Postgres(pool) => Ok(sqlx::query_scalar(sql).fetch_one(pool).await?),
    }
}
