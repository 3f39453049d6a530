//! Getting tokens: the dialog's address, the exchange of its code, and a longer life for a token.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use super::{
    call::{Auth, GraphCall},
    client::Verb,
    error::{BadRequestProblem, Context, MetaError, MetaErrorKind},
    graph::GraphClient,
    permissions::Permission,
    token::AccessToken,
};

/// What the dialog is asked for (Meta reference §3).
#[derive(Debug, Clone)]
pub struct DialogRequest {
    /// Where the browser comes back to. It must be registered in the app, to the letter.
    pub redirect_uri: Url,
    /// Our unguessable text, which comes back unchanged.
    pub state: SecretString,
    /// Which kind of login.
    pub login: Login,
    /// Whether to ask again for what was declined before.
    pub auth_type: Option<AuthType>,
    /// How the dialog is shown.
    pub display: Display,
}

/// Which kind of login: the two exclude each other, since a configuration brings its own permissions.
#[derive(Debug, Clone)]
pub enum Login {
    /// Classic Facebook Login.
    Scopes(Vec<Permission>),
    /// Facebook Login for Business (Meta reference §3.3).
    Configuration {
        /// The configuration's id, which is not the App ID.
        config_id: String,
    },
    /// Instagram Login, without a Page.
    Instagram(Vec<Permission>),
}

/// Meta's `auth_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthType {
    /// Ask again for permissions that were declined; without it they are skipped silently.
    Rerequest,
    /// Ask for the password again.
    Reauthenticate,
}

/// Meta's `display`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Display {
    /// The whole page.
    #[default]
    Page,
    /// A small window.
    Popup,
}

/// Which `redirect_uri` a code is bound to. It is a property of the flow (Meta reference §2.7).
#[derive(Debug, Clone)]
pub enum RedirectBinding {
    /// The redirect dialog: exactly this one.
    Exactly(Url),
    /// The SDK's popup, whose own address no server knows: none, then an empty one, then the page's.
    Popup {
        /// The page that called `FB.login`.
        page_url: Url,
    },
}

/// A token from Meta's token endpoint.
#[derive(Debug, Clone)]
pub struct TokenGrant {
    /// The token.
    pub token: AccessToken,
    /// How long it lives; `None` when Meta does not say, which is the case for tokens that never expire.
    pub expires_in: Option<Duration>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Option<AccessToken>,
    #[serde(default)]
    expires_in: Option<i64>,
}

impl GraphClient {
    /// The address of Meta's dialog.
    pub fn dialog_url(&self, request: &DialogRequest) -> Url {
        let mut url = self.app.dialog_url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            match &request.login {
                Login::Instagram(_) => segments.extend(["oauth", "authorize"]),
                _ => segments.push(&self.app.graph_version.to_string()).extend(["dialog", "oauth"]),
            };
        }
        let mut query = url.query_pairs_mut();
        query
            .append_pair("client_id", self.app.app_id.as_str())
            .append_pair("redirect_uri", request.redirect_uri.as_str())
            .append_pair("state", request.state.expose_secret())
            .append_pair("response_type", "code");
        match &request.login {
            Login::Scopes(scopes) | Login::Instagram(scopes) => {
                let scopes: Vec<&str> = scopes.iter().map(Permission::as_str).collect();
                query.append_pair("scope", &scopes.join(","));
            }
            Login::Configuration { config_id } => {
                query.append_pair("config_id", config_id).append_pair("override_default_response_type", "true");
            }
        }
        // Instagram's dialog knows neither of the rest.
        if matches!(request.login, Login::Instagram(_)) {
            drop(query);
            return url;
        }
        match request.auth_type {
            Some(AuthType::Rerequest) => {
                query.append_pair("auth_type", "rerequest");
            }
            Some(AuthType::Reauthenticate) => {
                query.append_pair("auth_type", "reauthenticate");
            }
            None => {}
        }
        if request.display == Display::Popup {
            query.append_pair("display", "popup");
        }
        drop(query);
        url
    }

    /// Exchanges the dialog's code for a token. Call it at once: a popup's code lives 30 seconds. A code works once, so
    /// nothing is repeated, except that a popup's code is offered with the next `redirect_uri` when Meta says that this
    /// was not the one (Meta reference §2.7).
    ///
    /// # Errors
    /// `BadRequest(CodeUsed | CodeExpired | CodeInvalid | RedirectMismatch)`, `Configuration(AppSecret | AppId |
    /// RedirectUri)`, and whatever else Meta refuses.
    pub async fn exchange_code(&self, code: &SecretString, binding: &RedirectBinding) -> Result<TokenGrant, MetaError> {
        let candidates: Vec<Option<&str>> = match binding {
            RedirectBinding::Exactly(uri) => vec![Some(uri.as_str())],
            RedirectBinding::Popup { page_url } => vec![None, Some(""), Some(page_url.as_str())],
        };
        let mut mismatch = None;
        for redirect_uri in candidates {
            let mut call = self.token_endpoint().with_secret("code", code.expose_secret());
            if let Some(uri) = redirect_uri {
                call = call.with("redirect_uri", uri);
            }
            match self.grant(call).await {
                Err(error) if error.kind == MetaErrorKind::BadRequest(BadRequestProblem::RedirectMismatch) => {
                    mismatch = Some(error);
                }
                done => return done,
            }
        }
        Err(mismatch.unwrap_or_else(no_token))
    }

    /// Exchanges a short-lived token of a person for one of about 60 days (Meta reference §4.2).
    ///
    /// # Errors
    /// `Credential(Expired)` when it is too late, and whatever else Meta refuses.
    pub async fn exchange_long_lived(&self, token: &AccessToken) -> Result<TokenGrant, MetaError> {
        let call = self
            .token_endpoint()
            .with("grant_type", "fb_exchange_token")
            .with_secret("fb_exchange_token", token.expose());
        self.grant(call).await
    }

    pub(super) fn token_endpoint(&self) -> GraphCall<'static> {
        let path = "oauth/access_token";
        GraphCall::new(Verb::Post, path, path.to_owned(), Auth::None, Context::Token)
            .with("client_id", self.app.app_id.as_str())
            .with_secret("client_secret", self.app.app_secret.expose_secret())
    }

    pub(super) async fn grant(&self, call: GraphCall<'_>) -> Result<TokenGrant, MetaError> {
        let answer: TokenAnswer = self.call(call).await?;
        let token = answer.access_token.filter(|token| !token.expose().is_empty()).ok_or_else(no_token)?;
        let expires_in = answer.expires_in.and_then(|s| u64::try_from(s).ok()).filter(|s| *s > 0);
        Ok(TokenGrant { token, expires_in: expires_in.map(Duration::from_secs) })
    }
}

/// An exchange that holds no token is a failure, whatever its status (Meta reference §11, row 36).
fn no_token() -> MetaError {
    MetaError::own(MetaErrorKind::BadRequest(BadRequestProblem::NoToken), "the answer held no access token")
}

#[cfg(test)]
#[path = "oauth_tests.rs"]
mod tests;
