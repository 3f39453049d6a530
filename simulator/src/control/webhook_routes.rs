//! `/_sim/webhooks/…` and `/_sim/people/{id}/…`: webhooks over HTTP, as JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::routes::{control, refused};
use crate::state::Shared;
use crate::webhooks::{Circumstances, Content, Deed, Done, NoSuchParty, Signature, SignedRequestForm, Silence, Update};
use crate::world::App;

/// Routes below `/_sim`.
pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/webhooks", get(attempts).delete(clear))
        .route("/webhooks/customer", post(customer))
        .route("/webhooks/business", post(business))
        .route("/webhooks/account", post(account))
        .route("/webhooks/event", post(event))
        .route("/webhooks/sample", post(sample))
        .route("/webhooks/raw", post(raw))
        .route("/webhooks/deliver", post(deliver))
        .route("/webhooks/{id}/redeliver", post(redeliver))
        .route("/app", get(app).patch(change_app))
        .route("/apps", post(add_app))
        .route("/people/{id}/deauthorize", post(deauthorize))
        .route("/people/{id}/request_deletion", post(request_deletion))
}

async fn attempts(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let control = control(shared);
    Json(json!({
        "attempts": control.attempts(),
        "pending": control.pending(),
        "waiting": control.waiting_updates(),
        "unheard": control.unheard(),
        "warnings": control.warnings(),
    }))
}

async fn clear(State(shared): State<Arc<Shared>>) -> StatusCode {
    control(shared).clear_attempts();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerDoes {
    asset: String,
    customer: String,
    content: Content,
    #[serde(default)]
    with: Circumstances,
}

async fn customer(State(shared): State<Arc<Shared>>, Json(body): Json<CustomerDoes>) -> Response {
    done(control(shared).customer_does_with(&body.asset, &body.customer, &body.content, &body.with))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BusinessDoes {
    asset: String,
    customer: String,
    deed: Deed,
}

async fn business(State(shared): State<Arc<Shared>>, Json(body): Json<BusinessDoes>) -> Response {
    done(control(shared).business_does(&body.asset, &body.customer, &body.deed))
}

/// Also for the phone page.
pub(crate) fn done(result: Result<Done, NoSuchParty>) -> Response {
    match result {
        Ok(done) => {
            let heard = heard(done.heard);
            Json(json!({"message_id": done.message_id, "customer": done.customer, "heard": heard})).into_response()
        }
        Err(error) => refused(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
}

fn heard(heard: Result<(), Silence>) -> Value {
    match heard {
        Ok(()) => json!(true),
        Err(why) => json!({"why": why, "text": why.text()}),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountEvent {
    waba: String,
    event: String,
    #[serde(default)]
    replace: Map<String, Value>,
}

async fn account(State(shared): State<Arc<Shared>>, Json(body): Json<AccountEvent>) -> Response {
    match control(shared).account_event(&body.waba, &body.event, body.replace) {
        Ok(result) => Json(json!({"heard": heard(result)})).into_response(),
        Err(error) => refused(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
}

async fn event(State(shared): State<Arc<Shared>>, Json(update): Json<Update>) -> Json<Value> {
    Json(json!({"heard": heard(control(shared).emit(update))}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    object: String,
    field: String,
}

async fn sample(State(shared): State<Arc<Shared>>, Json(body): Json<Sample>) -> Response {
    if control(shared).send_sample(&body.object, &body.field) {
        StatusCode::ACCEPTED.into_response()
    } else {
        refused(StatusCode::UNPROCESSABLE_ENTITY, "the app has no webhook for this object")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    object: String,
    /// The app's own callback for the object when absent.
    #[serde(default)]
    callback_url: Option<String>,
    body: String,
    #[serde(default)]
    signature: Signature,
}

async fn raw(State(shared): State<Arc<Shared>>, Json(raw): Json<Raw>) -> Response {
    let of_app = || shared.lock().subscriptions.app.get(&raw.object).map(|app| app.callback_url.clone());
    let Some(url) = raw.callback_url.clone().or_else(of_app) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "the app has no webhook for this object");
    };
    let id = control(shared).send_raw(&raw.object, &url, raw.body.into_bytes(), raw.signature);
    (StatusCode::ACCEPTED, Json(json!({"delivery": id}))).into_response()
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Deliver {
    /// Move the clock by so many seconds, delivering on the way.
    #[serde(default)]
    seconds: u64,
}

async fn deliver(State(shared): State<Arc<Shared>>, body: Option<Json<Deliver>>) -> Json<Value> {
    let seconds = body.map(|Json(body)| body.seconds).unwrap_or_default();
    let made = control(shared).deliver_during(Duration::from_secs(seconds)).await;
    Json(json!({"attempts": made}))
}

async fn redeliver(State(shared): State<Arc<Shared>>, Path(id): Path<u64>) -> Response {
    match control(shared).redeliver(id) {
        Some(id) => (StatusCode::ACCEPTED, Json(json!({"delivery": id}))).into_response(),
        None => refused(StatusCode::NOT_FOUND, "no attempt of that delivery is in the record"),
    }
}

async fn app(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!(control(shared).world().app))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppChange {
    #[serde(default)]
    deauthorize_callback_url: Option<String>,
    #[serde(default)]
    data_deletion_callback_url: Option<String>,
}

/// One more app beside the world's first, with at least `id` and `secret`.
async fn add_app(State(shared): State<Arc<Shared>>, Json(app): Json<App>) -> Response {
    match control(shared).add_app(app) {
        Ok(()) => StatusCode::CREATED.into_response(),
        Err(error) => refused(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
}

/// The callbacks that are given replace those that are set.
async fn change_app(State(shared): State<Arc<Shared>>, Json(change): Json<AppChange>) -> StatusCode {
    let mut state = shared.lock();
    let app = &mut state.world_mut().app;
    if change.deauthorize_callback_url.is_some() {
        app.deauthorize_callback_url = change.deauthorize_callback_url;
    }
    if change.data_deletion_callback_url.is_some() {
        app.data_deletion_callback_url = change.data_deletion_callback_url;
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default)]
    form: SignedRequestForm,
}

async fn deauthorize(
    State(shared): State<Arc<Shared>>,
    Path(person): Path<String>,
    body: Option<Json<Form>>,
) -> Response {
    let form = body.map(|Json(body)| body.form).unwrap_or_default();
    match control(shared).deauthorize(&person, form).await {
        Some(attempt) => Json(attempt).into_response(),
        None => {
            refused(StatusCode::UNPROCESSABLE_ENTITY, "the app has no deauthorize callback; PATCH /_sim/app sets one")
        }
    }
}

async fn request_deletion(
    State(shared): State<Arc<Shared>>,
    Path(person): Path<String>,
    body: Option<Json<Form>>,
) -> Response {
    let form = body.map(|Json(body)| body.form).unwrap_or_default();
    match control(shared).request_deletion(&person, form).await {
        Some(answer) => Json(answer).into_response(),
        None => {
            refused(StatusCode::UNPROCESSABLE_ENTITY, "the app has no data deletion callback; PATCH /_sim/app sets one")
        }
    }
}
