//! Events for the tenants' own systems: what is told, and how it arrives.

mod bounds;
mod disabling;
mod endpoints;
mod places;
mod processes;
mod secrets;
mod sending;
mod told;

use secrecy::ExposeSecret as _;
use server::{
    accounts::Actor,
    ids::WebhookEndpointId,
    outbox::{self, EndpointInput},
};

use crate::support::TestApp;

/// An endpoint for every type of event, with its secret.
async fn endpoint(app: &TestApp, actor: &Actor, url: &str) -> (WebhookEndpointId, String) {
    endpoint_for(app, actor, url, None).await
}

/// An endpoint for these types of events.
async fn endpoint_for(app: &TestApp, actor: &Actor, url: &str, kinds: Option<&[&str]>) -> (WebhookEndpointId, String) {
    let event_types = kinds.map(|kinds| kinds.iter().map(|kind| (*kind).to_owned()).collect());
    let input = EndpointInput { url: url.to_owned(), description: "Till".into(), event_types };
    let made = outbox::create_endpoint(&app.services, actor, &input).await.unwrap();
    (made.endpoint.endpoint.id, made.secret.expose_secret().to_owned())
}

/// Each delivery as `type state tries`, in the order of events.
async fn stands(app: &TestApp) -> Vec<String> {
    app.storage
        .texts(
            "SELECT e.kind || ' ' || d.state || ' ' || d.tries FROM event_deliveries d JOIN outgoing_events e ON e.id = d.event_id
            ORDER BY d.event_id, d.endpoint_id",
        )
        .await
}
