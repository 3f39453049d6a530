//! Webhooks as Meta sends them, and as others would.

use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::{Method, RequestBuilder};
use sha2::Sha256;

use super::{Answer, Browser, TestApp};

/// `X-Hub-Signature-256` of the body by an app secret.
pub(crate) fn signed_by(secret: &str, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap().chain_update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

impl TestApp {
    /// A program that calls the installation, such as Meta's servers.
    pub(crate) fn caller(&self) -> &Browser {
        self.caller.get_or_init(|| self.visitor())
    }

    /// A webhook, signed by the installation's app.
    pub(crate) fn webhook(&self, body: impl Into<Vec<u8>>) -> RequestBuilder {
        let body = body.into();
        let signature = signed_by(&self.app_secret(), &body);
        self.unsigned_webhook(body).header("x-hub-signature-256", signature)
    }

    /// A webhook that nobody signed.
    pub(crate) fn unsigned_webhook(&self, body: impl Into<Vec<u8>>) -> RequestBuilder {
        let request = self.caller().request(Method::POST, "/webhooks/meta");
        request.header("content-type", "application/json").body(body.into())
    }

    /// Sends a webhook as Meta does and reads the answer.
    pub(crate) async fn deliver(&self, body: impl Into<Vec<u8>>) -> Answer {
        self.caller().send(self.webhook(body)).await
    }

    /// What was refused: the reason, and how often.
    pub(crate) async fn refused(&self) -> Vec<(String, i64)> {
        let db = self.services.db();
        self.services.refusals().flush(db).await.unwrap();
        let long_ago = server::clock::Timestamp::from_millis(0);
        let refused = server::db::webhook_refusals::list_since(db, long_ago).await.unwrap();
        refused.into_iter().map(|one| (one.reason, one.count)).collect()
    }
}
