//! Endpoints, as people and programs of a tenant see and change them.

use std::collections::HashMap;

use secrecy::SecretString;
use url::Url;

use super::{address, secrets};
use crate::{
    accounts::Actor,
    db::{
        event_deliveries::{self, DeliveryCounts},
        webhook_endpoints::{self, Disabled, NewWebhookEndpoint, Settings, WebhookEndpoint, kinds_to_text},
    },
    error::{Error, Result},
    event::EventType,
    ids::{TenantId, WebhookEndpointId},
    live::Hint,
    services::Services,
    words::failures::events as failures,
};

/// How many endpoints a tenant may have.
pub const MOST_ENDPOINTS: i64 = 20;
/// The longest description, in characters.
const MOST_DESCRIPTION: usize = 200;

/// An endpoint that is to be made.
#[derive(Debug, Clone, Default)]
pub struct EndpointInput {
    /// Its address.
    pub url: String,
    /// What it is, for people; may be empty.
    pub description: String,
    /// The names of the types that it takes; every type, those to come too, when `None`.
    pub event_types: Option<Vec<String>>,
}

/// What is to change of an endpoint; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct EndpointPatch {
    /// Its address.
    pub url: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// The names of the types that it takes; every type when the inner one is `None`.
    pub event_types: Option<Option<Vec<String>>>,
    /// Whether it is in use.
    pub enabled: Option<bool>,
}

/// An endpoint that was just made.
#[derive(Debug)]
pub struct NewEndpoint {
    /// The endpoint.
    pub endpoint: EndpointView,
    /// Its secret. It is shown this once.
    pub secret: SecretString,
}

/// An endpoint with how its deliveries stand.
#[derive(Debug, Clone)]
pub struct EndpointView {
    /// The endpoint.
    pub endpoint: WebhookEndpoint,
    /// The types that it takes; every type when `None`.
    pub event_types: Option<Vec<EventType>>,
    /// How its deliveries stand; `None` before the first.
    pub counts: Option<DeliveryCounts>,
}

impl EndpointView {
    fn new(endpoint: WebhookEndpoint, counts: Option<DeliveryCounts>) -> Self {
        // What a later version wrote and this one does not know is left out.
        let known = |text: &String| text.split_whitespace().filter_map(|kind| kind.parse().ok()).collect();
        Self { event_types: endpoint.event_types.as_ref().map(known), endpoint, counts }
    }
}

/// The host of an address: enough to know it by, without what else may be in it.
pub(super) fn host(url: &str) -> String {
    url.parse::<Url>().ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) async fn of_tenant(
    services: &Services,
    tenant: &TenantId,
    id: &WebhookEndpointId,
) -> Result<WebhookEndpoint> {
    webhook_endpoints::get(services.db(), tenant, id).await?.ok_or(Error::NotFound("webhook endpoint"))
}

/// The endpoints of the actor's tenant, oldest first.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin.
pub async fn list_endpoints(services: &Services, actor: &Actor) -> Result<Vec<EndpointView>> {
    let tenant = actor.admin()?.tenant_id;
    let counts = event_deliveries::count_by_endpoint(services.db(), &tenant).await?;
    let mut counts: HashMap<_, _> = counts.into_iter().map(|one| (one.endpoint_id.clone(), one)).collect();
    let endpoints = webhook_endpoints::list(services.db(), &tenant).await?;
    Ok(endpoints
        .into_iter()
        .map(|one| (counts.remove(&one.id), one))
        .map(|(counts, one)| EndpointView::new(one, counts))
        .collect())
}

/// One endpoint.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn get_endpoint(services: &Services, actor: &Actor, id: &WebhookEndpointId) -> Result<EndpointView> {
    let tenant = actor.admin()?.tenant_id;
    let endpoint = of_tenant(services, &tenant, id).await?;
    let counts = event_deliveries::count_by_endpoint(services.db(), &tenant).await?;
    Ok(EndpointView::new(endpoint, counts.into_iter().find(|one| one.endpoint_id == *id)))
}

