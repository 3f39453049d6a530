//! The log, on standard error.

use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct LogSettings {
    /// What to log, as in `info` or `server=debug`.
    #[arg(long = "log", env = "RUST_LOG", default_value = "info", global = true, value_parser = parse_filter)]
    filter: String,
    /// Write JSON lines.
    #[arg(long = "log-json", env = "ATTACHE_LOG_JSON", default_value_t = false, global = true)]
    log_json: bool,
}

/// A filter that cannot be read is an error at the start, and not a silent `info`.
fn parse_filter(text: &str) -> Result<String, String> {
    EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
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
