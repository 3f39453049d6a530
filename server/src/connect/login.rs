//! A Meta app and the way people log in to it, and what the settings say of both.

use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use url::Url;

use crate::{
    clock::Timestamp,
    config::MetaSettings,
    meta::{AppId, GraphVersion, INSTAGRAM_LOGIN, Login, MetaApp, Permission, Product},
};

/// A Meta app and how its login dialog is opened.
#[derive(Debug, Clone)]
pub struct MetaLogin {
    /// The app.
    pub app: Arc<MetaApp>,
    /// The app secret before the present one, with which Meta may still sign.
    pub former_secret: Option<FormerSecret>,
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

/// The app secret before the present one.
#[derive(Debug, Clone)]
pub struct FormerSecret {
    /// The secret.
    pub secret: SecretString,
    /// Until when what it signed is taken; until somebody removes it when `None`.
    pub until: Option<Timestamp>,
}

impl FormerSecret {
    /// Whether what it signed is still taken.
    pub fn counts(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// What the settings say of Meta: where it is, how its dialog is opened, and the app, when they name one. What they say of
/// an app goes before what was entered on `/setup`.
#[derive(Debug, Clone)]
pub struct MetaSetup {
    /// The app that the settings name.
    pub app: Option<SetApp>,
    /// The verify token of the webhook callback.
    pub webhook_verify_token: Option<SecretString>,
    /// The Login for Business configuration.
    pub config_id: Option<String>,
    /// The configuration of WhatsApp Embedded Signup, when there is one (Meta reference §2.5).
    pub whatsapp_config_id: Option<String>,
    /// Instagram Login.
    pub instagram: InstagramSetup,
    /// The permissions that are asked for without one.
    pub scopes: Vec<Permission>,
    /// The version that calls name.
    pub graph_version: GraphVersion,
    /// Where the Graph API is.
    pub graph_url: Url,
    /// Where the dialog is.
    pub dialog_url: Url,
    /// The redirect URI registered with Meta.
    pub redirect_uri: Url,
    /// Where the JavaScript SDK is.
    pub sdk_url: Url,
    /// Whether the popup is tried on pages served over plain http.
    pub popup_over_http: bool,
}

/// What the settings say of Instagram Login.
#[derive(Debug, Clone)]
pub struct InstagramSetup {
    /// The Instagram App ID with its secret, when there is one.
    pub app: Option<SetApp>,
    /// Where its Graph API is.
    pub graph_url: Url,
    /// Where its codes are exchanged.
    pub token_url: Url,
    /// Where its dialog is.
    pub dialog_url: Url,
}

/// What was entered with an app, beside its secrets.
#[derive(Debug, Clone, Default)]
pub struct Entered {
    /// The Login for Business configuration.
    pub config_id: Option<String>,
    /// The configuration of WhatsApp Embedded Signup (Meta reference §2.5).
    pub whatsapp_config_id: Option<String>,
    /// The verify token of the webhook callback.
    pub verify_token: Option<SecretString>,
    /// Instagram Login's part.
    pub instagram: Option<SetApp>,
}

/// An App ID with its secret.
#[derive(Debug, Clone)]
pub struct SetApp {
    /// The App ID.
    pub id: AppId,
    /// The App Secret.
    pub secret: SecretString,
    /// The secret before it.
    pub former: Option<FormerSecret>,
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

    /// How people log in to an app of the installation. The settings go before what was entered.
    pub fn login(&self, app: &SetApp, entered: Entered) -> MetaLogin {
        let entered = Entered {
            config_id: self.config_id.clone().or(entered.config_id),
            whatsapp_config_id: self.whatsapp_config_id.clone().or(entered.whatsapp_config_id),
            verify_token: self.webhook_verify_token.clone().or(entered.verify_token),
            instagram: None,
        };
        self.own_login(app, entered)
    }

    /// How people log in to an app of a business's own: what the settings say of the installation's app is none of its.
    pub fn own_login(&self, app: &SetApp, entered: Entered) -> MetaLogin {
        MetaLogin {
            app: Arc::new(MetaApp {
                product: Product::Facebook,
                app_id: app.id.clone(),
                app_secret: app.secret.clone(),
                graph_version: self.graph_version,
                graph_url: self.graph_url.clone(),
                dialog_url: self.dialog_url.clone(),
            }),
            former_secret: app.former.clone(),
            webhook_verify_token: entered.verify_token.unwrap_or_else(|| verify_token_from(&app.secret)),
            login: match entered.config_id {
                Some(config_id) => Login::Configuration { config_id },
                None => Login::Scopes(self.scopes.clone()),
            },
            whatsapp_config_id: entered.whatsapp_config_id,
            redirect_uri: self.redirect_uri.clone(),
            sdk_url: self.sdk_url.clone(),
            popup_over_http: self.popup_over_http,
        }
    }

    /// How accounts log in by Instagram Login's part of an app, whose webhooks come to the address of the whole.
    pub fn instagram_login(&self, part: &SetApp, whole: &MetaLogin) -> MetaLogin {
        let setup = &self.instagram;
        MetaLogin {
            app: Arc::new(MetaApp {
                product: Product::Instagram { token_url: setup.token_url.clone() },
                app_id: part.id.clone(),
                app_secret: part.secret.clone(),
                graph_version: self.graph_version,
                graph_url: setup.graph_url.clone(),
                dialog_url: setup.dialog_url.clone(),
            }),
            former_secret: part.former.clone(),
            webhook_verify_token: whole.webhook_verify_token.clone(),
            login: Login::Instagram(INSTAGRAM_LOGIN.to_vec()),
            whatsapp_config_id: None,
            redirect_uri: self.redirect_uri.clone(),
            sdk_url: self.sdk_url.clone(),
            popup_over_http: self.popup_over_http,
        }
    }
}

impl MetaLogin {
    /// Reads the settings; `None` when they name no app.
    ///
    /// # Errors
    /// Each [`MetaSettingsError`].
    pub fn from_settings(settings: &MetaSettings, public_url: &Url) -> Result<Option<Self>, MetaSettingsError> {
        let setup = MetaSetup::from_settings(settings, public_url)?;
        Ok(setup.app.as_ref().map(|app| setup.login(app, Entered::default())))
    }

    /// The secret before the present one, while what it signed is taken.
    pub fn former_secret(&self, now: Timestamp) -> Option<&SecretString> {
        self.former_secret.as_ref().filter(|former| former.counts(now)).map(|former| &former.secret)
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

/// A verify token that only holders of the app secret can compute: the same in every process, and nothing to set up.
fn verify_token_from(app_secret: &SecretString) -> SecretString {
    let digest = Hmac::<Sha256>::new_from_slice(app_secret.expose_secret().as_bytes()).map(|mut mac| {
        mac.update(b"attache webhook verify token");
        hex::encode(mac.finalize().into_bytes())
    });
    // HMAC takes keys of any length, so there is no other way here; an empty token is nobody's.
    SecretString::from(digest.unwrap_or_default())
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

/// The permissions that some kind of asset cannot do without, and those that the inbox and the ads card use.
pub(crate) fn needed_permissions() -> Vec<Permission> {
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
