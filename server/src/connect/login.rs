//! A Meta app and the way people log in to it: what the flows use of it (`setup` is how it comes about, `settings` how the
//! settings are read).

mod needed;
mod settings;
mod setup;

use std::sync::Arc;

use secrecy::SecretString;
use url::Url;

pub(crate) use self::needed::needed_permissions;
pub use self::{
    settings::MetaSettingsError,
    setup::{Entered, InstagramSetup, MetaSetup, SetApp},
};
use crate::{
    clock::Timestamp,
    config::MetaSettings,
    meta::{Login, MetaApp},
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
