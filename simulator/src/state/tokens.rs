//! Access tokens: opaque, and only here is it known what they stand for.

use std::collections::HashMap;

use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};

use super::State;
use crate::secrets;

/// Sixty days, as Meta counts them.
pub(crate) const SIXTY_DAYS: i64 = 60 * 86_400;
/// Life of a short user token.
pub(crate) const SHORT: i64 = 2 * 3600;
/// Data access ends this long after the person last used the app (Meta reference §4.4).
pub(crate) const DATA_ACCESS: i64 = 90 * 86_400;
/// More tokens than this and the oldest go.
const MOST: usize = 50_000;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenKind {
    UserShort,
    UserLong,
    SystemUser,
    Page(String),
    /// Instagram Login: the account itself, as `graph.instagram.com` knows it.
    Instagram,
}

/// Why a token no longer works (Meta reference §4.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revocation {
    /// 190/460: every token of the person.
    PasswordChanged,
    /// 190/459: every token of the person.
    Checkpoint,
    /// 190/458: the person removed the app; every token.
    AppRemoved,
    /// 190/463: this token, and Page tokens made from a short one.
    Expired,
    /// 190/467: this token.
    LoggedOut,
    /// 190/492: this (Page) token.
    RoleLost,
    /// The right to read data lapsed: the token validates, data calls come back empty (Meta reference §4.4).
    DataAccess,
}

impl Revocation {
    /// Whether it takes every token of the subject with it.
    pub(crate) fn is_for_everything(self) -> bool {
        matches!(self, Self::PasswordChanged | Self::Checkpoint | Self::AppRemoved | Self::DataAccess)
    }
}

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// The person's id, or the system user's.
    pub(crate) subject: String,
    /// Unix seconds.
    pub(crate) issued_at: i64,
    /// Unix seconds, `0` never.
    pub(crate) expires_at: i64,
    pub(crate) revoked: Option<Revocation>,
}

/// All tokens.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    all: HashMap<String, Token>,
    order: std::collections::VecDeque<String>,
    /// The same parent token gets the same Page token again.
    pages: HashMap<(String, String), String>,
}

impl Tokens {
    pub(crate) fn get(&self, value: &str) -> Option<&Token> {
        self.all.get(value)
    }

    /// Issue a new token.
    pub(crate) fn mint(&mut self, rng: &mut StdRng, token: Token) -> String {
        let prefix = if token.kind == TokenKind::Instagram { "IGAA" } else { "EAA" };
        let value = format!("{prefix}{}", secrets::opaque(rng, 177));
        if self.order.len() >= MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.all.remove(&oldest);
        }
        self.order.push_back(value.clone());
        self.all.insert(value.clone(), token);
        value
    }

    /// The Page token a user or system-user token gives (Meta reference §4.3).
    pub(crate) fn page_token(&mut self, rng: &mut StdRng, parent: &str, page: &str, now: i64) -> Option<String> {
        let key = (parent.to_owned(), page.to_owned());
        if let Some(value) = self.pages.get(&key)
            && self.all.get(value).is_some_and(|token| token.revoked.is_none())
        {
            return Some(value.clone());
        }
        let from = self.all.get(parent)?.clone();
        let expires_at = match from.kind {
            TokenKind::UserShort => from.expires_at,
            _ => 0,
        };
        let value = self.mint(
            rng,
            Token {
                kind: TokenKind::Page(page.to_owned()),
                subject: from.subject,
                issued_at: now,
                expires_at,
                revoked: None,
            },
        );
        if self.pages.len() >= MOST {
            self.pages.clear();
        }
        self.pages.insert(key, value.clone());
        Some(value)
    }

    /// Make a token useless. Returns whether it existed.
    pub(crate) fn revoke(&mut self, value: &str, why: Revocation) -> bool {
        let Some(subject) = self.all.get(value).map(|token| token.subject.clone()) else { return false };
        if why.is_for_everything() {
            self.revoke_subject(&subject, why);
            return true;
        }
        let mut values = vec![value.to_owned()];
        if why == Revocation::Expired {
            let short = self.all.get(value).is_some_and(|token| token.kind == TokenKind::UserShort);
            values.extend(
                self.pages.iter().filter(|((parent, _), _)| short && parent == value).map(|(_, page)| page.clone()),
            );
        }
        for value in values {
            if let Some(token) = self.all.get_mut(&value) {
                token.revoked = Some(why);
            }
        }
        true
    }

    /// Make every token of a person (or system user) useless.
    pub(crate) fn revoke_subject(&mut self, subject: &str, why: Revocation) {
        for token in self.all.values_mut().filter(|token| token.subject == subject) {
            token.revoked = Some(why);
        }
    }

    /// Undo a revocation that using the app again undoes.
    pub(crate) fn restore(&mut self, subject: &str, why: Revocation) {
        for token in self.all.values_mut().filter(|token| token.subject == subject && token.revoked == Some(why)) {
            token.revoked = None;
        }
    }

    /// Every token with its value, oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Token)> {
        self.order.iter().filter_map(|value| self.all.get(value).map(|token| (value, token)))
    }

    /// The full value of the token with this fingerprint.
    pub(crate) fn by_fingerprint(&self, fingerprint: &str) -> Option<String> {
        self.order.iter().find(|value| secrets::fingerprint(value) == fingerprint).cloned()
    }
}

impl State {
    /// Make a token useless, and note in the grant behind it what that means. Returns whether it existed.
    pub(crate) fn revoke(&mut self, value: &str, why: Revocation) -> bool {
        let Some(subject) = self.tokens.get(value).map(|token| token.subject.clone()) else { return false };
        self.lapse(&subject, why);
        self.tokens.revoke(value, why)
    }

    /// The same for every token of a person (or system user).
    pub(crate) fn revoke_subject(&mut self, subject: &str, why: Revocation) {
        self.lapse(subject, why);
        self.tokens.revoke_subject(subject, why);
    }

    /// When data access lapses, the person's last use is as long ago as that takes: `debug_token` tells the moment.
    fn lapse(&mut self, subject: &str, why: Revocation) {
        if why == Revocation::DataAccess {
            let last_used = self.now() - DATA_ACCESS;
            self.grants.age(subject, last_used);
        }
    }
}
