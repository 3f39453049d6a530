//! Sending (Meta reference §8).

mod instagram;
mod media;
mod messenger;
mod whatsapp;

use serde_json::{Value, json};

use crate::harness::{Meta, Reply};

/// `POST` of JSON with a token and its proof.
pub(super) async fn post(meta: &Meta, token: &str, path: &str, body: Value) -> Reply {
    let request = meta.http.post(meta.url(path)).query(&[("appsecret_proof", meta.proof(token))]);
    meta.send(request.bearer_auth(token).json(&body)).await
}

/// A WhatsApp text.
pub(super) fn whatsapp_text(to: &str, body: &str) -> Value {
    json!({"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}})
}
