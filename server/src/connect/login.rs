//! The installation's Meta app and the way people log in to it.

use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use url::Url;

use crate::{
    config::MetaSettings,
    meta::{GraphVersion, Login, MetaApp, Permission},
};

/// The installation's Meta app and how its login dialog is opened.
#[derive(Debug, Clone)]
pub struct MetaLogin {
    /// The app.
    pub app: Arc<MetaApp>,
    /// The app secret before the present one, with which Meta may still sign.
    pub app_secret_previous: Option<SecretString>,
    /// By which Meta's question about our callback is known to be meant for us (Meta reference §7.1).
    pub webhook_verify_token: SecretString,
    /// What the dialog asks for: a Login for Business configuration, or permissions.
    pub login: Login,
    /// The configuration of WhatsApp Embedded Signup, when there is one (Meta reference §2.5).
    pub whatsapp_config_id: Option<String>,
    /// The redirect URI registered with Meta.
    pub redirect_uri: Url,
    /// Where the JavaScript SDK is.
    pub sdk_url: Url,
    /// Whether the popup is tried on pages served over plain http.
    pub popup_over_http: bool,
}

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

impl MetaLogin {
    /// Reads the settings; `None` when no app is named.
    ///
    /// # Errors
    /// Each [`MetaSettingsError`].
    pub fn from_settings(settings: &MetaSettings, public_url: &Url) -> Result<Option<Self>, MetaSettingsError> {
        let (app_id, app_secret) = match (&settings.app_id, &settings.app_secret) {
            (None, None) => return Ok(None),
            (Some(id), Some(secret)) if !secret.expose_secret().is_empty() => (id, secret),
            _ => return Err(MetaSettingsError::Incomplete),
        };
        let version = settings.graph_api_version.as_ref().or(settings.graph_api_version_alias.as_ref());
        let graph_version = match version {
            Some(text) => text.parse().map_err(|_| MetaSettingsError::Version)?,
            None => GraphVersion::default(),
        };
        Ok(Some(Self {
            app: Arc::new(MetaApp {
                app_id: app_id.parse().map_err(|_| MetaSettingsError::AppId)?,
                app_secret: app_secret.clone(),
                graph_version,
                graph_url: settings.graph_url.clone(),
                dialog_url: settings.dialog_url.clone(),
            }),
            app_secret_previous: given(&settings.app_secret_previous),
            webhook_verify_token: given(&settings.webhook_verify_token)
                .or_else(|| given(&settings.webhook_verify_token_alias))
                .or_else(|| verify_token_from(app_secret))
                .ok_or(MetaSettingsError::Incomplete)?,
            login: login(settings)?,
            whatsapp_config_id: whatsapp_config_id(settings)?,
            redirect_uri: redirect_uri(settings, public_url)?,
            sdk_url: settings.sdk_url.clone(),
            popup_over_http: settings.popup_over_http,
        }))
    }

    /// The origins whose messages are taken for those of Meta's window, each compared whole (Meta reference §2.6): a page of
    /// `evilfacebook.com` is none of them.
    pub fn window_origins(&self) -> Vec<String> {
        let dialog = &self.app.dialog_url;
        if dialog.host_str().is_some_and(|host| FACEBOOK.contains(&host)) {
            FACEBOOK.map(|host| format!("https://{host}")).to_vec()
        } else {
            vec![dialog.origin().ascii_serialization()]
        }
    }

    /// Whether the popup can be tried at all: Meta's SDK refuses pages served over plain http (Meta reference §2.1).
    pub fn popup_allowed(&self, https: bool) -> bool {
        https || self.popup_over_http
    }
}

/// Where Facebook's windows post from.
const FACEBOOK: [&str; 5] =
    ["www.facebook.com", "web.facebook.com", "business.facebook.com", "m.facebook.com", "facebook.com"];
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

/// A verify token that only holders of the app secret can compute: the same in every process, and nothing to set up.
fn verify_token_from(app_secret: &SecretString) -> Option<SecretString> {
    let mut mac = Hmac::<Sha256>::new_from_slice(app_secret.expose_secret().as_bytes()).ok()?;
    mac.update(b"attache webhook verify token");
    Some(SecretString::from(hex::encode(mac.finalize().into_bytes())))
}

/// The configuration of Embedded Signup. One that is set and empty is not set.
fn whatsapp_config_id(settings: &MetaSettings) -> Result<Option<String>, MetaSettingsError> {
    match settings.whatsapp_config_id.as_deref() {
        None | Some("") => Ok(None),
        Some(id) if id.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(id.to_owned())),
        Some(_) => Err(MetaSettingsError::WhatsappConfigId),
    }
}

fn login(settings: &MetaSettings) -> Result<Login, MetaSettingsError> {
    if let Some(config_id) = &settings.config_id {
        let digits = !config_id.is_empty() && config_id.bytes().all(|byte| byte.is_ascii_digit());
        return if digits {
            Ok(Login::Configuration { config_id: config_id.clone() })
        } else {
            Err(MetaSettingsError::ConfigId)
        };
    }
    if settings.oauth_scopes.is_empty() {
        return Ok(Login::Scopes(needed_permissions()));
    }
    let scopes = settings.oauth_scopes.iter().map(|scope| scope.trim());
    scopes
        .map(|scope| scope.parse().map_err(|_| MetaSettingsError::Scope(scope.to_owned())))
        .collect::<Result<Vec<Permission>, _>>()
        .map(Login::Scopes)
}

/// The permissions that some kind of asset cannot do without, and those that the inbox and the ads card use.
pub(super) fn needed_permissions() -> Vec<Permission> {
    vec![
        Permission::PAGES_SHOW_LIST,
        Permission::PAGES_MESSAGING,
        Permission::PAGES_MANAGE_METADATA,
        Permission::PAGES_READ_ENGAGEMENT,
        Permission::INSTAGRAM_BASIC,
        Permission::INSTAGRAM_MANAGE_MESSAGES,
        Permission::INSTAGRAM_MANAGE_COMMENTS,
        Permission::WHATSAPP_BUSINESS_MANAGEMENT,
        Permission::WHATSAPP_BUSINESS_MESSAGING,
        Permission::BUSINESS_MANAGEMENT,
        Permission::ADS_READ,
    ]
}
