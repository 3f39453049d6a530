//! What people ask of us through Meta.

mod deauthorize;
mod deletion;
mod doors;
mod keys_given_up;
mod own_apps;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use server::{clock::Timestamp, db::audit::AuditFilter, observe};
use sha2::Sha256;

use crate::support::{Answer, Person, TestApp};

/// A `signed_request` of `payload` by an app secret.
pub(crate) fn signed(secret: &str, payload: &Value) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload.to_string());
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap().chain_update(&payload);
    format!("{}.{payload}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// What Meta sends about `person`, as of `at`.
fn about(app: &TestApp, person: &str, at: Timestamp) -> String {
    let payload = json!({ "algorithm": "HMAC-SHA256", "issued_at": at.as_seconds(), "user_id": person });
    signed(&app.app_secret(), &payload)
}

pub(crate) async fn send(app: &TestApp, path: &str, signed_request: &str) -> Answer {
    let browser = app.visitor();
    let request = browser.request(reqwest::Method::POST, path).form(&[("signed_request", signed_request)]);
    browser.send(request).await
}

/// The person at Meta behind the one connection of `who`.
async fn person_of(app: &TestApp, who: &Person) -> String {
    let sql = format!("SELECT meta_user_id FROM connections WHERE tenant_id = '{}'", who.tenant());
    app.storage.texts(&sql).await.remove(0)
}

async fn actions(app: &TestApp, who: &Person) -> Vec<String> {
    let entries = observe::list_audit(&app.services, &who.actor, &AuditFilter::default()).await.unwrap();
    entries.into_iter().map(|entry| entry.action).collect()
}
