//! `/_sim/…`: the control over HTTP, as JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{delete, get, post, put};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Control, failure_routes, index, picture, webhook_routes};
use crate::dialog::Consent;
use crate::faults::Fault;
use crate::phone;
use crate::state::{Revocation, Shared, Switches};
use crate::world::World;

/// Routes below `/_sim`.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(index))
        .route("/world", get(world).put(put_world).post(choose_world))
        .route("/person", post(choose_person))
        .route("/clock", get(clock).post(set_clock))
        .route("/clock/advance", post(set_clock))
        .route("/tokens", get(tokens).post(mint))
        .route("/tokens/{fingerprint}/revoke", post(revoke))
        .route("/people/{id}/revoke", post(revoke_person))
        .route("/people/{id}/consent", put(preset))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/faults/{id}", delete(remove_fault))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/switches", get(switches).patch(change_switches))
        .route("/subscriptions", get(subscriptions))
        .route("/subscriptions/{object}/take_over", post(take_over))
        .route("/approve", post(approve))
        .route("/picture/{name}", get(picture::picture))
        .merge(failure_routes::router())
        .merge(webhook_routes::router())
        .merge(phone::router())
        .fallback(|| async { refused(StatusCode::NOT_FOUND, "there is no such control; GET /_sim lists them") })
}

pub(super) fn control(shared: Arc<Shared>) -> Control {
    Control { shared }
}

pub(super) fn refused(status: StatusCode, why: impl std::fmt::Display) -> Response {
    (status, Json(json!({"error": why.to_string()}))).into_response()
}

async fn world(State(shared): State<Arc<Shared>>) -> Json<World> {
    Json(control(shared).world())
}

