//! The webhooks' door: `GET` and `POST` of `/webhooks/meta` and `/webhooks/meta/{app}`.
//!
//! Outside the layers of the pages: no session, no visitor, no line in the log for each webhook.

mod body;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer};

use super::{address::client_address, app_named::AppNamed, identity};
use crate::{
    ingest::{self, HandshakeQuery, Refusal, Room, Signature, WebhookApp},
    meta::AppId,
    services::Services,
};

/// How long to wait before a webhook that could not be stored is sent again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// A webhook that is Meta's, and is not stored yet.
#[derive(Debug)]
pub struct Signed {
    /// The app whose secret signed it.
    pub app: AppId,
    /// The bytes that were signed.
    pub body: Bytes,
    /// The memory that it takes.
    pub room: Room,
}

/// The routes.
pub fn webhooks(services: &Services) -> Router {
    let door = get(handshake).post(receive);
    let routes = Router::new().route("/webhooks/meta", door.clone()).route("/webhooks/meta/{app}", door);
    webhook_layers(routes.with_state(services.clone()))
}

/// The few layers around the door.
pub fn webhook_layers(routes: Router) -> Router {
    routes
        .layer(CatchPanicLayer::custom(identity::panicked))
        .layer(SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
}

/// A delivery. It is answered 200 when it is on disk; Meta sends again whatever is answered otherwise.
async fn receive(State(services): State<Services>, app: AppNamed, request: Request) -> Response {
    match accept(&services, app, request).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refusal) => refused(refusal),
    }
}

async fn accept(services: &Services, app: AppNamed, request: Request) -> Result<(), Refusal> {
    let plain = matches!(app, AppNamed(Ok(None)));
    let app = match counted(services, None, app_for(services, app)) {
        Ok(app) => app,
        Err(refusal) => {
            let (head, body) = request.into_parts();
            turn_away(&head.headers, body).await;
            return Err(refusal);
        }
    };
    let stored = async {
        // Until Meta knows the new address of an app that was in use before, it sends its webhooks to the plain one.
        let others = || if plain { ingest::former_apps(services) } else { Vec::new() };
        let signed = read_signed(services, &app, others, request).await?;
        services.intake().allowance.take(&app, signed.body.len())?;
        services.journal().append(&signed.app, signed.body, signed.room).await
    };
    counted(services, Some(&app.id), stored.await)
}

/// Reads a webhook and makes sure that it is Meta's: signed by `app`, or by one of `others`, which are asked for when it is not.
///
/// # Errors
/// Why it is turned away.
pub async fn read_signed(
    services: &Services,
    app: &WebhookApp,
    others: impl FnOnce() -> Vec<Arc<WebhookApp>>,
    request: Request,
) -> Result<Signed, Refusal> {
    let (head, body) = request.into_parts();
    let mut room = services.journal().room();
    match signature(&head.headers).and_then(|signature| body::announced(&head.headers).map(|()| signature)) {
        Ok(signature) => {
            let body = body::read(body, &mut room, body::PACE).await?;
            let now = services.clock().now();
            let signer = match app.verify(&body, signature, now) {
                Ok(()) => app.id.clone(),
                Err(refusal) => {
                    let others = others();
                    let signer = others.iter().find(|other| other.verify(&body, signature, now).is_ok());
                    signer.ok_or(refusal)?.id.clone()
                }
            };
            Ok(Signed { app: signer, body, room })
        }
        Err(refusal) => {
            turn_away(&head.headers, body).await;
            Err(refusal)
        }
    }
}

/// Lets a client that is refused by its head hear so: it listens when it has sent its body. One that asks before sending has
/// not begun, and does not when it hears no.
async fn turn_away(headers: &HeaderMap, body: Body) {
    if !headers.contains_key(header::EXPECT) {
        body::drain(body).await;
    }
}

fn signature(headers: &HeaderMap) -> Result<Signature, Refusal> {
    let mut given = headers.get_all("x-hub-signature-256").iter();
    let (first, second) = (given.next(), given.next());
    if second.is_some() {
        return Err(Refusal::MalformedSignature);
    }
    Signature::parse(first.map(HeaderValue::as_bytes), headers.contains_key("x-hub-signature"))
}

/// Meta asks whether this callback is ours.
async fn handshake(State(services): State<Services>, app: AppNamed, request: Request) -> Response {
    let app = match counted(&services, None, app_for(&services, app)) {
        Ok(app) => app,
        Err(refusal) => return refused(refusal),
    };
    let query = Query::<HandshakeQuery>::try_from_uri(request.uri()).ok().map(|query| query.0);
    let address = client_address(&services, request.headers(), request.extensions());
    let answer = ingest::answer_handshake(&services, &app, query, address).await;
    match counted(&services, Some(&app.id), answer) {
        // The challenge alone, as text: Meta compares the bytes.
        Ok(challenge) => ([(header::CACHE_CONTROL, "no-store")], challenge).into_response(),
        Err(refusal) => refused(refusal),
    }
}

fn app_for(services: &Services, AppNamed(named): AppNamed) -> Result<Arc<WebhookApp>, Refusal> {
    ingest::app_for(services, named?.as_ref())
}

fn counted<T>(services: &Services, app: Option<&AppId>, outcome: Result<T, Refusal>) -> Result<T, Refusal> {
    outcome.inspect_err(|refusal| services.refusals().count(app, *refusal))
}

fn refused(refusal: Refusal) -> Response<Body> {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = identity::numbered(identity::problem(status, refusal.explain(), None));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    response
}
