//! The log, on standard error.

use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct LogSettings {
    /// What to log, as in `info` or `server=debug`.
    #[arg(long = "log", env = "RUST_LOG", default_value = "info", global = true)]
    filter: String,
    /// Write JSON lines.
    #[arg(long = "log-json", env = "ATTACHE_LOG_JSON", default_value_t = false, global = true)]
    log_json: bool,
}

/// Begins to log.
pub(crate) fn init(settings: &LogSettings) {
    let filter = EnvFilter::try_new(&settings.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if settings.log_json {
        log.json().init();
    } else {
        log.compact().init();
    }
}