/// A whole world, or `{"name":"agency"}` and nothing else for a built-in one.
async fn put_world(State(shared): State<Arc<Shared>>, body: String) -> Response {
    let control = control(shared);
    let parsed: Value = serde_json::from_str(&body).unwrap_or_default();
    let result = match (parsed.as_object(), parsed["name"].as_str()) {
        (Some(object), Some(name)) if object.len() == 1 => control.load_named(name),
        _ => World::from_json(&body).and_then(|world| control.load_world(world)),
    };
    match result {
        Ok(()) => Json(json!({"world": control.world().name})).into_response(),
        Err(error) => refused(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
}

#[derive(Deserialize)]
struct Chosen {
    name: String,
}

/// The switcher on the index page.
async fn choose_world(State(shared): State<Arc<Shared>>, Form(chosen): Form<Chosen>) -> Response {
    match control(shared).load_named(&chosen.name) {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => refused(StatusCode::NOT_FOUND, error),
    }
}

async fn choose_person(State(shared): State<Arc<Shared>>, Form(chosen): Form<Chosen>) -> Response {
    shared.lock().switches.persona = Some(chosen.name);
    Redirect::to("/").into_response()
}

async fn clock(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({"now": shared.lock().now()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    /// Seconds to move forward.
    #[serde(default, alias = "advance_seconds")]
    seconds: Option<u64>,
    /// Unix seconds to stand still at.
    #[serde(default)]
    freeze_at: Option<i64>,
    /// Run with the machine again.
    #[serde(default)]
    run: bool,
}

async fn set_clock(State(shared): State<Arc<Shared>>, Json(change): Json<ClockChange>) -> Json<Value> {
    let control = control(shared);
    if change.run {
        control.thaw();
    }
    if let Some(at) = change.freeze_at {
        control.freeze(at);
    }
    if let Some(seconds) = change.seconds {
        control.advance(Duration::from_secs(seconds));
    }
    Json(json!({"now": control.now()}))
}

async fn tokens(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({"tokens": control(shared).tokens()}))
}

#[derive(Deserialize)]
struct Mint {
    persona: String,
}

async fn mint(State(shared): State<Arc<Shared>>, Json(mint): Json<Mint>) -> Response {
    let control = control(shared);
    if !control.world().people.iter().any(|person| person.id == mint.persona) {
        return refused(StatusCode::NOT_FOUND, "nobody in this world has that id");
    }
    Json(json!({"access_token": control.mint_user_token(&mint.persona)})).into_response()
}

#[derive(Deserialize)]
struct Why {
    why: Revocation,
}

async fn revoke(State(shared): State<Arc<Shared>>, Path(fingerprint): Path<String>, Json(body): Json<Why>) -> Response {
    if control(shared).revoke(&fingerprint, body.why) {
        Json(json!({"revoked": fingerprint})).into_response()
    } else {
        refused(StatusCode::NOT_FOUND, "no token has that fingerprint")
    }
}

async fn revoke_person(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Json(body): Json<Why>,
) -> Json<Value> {
    control(shared).revoke_person(&id, body.why);
    Json(json!({"revoked": id}))
}

async fn preset(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Json(consent): Json<Consent>,
) -> Json<Value> {
    control(shared).grant(&id, consent);
    Json(json!({"person": id}))
}

async fn faults(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let faults: Vec<Value> =
        control(shared).faults().into_iter().map(|(id, fault)| json!({"id": id, "fault": fault})).collect();
    Json(json!({ "faults": faults }))
}

async fn add_fault(State(shared): State<Arc<Shared>>, Json(fault): Json<Fault>) -> Json<Value> {
    Json(json!({"id": control(shared).set_fault(fault)}))
}

async fn remove_fault(State(shared): State<Arc<Shared>>, Path(id): Path<u64>) -> Response {
    if control(shared).remove_fault(id) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(StatusCode::NOT_FOUND, "no fault has that id")
    }
}

async fn clear_faults(State(shared): State<Arc<Shared>>) -> StatusCode {
    control(shared).clear_faults();
    StatusCode::NO_CONTENT
}

async fn requests(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let control = control(shared);
    Json(json!({
        "calls": control.call_count(),
        "operations": control.operation_count(),
        "rounds": control.rounds(),
        "requests": control.requests(),
        "visits": control.visits(),
    }))
}

async fn clear_requests(State(shared): State<Arc<Shared>>) -> StatusCode {
    control(shared).clear_requests();
    StatusCode::NO_CONTENT
}

async fn switches(State(shared): State<Arc<Shared>>) -> Json<Switches> {
    Json(control(shared).switches())
}

/// Only the named switches change.
async fn change_switches(State(shared): State<Arc<Shared>>, Json(change): Json<Value>) -> Response {
    let control = control(shared);
    let mut merged = serde_json::to_value(control.switches()).unwrap_or_default();
    merge(&mut merged, change);
    match serde_json::from_value::<Switches>(merged) {
        Ok(new) => {
            control.switch(|switches| *switches = new);
            Json(control.switches()).into_response()
        }
        Err(error) => refused(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
}

fn merge(into: &mut Value, change: Value) {
    match (into, change) {
        (Value::Object(into), Value::Object(change)) => {
            for (name, value) in change {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, change) => *into = change,
    }
}

async fn subscriptions(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({"subscriptions": control(shared).subscriptions()}))
}

#[derive(Deserialize)]
struct TakeOver {
    callback_url: String,
}

async fn take_over(
    State(shared): State<Arc<Shared>>,
    Path(object): Path<String>,
    Json(body): Json<TakeOver>,
) -> Response {
    if control(shared).take_over_callback(&object, &body.callback_url) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(StatusCode::NOT_FOUND, "the app has not subscribed to that object")
    }
}

#[derive(Deserialize)]
struct Approve {
    url: String,
    #[serde(default)]
    consent: Consent,
}

async fn approve(State(shared): State<Arc<Shared>>, Json(body): Json<Approve>) -> Response {
    match control(shared).approve(&body.url, &body.consent) {
        Ok(url) => Json(json!({"redirect": url})).into_response(),
        Err(page) => Json(json!({"page": page.name(), "text": page.text().1})).into_response(),
    }
}
