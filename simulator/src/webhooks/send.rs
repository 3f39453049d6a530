//! One try of one delivery, and what follows from its answer (Meta reference §7.2).

use std::time::Instant;

use axum::http::header;

use super::delivery::{Attempt, Delivery, DeliveryKind};
use super::outbox::{Failing, Warning};
use super::schedule;
use crate::callback::{curl_words, reach};
use crate::state::{Shared, State};

/// What webhooks call themselves.
const USER_AGENT: &str = "facebookexternalua";
/// Characters of an answer that are kept.
const ANSWER: usize = 2_000;

/// Post it once, record it, and queue the next try when it failed.
pub(super) async fn attempt(shared: &Shared, mut delivery: Delivery) -> Attempt {
    delivery.tries += 1;
    let (at, secret, sha1) = {
        let state = shared.lock();
        // What an account that signed in itself is told, the other part of the app signs.
        let itself = |thread: &String| {
            thread.split_once(':').is_some_and(|(asset, _)| state.subscriptions.assets.contains_key(asset))
        };
        let secret = match delivery.object.as_str() {
            "instagram" if delivery.threads.iter().any(itself) => &state.world.app.instagram.secret,
            _ => state.secret_of(&delivery.app),
        };
        (state.now(), secret.to_owned(), state.switches.webhooks.sha1)
    };
    let (content_type, signed) = match delivery.kind {
        DeliveryKind::Webhook => ("application/json", delivery.signature.headers(&secret, &delivery.body, sha1)),
        // Compliance callbacks carry their signature inside.
        _ => ("application/x-www-form-urlencoded", Vec::new()),
    };
    let begun = Instant::now();
    let outcome = post(shared, &delivery, content_type, &signed).await;
    let latency_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (status, answer, error) = match outcome {
        Ok((status, answer)) => (Some(status), answer, None),
        Err(error) => (None, String::new(), Some(error.to_owned())),
    };
    let mut attempt = Attempt {
        id: 0,
        delivery: delivery.id,
        app: delivery.app.clone(),
        kind: delivery.kind,
        object: delivery.object.clone(),
        fields: delivery.fields.clone(),
        updates: delivery.updates,
        threads: delivery.threads.clone(),
        number: delivery.tries,
        at,
        callback_url: delivery.callback_url.clone(),
        headers: signed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        status,
        error,
        latency_ms,
        answer,
        body: delivery.body.clone(),
    };
    let mut state = shared.lock();
    attempt.id = state.outbox.keep(attempt.clone());
    if delivery.kind == DeliveryKind::Webhook {
        if attempt.accepted() {
            state.conversations.delivered(&attempt.threads, &attempt.body);
            state.outbox.failing.remove(&(delivery.object, delivery.callback_url));
        } else {
            failed(&mut state, delivery, at);
        }
    }
    state.touch();
    attempt
}

async fn post(
    shared: &Shared,
    delivery: &Delivery,
    content_type: &str,
    headers: &[(&'static str, String)],
) -> Result<(u16, String), &'static str> {
    let (url, client) = reach(shared, &delivery.callback_url)?;
    let mut request = client
        .post(url)
        .header(header::USER_AGENT, USER_AGENT)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::ACCEPT, "*/*");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let response = request.body(delivery.body.clone()).send().await.map_err(|error| curl_words(&error))?;
    let status = response.status().as_u16();
    let text = response.text().await.map_err(|error| curl_words(&error))?;
    Ok((status, text.chars().take(ANSWER).collect()))
}

/// Try again later; warn after an hour of failures; switch the app's webhook off when it lasts.
fn failed(state: &mut State, delivery: Delivery, now: i64) {
    let key = (delivery.object.clone(), delivery.callback_url.clone());
    let failing = state.outbox.failing.entry(key.clone()).or_insert(Failing { since: now, warned: false });
    let lasted = now - failing.since;
    let warn = lasted >= schedule::WARNING && !failing.warned;
    failing.warned |= warn;
    let (object, callback_url) = key;
    if warn {
        let warning = Warning { at: now, object: object.clone(), callback_url: callback_url.clone(), disabled: false };
        state.outbox.warnings.push(warning);
    }
    if lasted >= schedule::patience(&object)
        && state.acting(&delivery.app, |state| switch_off(state, &object, &callback_url))
    {
        state.outbox.deliveries.retain(|other| other.object != object || other.callback_url != callback_url);
        state.outbox.warnings.push(Warning { at: now, object, callback_url, disabled: true });
        return;
    }
    if let Some(next_at) = schedule::next_try(&object, delivery.tries, delivery.created_at, now) {
        state.outbox.deliveries.push(Delivery { next_at, ..delivery });
    }
}

/// Only the app's own webhook can be switched off; overrides just go on failing.
fn switch_off(state: &mut State, object: &str, callback_url: &str) -> bool {
    match state.subscriptions.app.get_mut(object) {
        Some(app) if app.callback_url == callback_url => {
            app.active = false;
            true
        }
        _ => false,
    }
}
