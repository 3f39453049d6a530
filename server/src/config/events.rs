//! How events are sent to the businesses' own systems.

use crate::outbox::OutboxSettings;

/// Signed events for the businesses' own systems.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct EventsSettings {
    /// Allow endpoints by plain http and at addresses that are not public. Whoever may add an endpoint then reaches the
    /// network around Attaché: only for trying things out, or where every business here is trusted with it.
    #[arg(long = "events-allow-private", env = "ATTACHE_EVENTS_ALLOW_PRIVATE", default_value_t = false)]
    pub allow_private: bool,
}

impl EventsSettings {
    /// How events are sent.
    pub fn outbox(&self) -> OutboxSettings {
        OutboxSettings { allow_private: self.allow_private, ..OutboxSettings::default() }
    }
}
