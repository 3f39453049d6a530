//! How fast accepted webhooks reach their conversations; `tools/bench/apply.sh` runs it on both databases.
//!
//! `cargo run --release -p server --example apply_bench -- [--database-url postgres://…] drain` fills the journal, applies it
//! and prints deliveries a second and the memory that it took. `serve` listens instead, prints where, and prints how long it
//! took from the first accepted webhook until the last of `--deliveries` was in its conversation. It asserts nothing.
#![allow(clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "it fills the tables behind the product's back")]

use std::{
    error::Error,
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, Instant},
};

use axum::serve::ListenerExt as _;
use clap::{Parser, ValueEnum};
use secrecy::SecretString;
use server::{
    Parts, Services,
    clock::Clock,
    config::MetaSettings,
    connect::MetaSetup,
    db::{
        DatabaseUrl, Db, OpenOptions,
        journal::{Entry, Writer},
    },
    entropy::Entropy,
    http, ingest,
    meta::{AppId, Transport, TransportSettings},
    vault::KeyRing,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

#[derive(Debug, Parser)]
struct Args {
    mode: Mode,
    /// A PostgreSQL server; SQLite in a folder of its own without one.
    #[arg(long)]
    database_url: Option<String>,
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    #[arg(long, default_value_t = 100_000)]
    deliveries: u64,
    #[arg(long, default_value_t = 100)]
    tenants: u64,
    /// Numbers that receive messages.
    #[arg(long, default_value_t = 10_000)]
    phones: u64,
    /// Routes besides those.
    #[arg(long, default_value_t = 0)]
    more_routes: u64,
    #[arg(long, default_value_t = 5)]
    runs: usize,
    #[command(flatten)]
    meta: MetaSettings,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mode {
    Drain,
    Serve,
}

/// The numbers that `webhook-load` is told to write to begin here.
const FIRST_PHONE: u64 = 100_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    match args.mode {
        Mode::Drain => {
            let mut rates = Vec::new();
            for _ in 0..args.runs.max(1) {
                rates.push(drain(&args).await?);
            }
            rates.sort_by(f64::total_cmp);
            println!("{:.0} a second, median of {} (peak memory {} MB)", rates[rates.len() / 2], rates.len(), peak());
        }
        Mode::Serve => serve(&args).await?,
    }
    Ok(())
}

/// Fills the journal, then applies it.
async fn drain(args: &Args) -> Result<f64, Box<dyn Error>> {
    let place = Place::new(args).await?;
    let services = place.services(args).await?;
    seed(services.db(), args).await?;
    let mut writer = Writer::open(services.db(), services.clock().now()).await?;
    let app: AppId = "1".parse()?;
    let mut next = 0;
    while next < args.deliveries {
        let end = (next + 128).min(args.deliveries);
        let bodies: Vec<String> = (next..end).map(|n| body(FIRST_PHONE + n % args.phones, n)).collect();
        let entries: Vec<_> = bodies.iter().map(|body| Entry { meta_app_id: &app, body: body.as_bytes() }).collect();
        writer.insert(&entries, services.clock().now()).await?;
        next = end;
    }
    writer.close().await;
    place.settle(services.db()).await?;
    let started = Instant::now();
    ingest::drain(&services).await?;
    let rate = args.deliveries as f64 / started.elapsed().as_secs_f64();
    let applied = count(services.db(), "SELECT COUNT(*) FROM messages").await?;
    println!("applied {applied} in {:.2} s: {rate:.0} a second", started.elapsed().as_secs_f64());
    services.close().await;
    place.remove().await?;
    Ok(rate)
}

async fn serve(args: &Args) -> Result<(), Box<dyn Error>> {
    let place = Place::new(args).await?;
    let services = place.services(args).await?;
    seed(services.db(), args).await?;
    place.settle(services.db()).await?;
    ingest::spawn_worker(&services);
    let listener = tokio::net::TcpListener::bind(args.addr).await?;
    println!("{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let routes = http::webhooks(&services).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let mut committed = services.journal().committed();
    committed.changed().await?;
    let started = Instant::now();
    // A process that begins has a number of its own, from which its deliveries are counted.
    const APPLIED: &str =
        "SELECT CAST(COALESCE(SUM(applied_through - id * 1099511627776), 0) AS BIGINT) FROM journal_writers";
    while count(services.db(), APPLIED).await? < args.deliveries.try_into()? {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let seconds = started.elapsed().as_secs_f64();
    let rate = args.deliveries as f64 / seconds;
    println!("end to end {} in {seconds:.2} s: {rate:.0} a second (peak memory {} MB)", args.deliveries, peak());
    services.close().await;
    place.remove().await?;
    Ok(())
}

/// The body that `webhook-load` sends.
fn body(phone: u64, n: u64) -> String {
    let (account, user) = (900_000_000 + phone, n % 10_000);
    let seconds = 1_760_000_000 + n / 1000;
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"{account}","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"{phone}"}},"contacts":[{{"profile":{{"name":"Sheena Nelson"}},"wa_id":"1650551{user:04}","user_id":"US.13491208655302{user:04}"}}],"messages":[{{"from":"1650551{user:04}","from_user_id":"US.13491208655302{user:04}","id":"wamid.bench{n:012}","timestamp":"{seconds}","type":"text","text":{{"body":"Does it come in another color? Order {n}"}}}}]}},"field":"messages"}}]}}]}}"#
    )
}

/// Where one run keeps its data.
enum Place {
    Folder(PathBuf),
    Schema { url: String, name: String },
}

impl Place {
    async fn new(args: &Args) -> Result<Self, Box<dyn Error>> {
        let name = format!("apply_bench_{}", hex::encode(Entropy::os().bytes::<6>()));
        match &args.database_url {
            None => Ok(Self::Folder(std::env::temp_dir().join(name))),
            Some(url) => {
                let mut admin = PgConnection::connect(url).await?;
                sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&mut admin).await?;
                Ok(Self::Schema { url: url.clone(), name })
            }
        }
    }

    async fn services(&self, args: &Args) -> Result<Services, Box<dyn Error>> {
        let (url, schema) = match self {
            Self::Folder(folder) => (DatabaseUrl::Sqlite(folder.join("attache.db")), None),
            Self::Schema { url, name } => (DatabaseUrl::Postgres(SecretString::from(url.clone())), Some(name.clone())),
        };
        let public_url = "http://127.0.0.1/".parse()?;
        Ok(Services::new(Parts {
            clock: Clock::system(),
            entropy: Entropy::os(),
            db: Db::open(&OpenOptions { url, max_connections: 4, migrate: true, schema }).await?,
            keys: KeyRing::parse(&SecretString::from("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))?,
            transport: Transport::new(TransportSettings::default())?,
            meta: MetaSetup::from_settings(&args.meta, &public_url)?,
            public_url,
            trust_proxy: false,
            keep_deliveries: Duration::from_secs(30 * 86_400),
        })?)
    }

    /// What a database in use has long behind it: statistics, an empty log.
    async fn settle(&self, db: &Db) -> Result<(), Box<dyn Error>> {
        match db {
            Db::Sqlite { write, .. } => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await?;
            }
            Db::Postgres(pool) => {
                for table in ["routes", "assets", "journal"] {
                    sqlx::query(AssertSqlSafe(format!("ANALYZE {table}"))).execute(pool).await?;
                }
                sqlx::query("CHECKPOINT").execute(pool).await?;
            }
        }
        Ok(())
    }

    async fn remove(self) -> Result<(), Box<dyn Error>> {
        match self {
            Self::Folder(folder) => std::fs::remove_dir_all(folder)?,
            Self::Schema { url, name } => {
                let mut admin = PgConnection::connect(&url).await?;
                sqlx::query(AssertSqlSafe(format!("DROP SCHEMA {name} CASCADE"))).execute(&mut admin).await?;
            }
        }
        Ok(())
    }
}

/// Tenants with their numbers, and routes that nothing is sent to.
async fn seed(db: &Db, args: &Args) -> Result<(), Box<dyn Error>> {
    let (tenants, phones, more) = (args.tenants, args.phones, args.more_routes);
    let id = |prefix: &str, of: &str| {
        format!("'{prefix}_' || SUBSTR('{:032}' || CAST({of} AS TEXT), LENGTH(CAST({of} AS TEXT)) + 1)", 0)
    };
    let numbers =
        |count: u64| format!("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)");
    let (of_tenant, tenant) = (format!("(i % {tenants})"), id("ten", "i"));
    let (user, connection, asset) = (id("usr", "0"), id("con", &of_tenant), id("ast", "i"));
    let owner = id("ten", &of_tenant);
    let mut statements = vec![
        format!(
            "INSERT INTO users (id, email, name, password_hash, operator, sessions_valid_from, created_at)
            VALUES ({user}, 'a@example.com', 'Ada', '-', FALSE, 0, 0)"
        ),
        format!("INSERT INTO tenants (id, name, created_at) {} SELECT {tenant}, 'Shop', 0 FROM n", numbers(tenants)),
        format!(
            "INSERT INTO connections (id, tenant_id, connected_by, meta_app_id, meta_user_id, meta_user_name, token_kind,
                status, permissions, created_at, checked_at) {} SELECT {connection}, {tenant}, {user}, '1', '7', 'Ada',
                'user', 'connected', '{{}}', 0, 0 FROM n",
            numbers(tenants)
        ),
        format!(
            "INSERT INTO assets (id, tenant_id, connection_id, kind, meta_id, name, detail, selected, pending) {}
            SELECT {asset}, {owner}, {connection}, 'whatsapp_number', CAST({FIRST_PHONE} + i AS TEXT), 'Number', '{{}}',
                TRUE, FALSE FROM n",
            numbers(phones)
        ),
        format!(
            "INSERT INTO routes (kind, meta_id, tenant_id, asset_id, created_at, meta_app_id) {} SELECT 'whatsapp_number',
                CAST({FIRST_PHONE} + i AS TEXT), {owner}, {asset}, 0, '1' FROM n",
            numbers(phones)
        ),
    ];
    if more > 0 {
        let first = id("ast", "0");
        statements.push(format!(
            "INSERT INTO routes (kind, meta_id, tenant_id, asset_id, created_at, meta_app_id) {} SELECT 'whatsapp_number',
                CAST(500000000000 + i * 7919 % 499999999979 AS TEXT), {owner}, {first}, 0, '1' FROM n",
            numbers(more)
        ));
    }
    for sql in statements {
        let sql = AssertSqlSafe(sql);
        match db {
            Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(|_| ())?,
            Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|_| ())?,
        }
    }
    Ok(())
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
