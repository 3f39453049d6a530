//! A Meta app as the webhooks' door knows it.

use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::Secrets;
use crate::{connect::MetaLogin, meta::AppId};

/// A Meta app whose webhooks are accepted.
#[derive(Debug)]
pub struct WebhookApp {
    /// App ID.
    pub id: AppId,
    /// What it signs with.
    pub secrets: Secrets,
    verify_token: SecretString,
}

impl WebhookApp {
    /// The app that people log in with.
    pub(super) fn new(login: &MetaLogin) -> Self {
        Self {
            id: login.app.app_id.clone(),
            secrets: Secrets::new(&login.app.app_secret, login.app_secret_previous.as_ref()),
            verify_token: login.webhook_verify_token.clone(),
        }
    }

    /// Whether this is the app's verify token. Takes the same time wherever it differs.
    pub(super) fn has_verify_token(&self, token: &str) -> bool {
        self.verify_token.expose_secret().as_bytes().ct_eq(token.as_bytes()).into()
    }
}
