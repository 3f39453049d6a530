//! The tokens of Instagram Login: from the dialog's code to 60 days, and from there to 60 more.

use secrecy::SecretString;

use super::facts::Said;
use crate::{
    clock::Timestamp,
    meta::{
        AccessToken, BadRequestProblem, Expiry, GraphClient, INSTAGRAM_LOGIN, InstagramGrant, MetaError, MetaErrorKind,
        Person, RedirectBinding, TokenFacts,
    },
};

/// A token, what is known of it, and whose it is.
pub(super) type Redeemed = (AccessToken, TokenFacts, Person);

/// Turns the dialog's code into a token of 60 days. Meta takes it at once, which proves it.
///
/// # Errors
/// Whatever Meta refuses.
pub(super) async fn redeem(
    graph: &GraphClient,
    code: &SecretString,
    binding: &RedirectBinding,
    now: Timestamp,
) -> Result<Redeemed, MetaError> {
    let RedirectBinding::Exactly(redirect_uri) = binding else {
        let kind = MetaErrorKind::BadRequest(BadRequestProblem::RedirectMismatch);
        return Err(MetaError::own(kind, "Instagram Login has no popup"));
    };
    let short = graph.exchange_instagram_code(code, redirect_uri).await?;
    let long = graph.exchange_instagram_long_lived(&short.token).await?;
    let account = graph.instagram_user(&long.token).await?;
    // The exchange lists what was granted. Where it does not, subscribing will show what is missing.
    let scopes =
        short.permissions.or(long.permissions).map_or(INSTAGRAM_LOGIN.to_vec(), |names| names.into_iter().collect());
    let said = Said::given(scopes, ends_at(long.expires_in, now), account.id.clone());
    let name = account.username.map(|username| format!("@{username}")).or(account.name);
    Ok((long.token, said.facts(graph, None), Person { id: account.id, name }))
}

/// Asks for 60 more days, and proves the new token.
///
/// # Errors
/// Whatever Meta refuses.
pub(super) async fn renew(
    graph: &GraphClient,
    token: &AccessToken,
    old: &TokenFacts,
    now: Timestamp,
) -> Result<(AccessToken, TokenFacts), MetaError> {
    let InstagramGrant { token, expires_in, permissions } = graph.refresh_instagram(token).await?;
    let account = graph.instagram_user(&token).await?;
    let scopes = permissions.unwrap_or_else(|| old.scopes.clone()).into_iter().collect();
    Ok((token, Said::given(scopes, ends_at(expires_in, now), account.id).facts(graph, None)))
}

fn ends_at(expires_in: Option<std::time::Duration>, now: Timestamp) -> Expiry {
    expires_in.map_or(Expiry::Unknown, |life| Expiry::At(now.plus(life)))
}