/// Makes an endpoint. Its secret is in the answer, this once.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; [`Error::Invalid`] for an address that events are not sent to, an
/// unknown type or an overlong description; [`Error::Conflict`] when there are [`MOST_ENDPOINTS`].
pub async fn create_endpoint(services: &Services, actor: &Actor, input: &EndpointInput) -> Result<NewEndpoint> {
    let actor = actor.admin()?;
    let url = address::read(&input.url, services.outbox().allows_private())?;
    let description = description(&input.description)?;
    let event_types = event_types(input.event_types.as_deref())?;
    let made = secrets::make(services, &actor.tenant_id)?;
    let id = WebhookEndpointId::new(services.ids());
    let new = NewWebhookEndpoint {
        id: &id,
        url: url.as_str(),
        description,
        event_types: event_types.as_deref(),
        created_by: &actor.name,
        secret: &made.id,
        sealed: &made.sealed,
    };
    let host = host(url.as_str());
    let said = actor.did(services, "webhook_endpoint.created", &host).await?;
    let (db, now) = (services.db(), services.clock().now());
    if !webhook_endpoints::insert(db, &actor.tenant_id, &new, MOST_ENDPOINTS, &said, now).await? {
        return Err(Error::Conflict(failures::too_many_endpoints(MOST_ENDPOINTS)));
    }
    services.live().tenant_changed(&actor.tenant_id, Hint::Endpoint);
    let endpoint = of_tenant(services, &actor.tenant_id, &id).await?;
    Ok(NewEndpoint { endpoint: EndpointView::new(endpoint, None), secret: made.secret })
}

/// Changes an endpoint; answers it as it is then. What waits for one that is taken into use again is sent.
///
/// # Errors
/// As [`create_endpoint`]; [`Error::NotFound`].
pub async fn update_endpoint(
    services: &Services,
    actor: &Actor,
    id: &WebhookEndpointId,
    patch: &EndpointPatch,
) -> Result<EndpointView> {
    let admin = actor.admin()?;
    let (db, tenant, now) = (services.db(), &admin.tenant_id, services.clock().now());
    let before = of_tenant(services, tenant, id).await?;
    let url = match &patch.url {
        Some(url) => address::read(url, services.outbox().allows_private())?.into(),
        None => before.url.clone(),
    };
    let description = description(patch.description.as_deref().unwrap_or(&before.description))?;
    let event_types = match &patch.event_types {
        Some(kinds) => event_types(kinds.as_deref())?,
        None => before.event_types.clone(),
    };
    let host = host(&url);
    if (url.as_str(), description, &event_types) != (&before.url, &before.description, &before.event_types) {
        let said = admin.did(services, "webhook_endpoint.changed", &host).await?;
        let settings = Settings { url: &url, description, event_types: event_types.as_deref() };
        if !webhook_endpoints::update(db, tenant, id, &settings, &said, now).await? {
            return Err(Error::NotFound("webhook endpoint"));
        }
    }
    match patch.enabled {
        Some(true) => {
            let said = admin.did(services, "webhook_endpoint.enabled", &host).await?;
            webhook_endpoints::mark_enabled(db, tenant, id, &said, now).await?;
            super::wake(services);
        }
        Some(false) => {
            let said = admin.did(services, "webhook_endpoint.disabled", &host).await?;
            let disabled = Disabled { by: &admin.name, why: None, mails: &[] };
            webhook_endpoints::mark_disabled(db, tenant, id, &disabled, &said, now).await?;
        }
        None => {}
    }
    services.live().tenant_changed(tenant, Hint::Endpoint);
    get_endpoint(services, actor, id).await
}

/// Removes an endpoint; what waits for it is never sent.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn delete_endpoint(services: &Services, actor: &Actor, id: &WebhookEndpointId) -> Result<()> {
    let actor = actor.admin()?;
    let endpoint = of_tenant(services, &actor.tenant_id, id).await?;
    let host = host(&endpoint.url);
    let said = actor.did(services, "webhook_endpoint.deleted", &host).await?;
    let now = services.clock().now();
    if !webhook_endpoints::delete(services.db(), &actor.tenant_id, id, &said, now).await? {
        return Err(Error::NotFound("webhook endpoint"));
    }
    services.live().tenant_changed(&actor.tenant_id, Hint::Endpoint);
    Ok(())
}

fn description(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.chars().count() > MOST_DESCRIPTION || text.chars().any(char::is_control) {
        return Err(Error::invalid("description", "Describe it in one line of at most 200 characters."));
    }
    Ok(text)
}

/// The types as they are stored, in the order of the list, each once.
fn event_types(names: Option<&[String]>) -> Result<Option<String>> {
    let Some(names) = names else { return Ok(None) };
    if names.is_empty() {
        return Err(Error::invalid("event_types", "Choose at least one type of event, or all of them."));
    }
    let mut wanted = Vec::new();
    for name in names {
        let kind = name.parse::<EventType>().ok().filter(|kind| EventType::ALL.contains(kind));
        let kind = kind.ok_or_else(|| Error::invalid("event_types", format!("There is no type of event `{name}`.")))?;
        wanted.push(kind);
    }
    let chosen = EventType::ALL.into_iter().filter(|kind| wanted.contains(kind));
    Ok(Some(kinds_to_text(chosen.map(EventType::as_str))))
}
