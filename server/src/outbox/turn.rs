//! The turn of one endpoint: what is due is sent, a few at a time, and how each sending ended is written down.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};

use futures::StreamExt as _;
use secrecy::SecretString;

use super::{
    client::{Answer, Outgoing},
    disable::{FAILING_DAYS, disable},
    schedule, secrets, signature,
};
use crate::{
    db::{
        event_deliveries::{self, EventDelivery, Failure, Tried},
        to_json,
        webhook_endpoints::{self, WebhookEndpoint},
    },
    error::{Error, Result},
    live::Hint,
    services::Services,
    words::failures::events as failures,
};

/// How many deliveries one turn takes on. With [`AT_ONCE`] and the patience for each, a turn ends well before its lease.
const MOST: i64 = 16;
/// How many requests go to one endpoint at a time, over all processes.
const AT_ONCE: usize = 8;
/// A failure after a longer pause than this does not count together with those before it: the longest wait between two tries
/// is well below.
const SAME_ROW: Duration = Duration::from_secs(2 * 86_400);
/// The status that says that an endpoint is gone for good.
const GONE: u16 = 410;

/// Sends what is due to an endpoint that is held under `lease`, and gives it back. Answers how much was tried.
pub(super) async fn take(services: &Services, endpoint: &WebhookEndpoint, lease: &str) -> usize {
    let tried = send_due(services, endpoint).await.unwrap_or_else(|error| {
        tracing::error!(endpoint = %endpoint.id, %error, "events could not be sent");
        0
    });
    if let Err(error) = webhook_endpoints::release(services.db(), &endpoint.tenant_id, &endpoint.id, lease).await {
        tracing::warn!(endpoint = %endpoint.id, %error, "an endpoint could not be given back; its lease ends by itself");
    }
    if tried > 0 {
        services.live().tenant_changed(&endpoint.tenant_id, Hint::Endpoint);
    }
    tried
}

async fn send_due(services: &Services, endpoint: &WebhookEndpoint) -> Result<usize> {
    let Some(secrets) = secrets::open_live(services, endpoint).await? else {
        disable(services, endpoint, failures::secret_lost()).await?;
        return Ok(0);
    };
    let (db, now) = (services.db(), services.clock().now());
    let due = event_deliveries::list_due(db, &endpoint.tenant_id, &endpoint.id, now, MOST).await?;
    let (over, tried) = (AtomicBool::new(false), AtomicUsize::new(0));
    futures::stream::iter(due)
        .for_each_concurrent(AT_ONCE, |delivery| {
            let (secrets, over, tried) = (&secrets, &over, &tried);
            async move {
                // Once it was disabled, nothing more goes out.
                if over.load(Ordering::Relaxed) {
                    return;
                }
                match send_one(services, endpoint, secrets, &delivery).await {
                    Ok(disabled) => {
                        tried.fetch_add(1, Ordering::Relaxed);
                        over.fetch_or(disabled, Ordering::Relaxed);
                    }
                    // It is sent again: better twice than never.
                    Err(error) => {
                        tracing::error!(event = %delivery.event_id, %error, "the end of a sending could not be kept");
                    }
                }
            }
        })
        .await;
    Ok(tried.into_inner())
}

/// Sends one event and writes down how that ended. Answers whether the endpoint was disabled for it.
async fn send_one(
    services: &Services,
    endpoint: &WebhookEndpoint,
    secrets: &[SecretString],
    delivery: &EventDelivery,
) -> Result<bool> {
    let (id, seconds) = (delivery.event_id.as_str(), services.clock().now().as_seconds());
    let signature = signature::sign(secrets, id, seconds, &delivery.body);
    let signature = signature.ok_or_else(|| Error::internal("an endpoint's secret does not sign"))?;
    let outgoing = Outgoing { url: &endpoint.url, id, seconds, signature: &signature, body: &delivery.body };
    let answer = services.outbox().0.client.send(&outgoing).await;
    settle(services, endpoint, delivery, answer).await
}

async fn settle(
    services: &Services,
    endpoint: &WebhookEndpoint,
    delivery: &EventDelivery,
    answer: Answer,
) -> Result<bool> {
    let (db, tenant, now) = (services.db(), &endpoint.tenant_id, services.clock().now());
    let which = (&endpoint.id, &delivery.event_id);
    let tried = Tried {
        before: delivery.tries,
        took: i64::try_from(answer.took.as_millis()).unwrap_or(i64::MAX),
        status: answer.status.map(i64::from),
    };
    let Some(problem) = answer.problem else {
        event_deliveries::mark_delivered(db, tenant, which, &tried, now).await?;
        tracing::debug!(endpoint = %endpoint.id, event = %delivery.event_id, took = tried.took, "an event was delivered");
        return Ok(false);
    };
    let gone = answer.status == Some(GONE);
    let wait = schedule::wait(delivery.tries + 1, answer.retry_after, services.entropy()).filter(|_| !gone);
    tracing::info!(
        endpoint = %endpoint.id, event = %delivery.event_id, code = %problem.code, status = tried.status,
        tries = delivery.tries + 1, again = wait.is_some(), "an event was not taken"
    );
    let failure = Failure {
        problem: &to_json(&problem)?,
        answer: answer.text.as_deref(),
        next_at: wait.map(|wait| now.plus(wait)),
        same_row_since: now.minus(SAME_ROW),
    };
    let since = event_deliveries::mark_tried(db, tenant, which, &tried, &failure, now).await?;
    let Some(since) = since else { return Ok(false) };
    if gone {
        disable(services, endpoint, problem).await?;
        return Ok(true);
    }
    let longest = Duration::from_secs(FAILING_DAYS.unsigned_abs() * 86_400);
    if now.since(since) >= longest {
        disable(services, endpoint, failures::failing(FAILING_DAYS, problem)).await?;
        return Ok(true);
    }
    Ok(false)
}
