//! Everything that is logged, at every level, by every crate and on every thread of this process.

use std::{
    io,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use tracing_subscriber::{
    EnvFilter,
    fmt::{MakeWriter, format::FmtSpan},
};

/// What was logged so far.
#[derive(Clone, Default)]
pub(crate) struct Logs(Arc<Mutex<Vec<u8>>>);

static LOGS: OnceLock<Logs> = OnceLock::new();

impl Logs {
    /// Begins to listen, for as long as the process lives.
    pub(crate) fn listen() -> Self {
        let logs = LOGS.get_or_init(|| {
            let logs = Self::default();
            // The cookie store belongs to the browser that tests play.
            let everything = EnvFilter::new("trace,cookie_store=off");
            tracing_subscriber::fmt()
                .with_env_filter(everything)
                .with_span_events(FmtSpan::FULL)
                .with_ansi(false)
                .with_writer(logs.clone())
                .init();
            logs
        });
        logs.clone()
    }

    /// The lines so far.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl io::Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Logs {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
