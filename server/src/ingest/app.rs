//! A Meta app as the webhooks' door knows it.

use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::{Refusal, Signature, SigningKey};
use crate::{clock::Timestamp, connect::MetaLogin, ids::TenantId, meta::AppId};

/// A Meta app whose webhooks are accepted.
#[derive(Debug)]
pub struct WebhookApp {
    /// App ID.
    pub id: AppId,
    /// The secrets, and until when what each signed is taken.
    secrets: Vec<(SigningKey, Option<Timestamp>)>,
    verify_token: SecretString,
    /// Whether a business has its secret, and not the installation alone.
    of_a_business: bool,
}

impl WebhookApp {
    /// The app that people log in with. What concerns Instagram may be signed with the secret of Instagram Login's part.
    pub(crate) fn new(owner: Option<&TenantId>, login: &MetaLogin, instagram: Option<&MetaLogin>) -> Self {
        let of = |login: &MetaLogin| {
            let former = login.former_secret.as_ref();
            let former = former.map(|former| (SigningKey::new(&former.secret), former.until));
            [Some((SigningKey::new(&login.app.app_secret), None)), former].into_iter().flatten()
        };
        Self {
            id: login.app.app_id.clone(),
            secrets: of(login).chain(instagram.into_iter().flat_map(of)).collect(),
            verify_token: login.webhook_verify_token.clone(),
            of_a_business: owner.is_some(),
        }
    }

    /// Whether the app signed exactly these bytes, with one of its secrets while that counts. Takes the same time wherever the
    /// signature differs.
    ///
    /// # Errors
    /// [`Refusal::WrongSignature`].
    pub fn verify(&self, body: &[u8], signature: Signature, now: Timestamp) -> Result<(), Refusal> {
        let counts = |until: &Option<Timestamp>| until.is_none_or(|until| now < until);
        let signed = self.secrets.iter().any(|(key, until)| counts(until) && key.verify(body, signature).is_ok());
        if signed { Ok(()) } else { Err(Refusal::WrongSignature) }
    }

    /// Whether a business entered it as its own, and so has its secret.
    pub(super) fn is_of_a_business(&self) -> bool {
        self.of_a_business
    }

    /// Whether this is the app's verify token. Takes the same time wherever it differs.
    pub(super) fn has_verify_token(&self, token: &str) -> bool {
        let ours = self.verify_token.expose_secret().as_bytes();
        !ours.is_empty() && bool::from(ours.ct_eq(token.as_bytes()))
    }
}
