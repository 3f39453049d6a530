//! The pages for developers.

use crate::api::developers::{MadeEndpoint, MadeKey, MadeSecret};
use crate::caller::{caller, id};
use crate::dto::developers::{
    DevelopersPage, DisabledBecause, EndpointPage, EndpointRow, FreshEndpoint, FreshSecret, KeyRow, KindRow, SentRow,
};
use crate::dto::health::{Health, Tone};
use crate::dto::reason::Reason;
use crate::error::AppError;
use crate::forms::FormAnswer;
use crate::visit::Visit;
use crate::words::count;
use leptos::prelude::use_context;
use serde::de::DeserializeOwned;
use server::accounts::{self, Role};
use server::clock::Timestamp;
use server::db::api_keys::ApiKey;
use server::db::event_deliveries::{DeliveryFilter, DeliveryState};
use server::event::EventType;
use server::explanation::Explanation;
use server::outbox::{self, DeliveryView, EndpointView};

/// How many deliveries a page shows.
const PAGE: i64 = 30;

/// Loads the list of endpoints and keys.
///
/// # Errors
/// When nobody is signed in, or the role does not allow it.
pub async fn page() -> Result<DevelopersPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let live = services.live().cursor().to_string();
    let endpoints = outbox::list_endpoints(services, actor).await?;
    let mut keys = accounts::list_api_keys(services, actor).await?;
    keys.sort_by_key(|key| (key.revoked_at.is_some(), std::cmp::Reverse(key.created_at)));
    let fresh_endpoint = answer::<MadeEndpoint>("add-endpoint");
    let fresh_key = answer::<MadeKey>("make-key").map(|made| made.key);
    Ok(DevelopersPage {
        endpoints: endpoints.iter().map(row).collect(),
        kinds: kinds(None),
        keys: keys.into_iter().map(key).collect(),
        may_make_keys: actor.member()?.role == Role::Owner,
        // A page that is the answer of a form is not asked for again.
        live: if fresh_endpoint.is_some() || fresh_key.is_some() { String::new() } else { live },
        fresh_endpoint: fresh_endpoint.map(|made| FreshEndpoint { id: made.id, secret: made.secret }),
        fresh_key,
    })
}

/// Loads one endpoint.
///
/// # Errors
/// When nobody is signed in, the role does not allow it, or it is not theirs.
pub async fn endpoint(endpoint: String, visit: Visit) -> Result<EndpointPage, AppError> {
    let caller = caller()?;
    let (services, actor, which) = (&caller.services, caller.actor()?, id(&endpoint)?);
    let live = services.live().cursor().to_string();
    let view = outbox::get_endpoint(services, actor, &which).await?;
    let shown = visit.query_value("show").unwrap_or_default();
    let state = state_of(&shown);
    let before = visit.query_value("before").filter(|before| !before.is_empty());
    let filter = DeliveryFilter { state, before: before.as_deref().map(id).transpose()? };
    let sent = outbox::list_deliveries(services, actor, &which, &filter, PAGE).await?;
    let fresh_secret = answer::<MadeSecret>("rotate-endpoint");
    Ok(EndpointPage {
        endpoint: row(&view),
        created_by: view.endpoint.created_by.clone(),
        created_at: view.endpoint.created_at,
        kinds: kinds(view.event_types.as_deref()),
        disabled: view.endpoint.disabled_at.map(|at| DisabledBecause {
            at,
            by: view.endpoint.disabled_by.clone().unwrap_or_default(),
            why: view.endpoint.disabled_why.as_deref().and_then(explained),
        }),
        failing_since: view.endpoint.failing_since,
        sent: sent.rows.into_iter().map(sent_row).collect(),
        shown: state.map(|_| shown).unwrap_or_default(),
        older: sent.next.map(|event| event.to_string()),
        is_later: before.is_some(),
        live: if fresh_secret.is_some() { String::new() } else { live },
        fresh_secret: fresh_secret.map(|made| FreshSecret { secret: made.secret, former_until: made.former_until }),
    })
}

/// What the form that this page answers came to.
fn answer<T: DeserializeOwned>(action: &str) -> Option<T> {
    let answer = use_context::<FormAnswer>().filter(|answer| answer.action == action)?;
    serde_json::from_str(&answer.json).ok()
}

