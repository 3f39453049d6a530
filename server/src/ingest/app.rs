//! A Meta app as the webhooks' door knows it.

use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::{Refusal, Signature, SigningKey};
use crate::{clock::Timestamp, connect::MetaLogin, meta::AppId};

/// A Meta app whose webhooks are accepted.
#[derive(Debug)]
pub struct WebhookApp {
    /// App ID.
    pub id: AppId,
    secret: SigningKey,
    /// The secret before the present one, and until when what it signed is taken.
    former: Option<(SigningKey, Option<Timestamp>)>,
    verify_token: SecretString,
}

impl WebhookApp {
    /// The app that people log in with.
    pub(crate) fn new(login: &MetaLogin) -> Self {
        let former = login.former_secret.as_ref();
        Self {
            id: login.app.app_id.clone(),
            secret: SigningKey::new(&login.app.app_secret),
            former: former.map(|former| (SigningKey::new(&former.secret), former.until)),
            verify_token: login.webhook_verify_token.clone(),
        }
    }

    /// Whether the app signed exactly these bytes, with its secret or with the former one while that counts. Takes the same
    /// time wherever the signature differs.
    ///
    /// # Errors
    /// [`Refusal::WrongSignature`].
    pub fn verify(&self, body: &[u8], signature: Signature, now: Timestamp) -> Result<(), Refusal> {
        match (self.secret.verify(body, signature), &self.former) {
            (Err(_), Some((former, until))) if until.is_none_or(|until| now < until) => former.verify(body, signature),
            (verified, _) => verified,
        }
    }

    /// Whether this is the app's verify token. Takes the same time wherever it differs.
    pub(super) fn has_verify_token(&self, token: &str) -> bool {
        let ours = self.verify_token.expose_secret().as_bytes();
        !ours.is_empty() && bool::from(ours.ct_eq(token.as_bytes()))
    }
}
