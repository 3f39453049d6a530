//! What changed in a tenant, or in the installation.

use std::time::Duration;

use axum::response::sse::Event;
use serde::Serialize;
use tokio::time::Instant;

use crate::{
    accounts::Actor,
    error::Result,
    live::{Cursor, Watch},
    services::Services,
};

/// The least time between two events of a stream. What changes meanwhile comes with the next.
const REST: Duration = Duration::from_secs(1);

#[derive(Serialize)]
struct Changed {
    what: Vec<&'static str>,
}

/// Event `changed`, whose data is `{"what":["asset","delivery"]}` and whose id is the cursor to go on from.
pub(super) struct TenantEvents {
    told: Watch,
    /// What the event says in the place of the kinds, where there are none.
    one_kind: Option<&'static str>,
    not_before: Instant,
}

impl TenantEvents {
    /// # Errors
    /// [`crate::error::Error::Forbidden`] for a person without a tenant.
    pub(super) fn begin(services: &Services, actor: &Actor, after: Option<Cursor>) -> Result<Self> {
        let told = services.live().watch_tenant(&actor.member()?.tenant_id, after);
        Ok(Self { told, one_kind: None, not_before: Instant::now() })
    }

    /// The same of the installation, whose data is `{"what":["installation"]}`.
    ///
    /// # Errors
    /// [`crate::error::Error::Forbidden`] unless the person is an operator.
    pub(super) fn of_installation(services: &Services, actor: &Actor, after: Option<Cursor>) -> Result<Self> {
        actor.operator()?;
        let told = services.live().watch_installation(after);
        Ok(Self { told, one_kind: Some("installation"), not_before: Instant::now() })
    }

    pub(super) async fn next(&mut self) -> Option<(Event, bool)> {
        tokio::time::sleep_until(self.not_before).await;
        let hints = self.told.changed().await;
        let what = self.one_kind.map_or_else(|| hints.iter().map(|hint| hint.name()).collect(), |kind| vec![kind]);
        self.not_before = Instant::now() + REST;
        let event = Event::default().event("changed").id(self.told.cursor().to_string());
        Some((event.json_data(Changed { what }).ok()?, false))
    }
}
