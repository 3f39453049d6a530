//! What is set up of Meta, and the logins that follow from it.

use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use url::Url;

use super::{FormerSecret, MetaLogin};
use crate::meta::{AppId, GraphVersion, INSTAGRAM_LOGIN, Login, MetaApp, Permission, Product};

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

impl MetaSetup {
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

/// A verify token that only holders of the app secret can compute: the same in every process, and nothing to set up.
fn verify_token_from(app_secret: &SecretString) -> SecretString {
    let digest = Hmac::<Sha256>::new_from_slice(app_secret.expose_secret().as_bytes()).map(|mut mac| {
        mac.update(b"attache webhook verify token");
        hex::encode(mac.finalize().into_bytes())
    });
    // HMAC takes keys of any length, so there is no other way here; an empty token is nobody's.
    SecretString::from(digest.unwrap_or_default())
}
