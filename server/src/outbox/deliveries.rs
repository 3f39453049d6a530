//! What was sent to an endpoint, having it sent again, and trying one out.

use super::endpoints;
use crate::{
    accounts::{Actor, limits::SENDINGS_BY_TENANT},
    clock::Timestamp,
    db::{
        event_deliveries::{self, DeliveryFilter, DeliveryState, EventDelivery},
        from_json,
        webhook_endpoints::WebhookEndpoint,
    },
    error::{Error, Result},
    event::Event,
    explanation::Explanation,
    ids::{OutgoingEventId, WebhookEndpointId},
    live::Hint,
    services::Services,
    words::failures::events as failures,
};

/// A delivery.
#[derive(Debug, Clone)]
pub struct DeliveryView {
    /// Of which event.
    pub event_id: OutgoingEventId,
    /// The event's type.
    pub kind: String,
    /// What it says, JSON.
    pub body: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried since it was last asked for.
    pub tries: i64,
    /// When it is tried next, while it waits.
    pub next_at: Option<Timestamp>,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// How long that took, milliseconds.
    pub took: Option<i64>,
    /// The status that was answered then.
    pub status: Option<i64>,
    /// Why that was no success.
    pub problem: Option<Explanation>,
    /// How the answer began that was none.
    pub answer: Option<String>,
}

impl DeliveryView {
    fn new(row: EventDelivery) -> Result<Self> {
        Ok(Self {
            event_id: row.event_id,
            kind: row.kind,
            body: row.body,
            created_at: Timestamp::from_millis(row.created_at),
            next_at: (row.state == DeliveryState::Waiting).then(|| Timestamp::from_millis(row.next_at)),
            state: row.state,
            tries: row.tries,
            tried_at: row.tried_at.map(Timestamp::from_millis),
            took: row.took,
            status: row.status,
            problem: row.problem.as_deref().map(from_json).transpose()?,
            answer: row.answer,
        })
    }
}

/// A page of deliveries.
#[derive(Debug, Clone)]
pub struct DeliveryPage {
    /// The latest event first.
    pub rows: Vec<DeliveryView>,
    /// Where the next page begins, when there may be one.
    pub next: Option<OutgoingEventId>,
}

/// What was and is to be sent to an endpoint.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn list_deliveries(
    services: &Services,
    actor: &Actor,
    id: &WebhookEndpointId,
    filter: &DeliveryFilter,
    limit: i64,
) -> Result<DeliveryPage> {
    let tenant = actor.admin()?.tenant_id;
    endpoints::of_tenant(services, &tenant, id).await?;
    let mut rows = event_deliveries::list(services.db(), &tenant, id, filter, limit.saturating_add(1)).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > limit);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|last| last.event_id.clone());
    Ok(DeliveryPage { rows: rows.into_iter().map(DeliveryView::new).collect::<Result<_>>()?, next })
}

/// Has an event sent to an endpoint once more, from the first try on.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`]; [`Error::Conflict`] for an endpoint that is
/// disabled; [`Error::Busy`] after too many.
pub async fn replay(services: &Services, actor: &Actor, id: &WebhookEndpointId, event: &OutgoingEventId) -> Result<()> {
    let actor = actor.admin()?;
    let endpoint = endpoints::of_tenant(services, &actor.tenant_id, id).await?;
    in_use(&endpoint)?;
    SENDINGS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let now = services.clock().now();
    if !event_deliveries::replay(services.db(), &actor.tenant_id, id, event, now).await? {
        return Err(Error::NotFound("event"));
    }
    super::wake(services);
    services.live().tenant_changed(&actor.tenant_id, Hint::Endpoint);
    Ok(())
}

/// Has everything that was given up sent to an endpoint once more. Answers how much.
///
/// # Errors
/// As [`replay`].
pub async fn replay_failed(services: &Services, actor: &Actor, id: &WebhookEndpointId) -> Result<u64> {
    let actor = actor.admin()?;
    let endpoint = endpoints::of_tenant(services, &actor.tenant_id, id).await?;
    in_use(&endpoint)?;
    SENDINGS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let now = services.clock().now();
    let replayed = event_deliveries::replay_failed(services.db(), &actor.tenant_id, id, now).await?;
    super::wake(services);
    services.live().tenant_changed(&actor.tenant_id, Hint::Endpoint);
    Ok(replayed)
}

/// Sends a test event to an endpoint, whatever types it takes. Answers the event.
///
/// # Errors
/// As [`replay`].
pub async fn send_test(services: &Services, actor: &Actor, id: &WebhookEndpointId) -> Result<OutgoingEventId> {
    let actor = actor.admin()?;
    let endpoint = endpoints::of_tenant(services, &actor.tenant_id, id).await?;
    in_use(&endpoint)?;
    SENDINGS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let now = services.clock().now();
    let event = Event::of_test(OutgoingEventId::new(services.ids()), id, &actor.name, now)?;
    if !event_deliveries::insert(services.db(), &actor.tenant_id, id, &event, now).await? {
        return Err(Error::NotFound("webhook endpoint"));
    }
    super::wake(services);
    services.live().tenant_changed(&actor.tenant_id, Hint::Endpoint);
    Ok(event.id)
}

fn in_use(endpoint: &WebhookEndpoint) -> Result<()> {
    if endpoint.disabled_at.is_some() { Err(Error::Conflict(failures::disabled())) } else { Ok(()) }
}
