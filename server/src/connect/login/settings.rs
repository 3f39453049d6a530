//! Reading what the settings say of Meta.

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{FormerSecret, InstagramSetup, MetaSetup, SetApp, needed_permissions};
use crate::{
    config::MetaSettings,
    meta::{GraphVersion, Permission},
};

/// What is wrong with the settings of the Meta app.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetaSettingsError {
    /// The App ID is not digits.
    #[error(
        "Invalid App ID format: META_APP_ID is digits only, from Settings → Basic; a configuration id goes into META_CONFIG_ID"
    )]
    AppId,
    /// There is an App ID without a secret, or a secret without an App ID.
    #[error("Meta App credentials not configured: set both META_APP_ID and META_APP_SECRET")]
    Incomplete,
    /// The Instagram App ID is not digits.
    #[error(
        "Invalid App ID format: META_INSTAGRAM_APP_ID is digits only, from Instagram → API setup with Instagram login; it is \
         not the App ID of Settings → Basic"
    )]
    InstagramAppId,
    /// There is an Instagram App ID without a secret, or a secret without an App ID.
    #[error("Instagram Login is set up by half: set both META_INSTAGRAM_APP_ID and META_INSTAGRAM_APP_SECRET")]
    InstagramIncomplete,
    /// The redirect URI is one that Meta refuses.
    #[error("META_REDIRECT_URI must be an https address; http only on this machine, such as http://localhost:3000")]
    RedirectUri,
    /// The version is not one.
    #[error("META_GRAPH_API_VERSION looks like v26.0")]
    Version,
    /// A scope is not the name of a permission.
    #[error("META_OAUTH_SCOPES holds `{0}`, which is not the name of a permission")]
    Scope(String),
    /// The configuration id of Embedded Signup is not digits.
    #[error("META_WHATSAPP_CONFIG_ID is digits only, from Facebook Login for Business → Configurations")]
    WhatsappConfigId,
    /// The configuration id is not digits.
    #[error("META_CONFIG_ID is digits only, from Facebook Login for Business → Configurations")]
    ConfigId,
}

impl MetaSetup {
    /// Reads the settings.
    ///
    /// # Errors
    /// Each [`MetaSettingsError`].
    pub fn from_settings(settings: &MetaSettings, public_url: &Url) -> Result<Self, MetaSettingsError> {
        let version = settings.graph_api_version.as_ref().or(settings.graph_api_version_alias.as_ref());
        let graph_version = match version {
            Some(text) => text.parse().map_err(|_| MetaSettingsError::Version)?,
            None => GraphVersion::default(),
        };
        Ok(Self {
            app: set_app(settings)?,
            webhook_verify_token: given(&settings.webhook_verify_token)
                .or_else(|| given(&settings.webhook_verify_token_alias)),
            config_id: config_id(settings)?,
            whatsapp_config_id: whatsapp_config_id(settings)?,
            instagram: InstagramSetup {
                app: instagram_app(settings)?,
                graph_url: settings.instagram.instagram_graph_url.clone(),
                token_url: settings.instagram.instagram_token_url.clone(),
                dialog_url: settings.instagram.instagram_dialog_url.clone(),
            },
            scopes: scopes(settings)?,
            graph_version,
            graph_url: settings.graph_url.clone(),
            dialog_url: settings.dialog_url.clone(),
            redirect_uri: redirect_uri(settings, public_url)?,
            sdk_url: settings.sdk_url.clone(),
            popup_over_http: settings.popup_over_http,
        })
    }
}

/// An Instagram App ID needs its secret, and is not the App ID of the Meta app that it is part of.
fn instagram_app(settings: &MetaSettings) -> Result<Option<SetApp>, MetaSettingsError> {
    let instagram = &settings.instagram;
    match (&instagram.instagram_app_id, given(&instagram.instagram_app_secret)) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) if settings.app_id.as_ref() != Some(id) => Ok(Some(SetApp {
            id: id.parse().map_err(|_| MetaSettingsError::InstagramAppId)?,
            secret,
            former: given(&instagram.instagram_app_secret_previous).map(|secret| FormerSecret { secret, until: None }),
        })),
        (Some(_), Some(_)) => Err(MetaSettingsError::InstagramAppId),
        _ => Err(MetaSettingsError::InstagramIncomplete),
    }
}

fn set_app(settings: &MetaSettings) -> Result<Option<SetApp>, MetaSettingsError> {
    match (&settings.app_id, &settings.app_secret) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) if !secret.expose_secret().is_empty() => Ok(Some(SetApp {
            id: id.parse().map_err(|_| MetaSettingsError::AppId)?,
            secret: secret.clone(),
            former: given(&settings.app_secret_previous).map(|secret| FormerSecret { secret, until: None }),
        })),
        _ => Err(MetaSettingsError::Incomplete),
    }
}

/// The path at which the browser comes back from Meta.
const CALLBACK_PATH: &str = "/oauth/meta/callback";

/// The redirect URI: the one that is set, else our own under the public URL. One that leads elsewhere is allowed, for a
/// proxy that passes it on, and said in the log.
fn redirect_uri(settings: &MetaSettings, public_url: &Url) -> Result<Url, MetaSettingsError> {
    let Some(url) = &settings.redirect_uri else {
        let mut url = public_url.clone();
        url.set_path(CALLBACK_PATH);
        return Ok(url);
    };
    let this_machine = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    let fit = url.scheme() == "https" || url.scheme() == "http" && this_machine;
    if !fit || !url.username().is_empty() || url.fragment().is_some() {
        return Err(MetaSettingsError::RedirectUri);
    }
    if !url.path().ends_with(CALLBACK_PATH) {
        tracing::warn!(
            path = url.path(),
            "META_REDIRECT_URI does not end in {CALLBACK_PATH}: unless a proxy passes it on, connecting ends on a page that \
             does not exist"
        );
    }
    Ok(url.clone())
}

/// A secret that is set and empty is not set.
fn given(secret: &Option<SecretString>) -> Option<SecretString> {
    secret.clone().filter(|secret| !secret.expose_secret().is_empty())
}

/// The configuration of Embedded Signup. One that is set and empty is not set.
fn whatsapp_config_id(settings: &MetaSettings) -> Result<Option<String>, MetaSettingsError> {
    match settings.whatsapp_config_id.as_deref() {
        None | Some("") => Ok(None),
        Some(id) if id.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(id.to_owned())),
        Some(_) => Err(MetaSettingsError::WhatsappConfigId),
    }
}

fn config_id(settings: &MetaSettings) -> Result<Option<String>, MetaSettingsError> {
    let Some(config_id) = &settings.config_id else { return Ok(None) };
    let digits = !config_id.is_empty() && config_id.bytes().all(|byte| byte.is_ascii_digit());
    if digits { Ok(Some(config_id.clone())) } else { Err(MetaSettingsError::ConfigId) }
}

fn scopes(settings: &MetaSettings) -> Result<Vec<Permission>, MetaSettingsError> {
    if settings.oauth_scopes.is_empty() {
        return Ok(needed_permissions());
    }
    let scopes = settings.oauth_scopes.iter().map(|scope| scope.trim());
    scopes.map(|scope| scope.parse().map_err(|_| MetaSettingsError::Scope(scope.to_owned()))).collect()
}