fn kinds(chosen: Option<&[EventType]>) -> Vec<KindRow> {
    let row = |kind: EventType| KindRow {
        name: kind.as_str().into(),
        tells: kind.tells().into(),
        chosen: chosen.is_some_and(|chosen| chosen.contains(&kind)),
    };
    EventType::ALL.into_iter().map(row).collect()
}

fn state_of(asked: &str) -> Option<DeliveryState> {
    match asked {
        "waiting" => Some(DeliveryState::Waiting),
        "delivered" => Some(DeliveryState::Delivered),
        "failed" => Some(DeliveryState::Failed),
        _ => None,
    }
}

fn size(rows: i64) -> usize {
    usize::try_from(rows).unwrap_or(0)
}

fn row(view: &EndpointView) -> EndpointRow {
    let EndpointView { endpoint, event_types, counts } = view;
    let health = match (endpoint.disabled_at, endpoint.failing_since, counts.as_ref().and_then(|c| c.delivered_at)) {
        (Some(_), _, _) if endpoint.disabled_why.is_some() => Health::new(Tone::Bad, "Disabled"),
        (Some(_), _, _) => Health::new(Tone::Idle, "Disabled"),
        (None, Some(_), _) => Health::new(Tone::Warn, "Failing"),
        (None, None, Some(_)) => Health::new(Tone::Ok, "Delivering"),
        (None, None, None) => Health::new(Tone::Idle, "Nothing sent yet"),
    };
    let (waiting, failed) = counts.as_ref().map_or((0, 0), |counts| (size(counts.waiting), size(counts.failed)));
    let stands = match (waiting, failed) {
        (0, 0) => String::new(),
        (0, failed) => format!("{} failed", count(failed, "event", "events")),
        (waiting, 0) => format!("{} on the way", count(waiting, "event", "events")),
        (waiting, failed) => format!("{} on the way, {failed} failed", count(waiting, "event", "events")),
    };
    EndpointRow {
        id: endpoint.id.to_string(),
        url: endpoint.url.clone(),
        description: endpoint.description.clone(),
        health,
        takes: match event_types {
            None => "Every event".into(),
            Some(kinds) => count(kinds.len(), "type of event", "types of events"),
        },
        stands,
        failed,
    }
}

fn sent_row(view: DeliveryView) -> SentRow {
    let health = match view.state {
        DeliveryState::Delivered => Health::new(Tone::Ok, "Delivered"),
        DeliveryState::Waiting if view.tries == 0 => Health::new(Tone::Idle, "Waiting"),
        DeliveryState::Waiting => Health::new(Tone::Warn, "Trying again"),
        DeliveryState::Failed => Health::new(Tone::Bad, "Failed"),
    };
    let last = match (view.status, view.took) {
        (Some(status), Some(took)) => format!("Answered {status} in {took} ms"),
        (None, Some(_)) => "No answer".into(),
        _ => String::new(),
    };
    let body = serde_json::from_str::<serde_json::Value>(&view.body).ok();
    let body = body.and_then(|body| serde_json::to_string_pretty(&body).ok()).unwrap_or(view.body);
    SentRow {
        event: view.event_id.to_string(),
        kind: view.kind,
        at: view.created_at.as_millis(),
        health,
        last,
        tried_at: view.tried_at.map(Timestamp::as_millis),
        next_at: view.next_at.map(Timestamp::as_millis),
        tries: size(view.tries),
        // What an earlier try met is over once it was taken.
        problem: view.problem.filter(|_| view.state != DeliveryState::Delivered).map(Reason::from),
        answer: view.answer,
        body,
    }
}

/// An explanation as it is kept; nothing when it cannot be read.
fn explained(json: &str) -> Option<Reason> {
    serde_json::from_str::<Explanation>(json).ok().map(Reason::from)
}

fn key(key: ApiKey) -> KeyRow {
    KeyRow {
        id: key.id.to_string(),
        name: key.name,
        created_at: key.created_at,
        last_used_at: key.last_used_at,
        revoked_at: key.revoked_at,
    }
}
