//! Settings: one struct per section, checked once at the start.
//!
//! Each setting is a flag of `attache serve` and a variable of the environment; the flag wins. Beside this only `src/settings.rs`
//! of the executable reads the environment, to lay the settings file below it.

mod events;
mod instagram;
mod key_file;
mod mail;
mod meta;

pub use events::EventsSettings;
pub use instagram::InstagramSettings;
pub use key_file::{KeyFileError, make_key_file, read_key_file};
pub use mail::MailSettings;
pub use meta::MetaSettings;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use secrecy::SecretString;
use url::Url;

use crate::{db::DatabaseUrl, ingest::IntakeSettings};

/// Where and how the product serves.
#[derive(Debug, Clone, clap::Args)]
pub struct ServeSettings {
    /// The address to listen on.
    #[arg(long, env = "ATTACHE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// The address people and Meta use, such as https://attache.example.com. Default: http:// and the listening address.
    #[arg(long, env = "ATTACHE_PUBLIC_URL", value_parser = parse_public_url)]
    pub public_url: Option<Url>,
    /// Read the address of the visitor from X-Forwarded-For: only behind a proxy that sets it.
    #[arg(long, env = "ATTACHE_TRUST_PROXY", default_value_t = false)]
    pub trust_proxy: bool,
    /// How many connections to hold open at once; whoever comes then waits until one ends. Unless a proxy is trusted, one network
    /// may have a quarter of them, and what it opens beyond that is closed.
    #[arg(long, env = "ATTACHE_MAX_CONNECTIONS", default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,
    /// How many days to keep what Meta sent as it came. What was made of it stays.
    #[arg(long, env = "ATTACHE_KEEP_DELIVERIES_DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub keep_deliveries_days: u32,
    /// How many megabytes of webhooks each business's own Meta app may have stored in a day; what is more is refused, and Meta
    /// sends it again later. Each webhook counts as a kilobyte at least. The installation's app has no such bound.
    #[arg(long, env = "ATTACHE_OWN_APP_WEBHOOKS_MB", default_value_t = 256, value_parser = clap::value_parser!(u32).range(3..=1_000_000))]
    pub own_app_webhooks_mb: u32,
}

impl ServeSettings {
    /// How much is kept of what Meta sends, and for how long.
    pub fn intake(&self) -> IntakeSettings {
        let keep = Duration::from_secs(u64::from(self.keep_deliveries_days) * 86_400);
        IntakeSettings { keep, own_app_mebibytes: self.own_app_webhooks_mb }
    }
}

/// Where things are kept.
#[derive(Debug, Clone, clap::Args)]
pub struct StorageSettings {
    /// The folder for the database file and the key file.
    #[arg(long, env = "ATTACHE_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// sqlite:PATH or postgres://…; POSTGRES_DSN is read too. Default: attache.db in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<SecretString>,
    /// Another name of DATABASE_URL.
    #[arg(long, env = "POSTGRES_DSN", hide = true, hide_env_values = true)]
    pub postgres_dsn: Option<SecretString>,
    /// How many database connections to hold at most.
    #[arg(long, env = "ATTACHE_DB_CONNECTIONS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub db_connections: u32,
    /// Refuse to start when the database schema is older than this version needs, instead of updating it.
    #[arg(long, env = "ATTACHE_NO_MIGRATE", default_value_t = false)]
    pub no_migrate: bool,
}

/// The keys that seal secrets.
#[derive(Debug, Clone, clap::Args)]
pub struct VaultSettings {
    /// The key ring: id:BASE64,id:BASE64,… (32 bytes each); the first seals, all open.
    #[arg(long = "encryption-key", env = "ENCRYPTION_KEY", hide_env_values = true)]
    pub key_ring: Option<SecretString>,
    /// A file that holds the key ring.
    #[arg(long = "encryption-key-file", env = "ENCRYPTION_KEY_FILE")]
    pub key_file: Option<PathBuf>,
}

impl StorageSettings {
    /// Which database the settings name.
    ///
    /// # Errors
    /// When the URL is neither SQLite's nor PostgreSQL's.
    pub fn database(&self) -> Result<DatabaseUrl, crate::db::OpenError> {
        use secrecy::ExposeSecret as _;
        match self.database_url.as_ref().or(self.postgres_dsn.as_ref()) {
            Some(url) => url.expose_secret().parse(),
            None => Ok(DatabaseUrl::Sqlite(self.data_dir.join("attache.db"))),
        }
    }
}

fn parse_public_url(text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|error| format!("not a URL: {error}"))?;
    let plain = matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none();
    if plain && url.has_host() && url.username().is_empty() {
        Ok(url)
    } else {
        Err("give scheme and host only, such as https://attache.example.com".into())
    }
}
