//! Tokens: seen by fingerprint, revoked by value or fingerprint.

use serde::{Deserialize, Serialize};

use super::Control;
use crate::secrets::fingerprint;
use crate::state::{Revocation, TokenKind};

/// A token as the control shows it: never its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenInfo {
    /// First digits of its SHA-256.
    pub fingerprint: String,
    /// `user_short`, `user_long`, `system_user`, `page` or `instagram`.
    pub kind: String,
    /// Id of the person or system user.
    pub subject: String,
    /// The Page, of Page tokens.
    pub page: Option<String>,
    /// Unix seconds.
    pub issued_at: i64,
    /// Unix seconds, `0` never.
    pub expires_at: i64,
    /// Why it no longer works.
    pub revoked: Option<Revocation>,
}

impl Control {
    /// Make a token useless, given its value or its fingerprint. Returns whether there was such a token.
    pub fn revoke(&self, token: &str, why: Revocation) -> bool {
        let mut state = self.shared.lock();
        let value = state.tokens.by_fingerprint(token).unwrap_or_else(|| token.to_owned());
        let subject = state.tokens.get(&value).map(|token| token.subject.clone());
        if let (Some(subject), Revocation::AppRemoved) = (&subject, why) {
            let grant = state.grants.person_mut(subject);
            grant.authorized = false;
            grant.granted.clear();
            grant.declined.clear();
        }
        state.revoke(&value, why)
    }

    /// Make every token of a person or system user useless.
    pub fn revoke_person(&self, subject: &str, why: Revocation) {
        self.shared.lock().revoke_subject(subject, why);
    }

    /// All tokens, oldest first, without their values.
    #[must_use]
    pub fn tokens(&self) -> Vec<TokenInfo> {
        let state = self.shared.lock();
        state
            .tokens
            .iter()
            .map(|(value, token)| {
                let (kind, page) = match &token.kind {
                    TokenKind::UserShort => ("user_short", None),
                    TokenKind::UserLong => ("user_long", None),
                    TokenKind::SystemUser => ("system_user", None),
                    TokenKind::Instagram => ("instagram", None),
                    TokenKind::Page(page) => ("page", Some(page.clone())),
                };
                TokenInfo {
                    fingerprint: fingerprint(value),
                    kind: kind.to_owned(),
                    subject: token.subject.clone(),
                    page,
                    issued_at: token.issued_at,
                    expires_at: token.expires_at,
                    revoked: token.revoked,
                }
            })
            .collect()
    }
}
