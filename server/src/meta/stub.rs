//! A server on the loopback that answers as a test tells it, and remembers what it was asked.

use std::{
    collections::HashMap,
    future::IntoFuture as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::{AccessToken, Backoff, GraphClient, GraphVersion, MetaApp, Product, Transport, TransportSettings};
use crate::{
    clock::{Clock, Timestamp},
    entropy::Entropy,
};

pub(super) const SECRET: &str = "canary-app-secret";
pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_763_700_000);

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) target: String,
    pub(super) query: HashMap<String, String>,
    pub(super) form: HashMap<String, String>,
    pub(super) authorization: Option<String>,
}

type Answer = Arc<dyn Fn(usize, &Asked) -> Response + Send + Sync>;

#[derive(Clone)]
pub(super) struct Stub {
    pub(super) base: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
    answer: Answer,
}

impl Stub {
    /// Serves `answer`, which is given the number of the request, counted from zero.
    pub(super) async fn serve(answer: impl Fn(usize, &Asked) -> Response + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let stub = Self { base, asked: Arc::default(), answer: Arc::new(answer) };
        let router = Router::new().fallback(handle).with_state(stub.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        stub
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(super) fn client(&self) -> GraphClient {
        self.client_with(Duration::from_secs(20), Clock::fixed(NOW))
    }

    /// As Instagram Login's part of the app.
    pub(super) fn instagram(&self) -> GraphClient {
        let product = Product::Instagram { token_url: self.base.join("codes/").unwrap() };
        client_of(product, self.base.clone(), Duration::from_secs(20), Clock::fixed(NOW))
    }

    pub(super) fn client_with(&self, timeout: Duration, clock: Clock) -> GraphClient {
        client(self.base.clone(), timeout, clock)
    }
}

pub(super) fn client(graph_url: Url, timeout: Duration, clock: Clock) -> GraphClient {
    client_of(Product::Facebook, graph_url, timeout, clock)
}

fn client_of(product: Product, graph_url: Url, timeout: Duration, clock: Clock) -> GraphClient {
    let settings = TransportSettings {
        timeout,
        connect_timeout: timeout,
        body_limit: 64 * 1024,
        backoff: Backoff::immediate(2),
        entropy: Entropy::seeded(1),
    };
    let app = MetaApp {
        product,
        app_id: "4242".parse().unwrap(),
        app_secret: SecretString::from(SECRET.to_owned()),
        graph_version: GraphVersion::TESTED,
        graph_url,
        dialog_url: Url::parse("https://www.facebook.com").unwrap(),
    };
    GraphClient::new(Transport::new(settings).unwrap(), Arc::new(app), clock)
}

pub(super) fn token() -> AccessToken {
    AccessToken::new("EAAcanarytoken")
}

pub(super) fn json(status: u16, body: &Value) -> Response {
    (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "application/json")], body.to_string())
        .into_response()
}

pub(super) fn html(status: u16) -> Response {
    let page = "<!DOCTYPE html><html><body>Sorry, something went wrong</body></html>";
    (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "text/html")], page).into_response()
}

/// The connection breaks after half of the body.
pub(super) fn half() -> Response {
    let chunks = futures::stream::unfold(0, |part| async move {
        match part {
            0 => Some((Ok(Bytes::from_static(br#"{"id":"1","na"#)), 1)),
            _ => {
                // Standing still once makes the server send what it has before the connection breaks.
                tokio::task::yield_now().await;
                Some((Err(std::io::Error::other("the connection breaks")), 2))
            }
        }
    });
    Response::new(Body::from_stream(chunks))
}

pub(super) fn never() -> Response {
    Response::new(Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>()))
}

async fn handle(State(stub): State<Stub>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let pairs = |text: &[u8]| url::form_urlencoded::parse(text).into_owned().collect::<HashMap<_, _>>();
    let asked = Asked {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        target: parts.uri.to_string(),
        query: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
        form: pairs(&body),
        authorization: parts.headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned()),
    };
    let number = {
        let mut all = stub.asked.lock().unwrap();
        all.push(asked.clone());
        all.len() - 1
    };
    (stub.answer)(number, &asked)
}
