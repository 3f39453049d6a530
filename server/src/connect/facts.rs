//! What is known of a token: Meta's word for Facebook's tokens; for Instagram's, of which Meta tells nothing, what it said when
//! it gave them, and whether it still takes them.

use super::Permissions;
use crate::{
    clock::Timestamp,
    db::{
        attempts::Attempt,
        connections::{self, Connection},
        from_json, staged_grants,
    },
    error::{Error, Result},
    ids::ConnectionId,
    meta::{
        AccessToken, Expiry, GranularScopes, GraphClient, MetaError, MetaUserId, Permission, TokenFacts, TokenKind,
    },
    services::Services,
};

/// What was said of a token when it was given.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// The granted permissions.
    scopes: Vec<Permission>,
    /// When it ends.
    expires_at: Expiry,
    /// The person, system user or account, as the app sees them.
    user_id: Option<MetaUserId>,
}

impl Said {
    /// Of the token that a connection has.
    pub(super) fn of_connection(connection: &Connection) -> Result<Self> {
        Self::kept(&connection.permissions, connection.expires_at, &connection.meta_user_id)
    }

    /// Of the token that an attempt brought, which may wait beside the one of its connection.
    pub(super) async fn of_attempt(services: &Services, attempt: &Attempt, connection: &ConnectionId) -> Result<Self> {
        let (db, tenant) = (services.db(), &attempt.tenant_id);
        let kept = connections::get(db, tenant, connection).await?.ok_or(Error::NotFound("connection"))?;
        match staged_grants::get(db, tenant, &attempt.id).await? {
            Some(staged) => Self::kept(&staged.permissions, staged.expires_at, &kept.meta_user_id),
            None => Self::of_connection(&kept),
        }
    }

    /// Of a token that Meta gave a moment ago.
    pub(super) fn given(scopes: Vec<Permission>, expires_at: Expiry, user_id: MetaUserId) -> Self {
        Self { scopes, expires_at, user_id: Some(user_id) }
    }

    fn kept(permissions: &str, expires_at: Option<i64>, user_id: &str) -> Result<Self> {
        let permissions: Permissions = from_json(permissions)?;
        let end = expires_at.map(Timestamp::from_millis);
        Ok(Self {
            scopes: permissions.granted.iter().filter_map(|name| name.parse().ok()).collect(),
            expires_at: end.map_or(Expiry::Unknown, Expiry::At),
            user_id: user_id.parse().ok(),
        })
    }

    pub(super) fn facts(self, graph: &GraphClient, invalid: Option<MetaError>) -> TokenFacts {
        TokenFacts {
            kind: TokenKind::Instagram,
            app_id: graph.app().app_id.clone(),
            user_id: self.user_id,
            profile_id: None,
            is_valid: invalid.is_none(),
            expires_at: self.expires_at,
            data_access_expires_at: Expiry::Never,
            issued_at: None,
            scopes: self.scopes.into_iter().collect(),
            granular: GranularScopes::default(),
            invalid,
        }
    }
}

/// What is known of `token` now.
///
/// # Errors
/// When Meta cannot be asked, or the app is set up wrongly. A token that Meta refuses is no error: the facts say so.
pub(super) async fn facts(
    graph: &GraphClient,
    token: &AccessToken,
    said: Said,
) -> std::result::Result<TokenFacts, MetaError> {
    if !graph.app().is_instagram() {
        return graph.debug_token(token).await;
    }
    match graph.instagram_user(token).await {
        Ok(_) => Ok(said.facts(graph, None)),
        Err(refused) if refused.is_credential() => Ok(said.facts(graph, Some(refused))),
        Err(error) => Err(error),
    }
}
