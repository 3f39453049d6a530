//! A business's own system, which takes events: a server on loopback that answers as it is told.
#![allow(clippy::disallowed_methods, reason = "the server of a business is no part of the product")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use standardwebhooks::Webhook;
use tokio::task::JoinHandle;

/// How it answers.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// With a status and a text.
    Says(u16, &'static str),
    /// With 503, asking to be left alone for so many seconds.
    Later(u64),
    /// With a redirect.
    Elsewhere(String),
    /// With a head, and a body that never ends.
    Endless(u16),
    /// With a head, and a body that never comes.
    Stuck(u16),
    /// Never.
    Silent,
}

/// What it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}")).to_str().unwrap()
    }

    /// The event's id.
    pub(crate) fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The event's type.
    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// How many of its signatures are those that the specification's own library makes with `secret`. (That library's check
    /// compares with the machine's clock, which tests do not go by.)
    pub(crate) fn signatures_by(&self, secret: &str) -> usize {
        let seconds = self.header("webhook-timestamp").parse().unwrap();
        let expected = Webhook::new(secret).unwrap().sign(self.id(), seconds, self.body.as_bytes()).unwrap();
        self.header("webhook-signature").split(' ').filter(|signature| *signature == expected).count()
    }
}

#[derive(Default)]
struct Inner {
    received: Vec<Received>,
    replies: VecDeque<Reply>,
    usual: Option<Reply>,
}

/// The server. It ends when it is dropped.
pub(crate) struct Receiver {
    /// Its address.
    pub(crate) url: String,
    inner: Arc<Mutex<Inner>>,
    server: JoinHandle<()>,
}

impl Receiver {
    /// One that takes everything.
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let inner = Arc::new(Mutex::new(Inner::default()));
        let router = Router::new().fallback(take).with_state(inner.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inner, server }
    }

    /// How it answers from now on.
    pub(crate) fn usually(&self, reply: Reply) {
        self.inner.lock().unwrap().usual = Some(reply);
    }

    /// How it answers next.
    pub(crate) fn next(&self, reply: Reply) {
        self.inner.lock().unwrap().replies.push_back(reply);
    }

    /// What it was sent so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.inner.lock().unwrap().received.clone()
    }

    /// The types of what it was sent so far.
    pub(crate) fn kinds(&self) -> Vec<String> {
        self.received().iter().map(Received::kind).collect()
    }

    /// Its port.
    pub(crate) fn port(&self) -> u16 {
        self.url.parse::<url::Url>().unwrap().port().unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn take(State(inner): State<Arc<Mutex<Inner>>>, headers: HeaderMap, body: Bytes) -> Response {
    let reply = {
        let mut inner = inner.lock().unwrap();
        inner.received.push(Received { headers, body: String::from_utf8(body.to_vec()).unwrap() });
        inner.replies.pop_front().or_else(|| inner.usual.clone())
    };
    let status = |code: u16| StatusCode::from_u16(code).unwrap();
    match reply.unwrap_or(Reply::Says(200, "")) {
        Reply::Says(code, text) => (status(code), text).into_response(),
        Reply::Later(seconds) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, seconds.to_string())]).into_response()
        }
        Reply::Elsewhere(address) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, address)]).into_response(),
        Reply::Endless(code) => {
            let chunks = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; 16_384])));
            (status(code), Body::from_stream(chunks)).into_response()
        }
        Reply::Stuck(code) => {
            let nothing = futures::stream::pending::<Result<Bytes, std::io::Error>>();
            (status(code), Body::from_stream(nothing)).into_response()
        }
        Reply::Silent => std::future::pending().await,
    }
}
