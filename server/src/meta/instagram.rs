//! Instagram API with Instagram Login: an Instagram professional account speaks for itself, without a Facebook Page.
//!
//! It has an id and a secret of its own in the Meta app, and hosts of its own. The dialog's code becomes a token of an hour,
//! that one a token of 60 days, which can be renewed from its second day on until it ends. Nothing there tells what a token
//! may do: the exchange says it once. (Meta for Developers, Instagram Platform: Business Login for Instagram; Webhooks.)

use std::{collections::BTreeSet, time::Duration};

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use super::{
    call::{Auth, GraphCall, Root},
    client::Verb,
    error::{BadRequestProblem, Context, MetaError, MetaErrorKind},
    graph::GraphClient,
    ids::{IgUserId, MetaUserId},
    permissions::Permission,
    token::AccessToken,
};

/// The fields that the product listens to. Mentions come with comments.
pub const INSTAGRAM_FIELDS: &[&str] = &[
    "messages",
    "messaging_postbacks",
    "messaging_seen",
    "message_reactions",
    "messaging_referral",
    "comments",
    "live_comments",
];

/// A token of an Instagram account.
#[derive(Debug, Clone)]
pub struct InstagramGrant {
    /// The token.
    pub token: AccessToken,
    /// How long it lives; `None` when Meta does not say: an hour for the first one.
    pub expires_in: Option<Duration>,
    /// What was granted, when Meta says it.
    pub permissions: Option<BTreeSet<Permission>>,
}

/// An Instagram professional account, as its own token sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InstagramUser {
    /// As this app sees the account: the id in Meta's callbacks about people.
    pub id: MetaUserId,
    /// The account's id, which webhooks name.
    pub user_id: IgUserId,
    /// Its handle, without `@`.
    #[serde(default)]
    pub username: Option<String>,
    /// Its display name.
    #[serde(default)]
    pub name: Option<String>,
    /// Where its picture is; the address ends after some days.
    #[serde(default)]
    pub profile_picture_url: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    /// As the documentation has it.
    #[serde(default)]
    data: Vec<Granted>,
    /// As it comes.
    #[serde(flatten)]
    plain: Granted,
}

#[derive(Deserialize)]
struct Granted {
    #[serde(default)]
    access_token: Option<AccessToken>,
    #[serde(default)]
    expires_in: Option<i64>,
    #[serde(default)]
    permissions: Option<Names>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    Joined(String),
    Listed(Vec<String>),
}

#[derive(Deserialize)]
struct Subscriptions {
    #[serde(default)]
    data: Vec<Subscription>,
}

#[derive(Deserialize)]
struct Subscription {
    #[serde(default)]
    subscribed_fields: Vec<String>,
}

impl GraphClient {
    /// Exchanges the dialog's code for a token of an hour. A code lives an hour and works once.
    ///
    /// # Errors
    /// As [`GraphClient::exchange_code`].
    pub async fn exchange_instagram_code(
        &self,
        code: &SecretString,
        redirect_uri: &Url,
    ) -> Result<InstagramGrant, MetaError> {
        // What browsers keep to themselves, and some do not: Meta ends its return with `#_`.
        let code = code.expose_secret();
        let code = code.strip_suffix("#_").unwrap_or(code);
        let path = "oauth/access_token";
        let call = GraphCall::new(Verb::Post, path, path.to_owned(), Auth::None, Context::Token)
            .under(Root::Codes)
            .with("client_id", self.app.app_id.as_str())
            .with_secret("client_secret", self.app.app_secret.expose_secret())
            .with("grant_type", "authorization_code")
            .with("redirect_uri", redirect_uri.as_str())
            .with_secret("code", code);
        self.instagram_grant(call).await
    }

    /// Exchanges a token of an hour for one of 60 days.
    ///
    /// # Errors
    /// `Credential(Expired)` when it is too late, and whatever else Meta refuses.
    pub async fn exchange_instagram_long_lived(&self, token: &AccessToken) -> Result<InstagramGrant, MetaError> {
        let path = "access_token";
        let call = GraphCall::new(Verb::Get, path, path.to_owned(), Auth::None, Context::Token)
            .under(Root::Graph)
            .with("grant_type", "ig_exchange_token")
            .with_secret("client_secret", self.app.app_secret.expose_secret())
            .with_secret("access_token", token.expose());
        self.instagram_grant(call).await
    }

    /// Exchanges a token of 60 days, a day old or older and not ended, for one that lives 60 days from now on.
    ///
    /// # Errors
    /// `Credential` when it ended or was taken back, and whatever else Meta refuses.
    pub async fn refresh_instagram(&self, token: &AccessToken) -> Result<InstagramGrant, MetaError> {
        let path = "refresh_access_token";
        let call = GraphCall::new(Verb::Get, path, path.to_owned(), Auth::None, Context::Token)
            .under(Root::Graph)
            .with("grant_type", "ig_refresh_token")
            .with_secret("access_token", token.expose());
        self.instagram_grant(call).await
    }

    async fn instagram_grant(&self, call: GraphCall<'_>) -> Result<InstagramGrant, MetaError> {
        let answer: Answer = self.call(call).await?;
        let granted = answer.data.into_iter().next().unwrap_or(answer.plain);
        let token = granted.access_token.filter(|token| !token.expose().is_empty());
        let token = token.ok_or_else(|| {
            MetaError::own(MetaErrorKind::BadRequest(BadRequestProblem::NoToken), "the answer held no access token")
        })?;
        let seconds = granted.expires_in.and_then(|seconds| u64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
        let permissions = granted.permissions.map(|names| match names {
            Names::Joined(names) => names.split(',').filter_map(|name| name.trim().parse().ok()).collect(),
            Names::Listed(names) => names.iter().filter_map(|name| name.trim().parse().ok()).collect(),
        });
        Ok(InstagramGrant { token, expires_in: seconds.map(Duration::from_secs), permissions })
    }

    /// The account that the token speaks for.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn instagram_user(&self, token: &AccessToken) -> Result<InstagramUser, MetaError> {
        let call = GraphCall::get("me", "me", token).with("fields", "id,user_id,username,name,profile_picture_url");
        self.call(call).await
    }

    /// Has an account's events sent to this app.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn subscribe_instagram(&self, account: &IgUserId, token: &AccessToken) -> Result<(), MetaError> {
        let path = format!("{account}/subscribed_apps");
        let call = GraphCall::post("{instagram}/subscribed_apps", path, token);
        self.change(call.with("subscribed_fields", INSTAGRAM_FIELDS.join(","))).await
    }

    /// The fields that this app receives of an account; `None` when it receives nothing. The token is of one app, so no
    /// other app is in the answer.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn instagram_subscription(
        &self,
        account: &IgUserId,
        token: &AccessToken,
    ) -> Result<Option<Vec<String>>, MetaError> {
        let path = format!("{account}/subscribed_apps");
        let call = GraphCall::get("{instagram}/subscribed_apps", path, token).with("fields", "subscribed_fields");
        let answer: Subscriptions = self.call(call).await?;
        Ok(answer.data.into_iter().next().map(|own| own.subscribed_fields))
    }

    /// Ends it.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn unsubscribe_instagram(&self, account: &IgUserId, token: &AccessToken) -> Result<(), MetaError> {
        let path = format!("{account}/subscribed_apps");
        self.change(GraphCall::delete("{instagram}/subscribed_apps", path, token)).await
    }
}

#[cfg(test)]
#[path = "instagram_tests.rs"]
mod tests;
