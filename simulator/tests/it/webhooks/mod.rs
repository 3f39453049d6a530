//! Webhooks: a product that listens, and what it hears.

mod batches;
mod compliance;
mod delivery;
mod events;
mod instagram;
mod retries;
mod signature;
mod whatsapp;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use serde_json::Value;

use crate::harness::Meta;

pub(crate) const PAGE: &str = "110220330440551";
pub(crate) const INSTAGRAM: &str = "17841400000000551";
pub(crate) const WABA: &str = "102290129340551";
pub(crate) const PHONE: &str = "190638523274551";

/// One request that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Heard {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

#[derive(Default)]
struct Inner {
    heard: Vec<Heard>,
    /// Statuses of the next POSTs; 200 when there are none left.
    statuses: VecDeque<u16>,
    down: bool,
    answer: String,
}

/// A product that passes handshakes, keeps what it hears and answers as told.
#[derive(Clone, Default)]
pub(crate) struct Product {
    inner: Arc<Mutex<Inner>>,
    pub(crate) url: String,
}

impl Product {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let product = Self { url: format!("http://{}/hook", listener.local_addr().unwrap()), ..Self::default() };
        let router = Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(product.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        product
    }

    /// Webhooks heard so far.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.inner.lock().unwrap().heard.iter().filter(|heard| heard.method == Method::POST).cloned().collect()
    }

    pub(crate) fn all(&self) -> Vec<Heard> {
        self.inner.lock().unwrap().heard.clone()
    }

    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.heard().iter().map(Heard::json).collect()
    }

    /// The newest webhook's only update: the item of `messaging` or `standby`, or the change.
    pub(crate) fn last(&self) -> Value {
        let body = self.bodies().pop().unwrap();
        let entry = &body["entry"][0];
        ["messaging", "standby", "changes"].iter().find_map(|list| entry[list].get(0)).unwrap_or(entry).clone()
    }

    pub(crate) fn forget(&self) {
        self.inner.lock().unwrap().heard.clear();
    }

    /// Answer the next webhooks with these statuses.
    pub(crate) fn answer_next(&self, statuses: &[u16]) {
        self.inner.lock().unwrap().statuses.extend(statuses);
    }

    /// Answer 503 until told otherwise.
    pub(crate) fn down(&self, down: bool) {
        self.inner.lock().unwrap().down = down;
    }

    pub(crate) fn say(&self, answer: &str) {
        self.inner.lock().unwrap().answer = answer.to_owned();
    }

    /// Subscribe the app to an object, as the dashboard would.
    pub(crate) async fn subscribe(&self, meta: &Meta, object: &str, fields: &str) {
        let path = format!("v25.0/{}/subscriptions", meta.app_id);
        let params =
            [("object", object), ("callback_url", self.url.as_str()), ("verify_token", "right"), ("fields", fields)];
        let reply = meta.post(&meta.app_token(), &path, &params).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
}

async fn answer(
    State(product): State<Product>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let query: HashMap<String, String> =
        url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    if let Some(challenge) = query.get("hub.challenge") {
        return (StatusCode::OK, challenge.clone());
    }
    let mut inner = product.inner.lock().unwrap();
    inner.heard.push(Heard { method, path: uri.path().to_owned(), headers, body });
    let status = if inner.down { 503 } else { inner.statuses.pop_front().unwrap_or(200) };
    (StatusCode::from_u16(status).unwrap(), inner.answer.clone())
}

const PAGE_FIELDS: &str = "messages,message_echoes,message_reads,message_deliveries,message_reactions,message_edits,\
                           messaging_postbacks,messaging_optins,messaging_referrals,messaging_handovers,standby,feed";
const INSTAGRAM_FIELDS: &str = "messages,messaging_postbacks,messaging_seen,messaging_referral,messaging_handover,\
                                message_reactions,message_edit,comments,standby";
const WHATSAPP_FIELDS: &str = "messages,account_update,message_template_status_update,phone_number_quality_update,history,\
                               smb_message_echoes,smb_app_state_sync,business_capability_update";

/// A simulator with the corner shop, everything subscribed and installed, and the product that listens.
pub(crate) async fn shop() -> (Meta, Product) {
    let meta = Meta::shop().await;
    let product = Product::start().await;
    product.subscribe(&meta, "page", PAGE_FIELDS).await;
    product.subscribe(&meta, "instagram", INSTAGRAM_FIELDS).await;
    product.subscribe(&meta, "whatsapp_business_account", WHATSAPP_FIELDS).await;
    install(&meta).await;
    (meta, product)
}

/// Install the app on the Page (and so on its Instagram account) and the WABA.
pub(crate) async fn install(meta: &Meta) {
    let token = meta.token();
    let page_token = meta.page_token(&token, PAGE).await;
    let fields = [("subscribed_fields", PAGE_FIELDS)];
    let reply = meta.post(&page_token, &format!("v25.0/{PAGE}/subscribed_apps"), &fields).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(meta.post(&token, &format!("v25.0/{WABA}/subscribed_apps"), &[]).await.status, 200);
}
