//! What Meta says of a token (Meta reference §4.6).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::{
    batch::BatchItem,
    error::{Context, MetaError, fault_in},
    graph::{GraphClient, decode},
    ids::{AppId, MetaUserId, PageId},
    permissions::{Permission, missing_for, missing_for_instagram_login},
    token::AccessToken,
};
use crate::{asset_kind::AssetKind, clock::Timestamp};

/// Whose token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A person's.
    User,
    /// A Page's.
    Page,
    /// A system user's, in a client's portfolio (Meta reference §4.5).
    SystemUser,
    /// An Instagram account's, by Instagram Login.
    Instagram,
    /// The app's own.
    App,
}

/// When something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Never, by time: Meta writes `0`. It can still be revoked.
    Never,
    /// At this moment.
    At(Timestamp),
    /// Meta does not say.
    Unknown,
}

/// What Meta says of a token.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenFacts {
    /// Whose token.
    pub kind: TokenKind,
    /// The app it was made for; compare it with the own App ID.
    pub app_id: AppId,
    /// The person or system user.
    pub user_id: Option<MetaUserId>,
    /// The Page of a Page token.
    pub profile_id: Option<PageId>,
    /// Whether it works now.
    pub is_valid: bool,
    /// When it ends.
    pub expires_at: Expiry,
    /// When reading the person's data ends although the token still works: 90 days after the person last used the app
    /// (Meta reference §4.4).
    pub data_access_expires_at: Expiry,
    /// When it was made; missing for short tokens.
    pub issued_at: Option<Timestamp>,
    /// What was granted.
    pub scopes: BTreeSet<Permission>,
    /// For which assets.
    pub granular: GranularScopes,
    /// Why it does not work.
    pub invalid: Option<MetaError>,
}

impl TokenFacts {
    /// Whether `permission` was granted.
    pub fn has(&self, permission: &Permission) -> bool {
        self.scopes.contains(permission)
    }

    /// The permissions that an asset of `kind` cannot do without and that were not granted.
    pub fn missing_for(&self, kind: AssetKind) -> Vec<Permission> {
        match self.kind {
            TokenKind::Instagram => missing_for_instagram_login(|permission| self.has(permission)),
            _ => missing_for(kind, |permission| self.has(permission)),
        }
    }
}

/// For which assets each permission was granted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GranularScopes(BTreeMap<Permission, Targets>);

/// The assets of one permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Targets {
    /// All of them, present and future. Meta says so by leaving `target_ids` out, which is not the same as an empty list
    /// (Meta reference §4.6; §11 row 18).
    All,
    /// These, newest first for WhatsApp accounts.
    These(Vec<String>),
}

impl GranularScopes {
    /// The assets for which `permission` was granted; `None` when Meta does not list the permission.
    pub fn targets(&self, permission: &Permission) -> Option<&Targets> {
        self.0.get(permission)
    }

    /// Whether the grant of `permission` covers the asset `id`. A permission that Meta does not list is not limited to
    /// assets.
    pub fn covers(&self, permission: &Permission, id: &str) -> bool {
        match self.0.get(permission) {
            None | Some(Targets::All) => true,
            Some(Targets::These(ids)) => ids.iter().any(|target| target == id),
        }
    }

    /// Every asset named for any of `permissions`, in Meta's order, each once.
    pub fn named_for(&self, permissions: &[Permission]) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        permissions
            .iter()
            .filter_map(|permission| match self.0.get(permission)? {
                Targets::All => None,
                Targets::These(ids) => Some(ids),
            })
            .flatten()
            .map(String::as_str)
            .filter(|id| seen.insert(*id))
            .collect()
    }

    /// Builds the answer for tests and for facts read back from storage.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (Permission, Targets)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// Every permission with its assets.
    pub fn iter(&self) -> impl Iterator<Item = (&Permission, &Targets)> {
        self.0.iter()
    }
}

#[derive(Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    app_id: Option<AppId>,
    #[serde(rename = "type")]
    kind: Option<String>,
    user_id: Option<MetaUserId>,
    profile_id: Option<PageId>,
    is_valid: bool,
    expires_at: Option<i64>,
    data_access_expires_at: Option<i64>,
    issued_at: Option<i64>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    granular_scopes: Vec<Granular>,
}

#[derive(Deserialize)]
struct Granular {
    scope: String,
    #[serde(default)]
    target_ids: Option<Vec<String>>,
}

impl GraphClient {
    /// Asks Meta what `token` is, as the app itself.
    ///
    /// Meta's own form of this call has the token in the address; to keep it out of every log on the way it travels in
    /// the body of a batch of one (Meta reference §5.6).
    ///
    /// # Errors
    /// `Configuration(AppSecret)` when Meta does not accept the app. An invalid token is not an error: read
    /// [`TokenFacts::is_valid`] and [`TokenFacts::invalid`].
    pub async fn debug_token(&self, token: &AccessToken) -> Result<TokenFacts, MetaError> {
        let item = BatchItem::get("debug_token", &[("input_token", token.expose())]);
        let answer = self.single_as_app("debug_token", item, token).await?;
        facts(answer, &self.app.app_id, token)
    }
}

fn facts(answer: Value, own_app: &AppId, token: &AccessToken) -> Result<TokenFacts, MetaError> {
    let invalid = answer
        .get("data")
        .and_then(fault_in)
        .map(|fault| MetaError::from_fault(&fault, None, Context::Token, &[token.expose()]));
    let Answer { data } = decode(answer)?;
    let kind = match data.kind.as_deref() {
        Some("PAGE") => TokenKind::Page,
        Some("SYSTEM_USER") => TokenKind::SystemUser,
        Some("APP") => TokenKind::App,
        _ => TokenKind::User,
    };
    let app_id = match data.app_id {
        Some(app_id) => app_id,
        // Meta leaves everything out for a text that is no token at all.
        None if !data.is_valid => own_app.clone(),
        None => return Err(super::graph::wrong_type("data.app_id")),
    };
    let granular = data.granular_scopes.into_iter().filter_map(|granular| {
        let targets = granular.target_ids.map_or(Targets::All, Targets::These);
        Some((granular.scope.parse().ok()?, targets))
    });
    Ok(TokenFacts {
        kind,
        app_id,
        user_id: data.user_id,
        profile_id: data.profile_id,
        is_valid: data.is_valid,
        expires_at: expiry(data.expires_at),
        data_access_expires_at: expiry(data.data_access_expires_at),
        issued_at: data.issued_at.filter(|seconds| *seconds > 0).map(Timestamp::from_seconds),
        scopes: data.scopes.iter().filter_map(|scope| scope.parse().ok()).collect(),
        granular: GranularScopes::from_pairs(granular),
        invalid,
    })
}

fn expiry(seconds: Option<i64>) -> Expiry {
    match seconds {
        None => Expiry::Unknown,
        Some(..=0) => Expiry::Never,
        Some(seconds) => Expiry::At(Timestamp::from_seconds(seconds)),
    }
}

#[cfg(test)]
#[path = "debug_token_tests.rs"]
mod tests;
