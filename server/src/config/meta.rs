//! The installation's Meta app.

use secrecy::SecretString;
use url::{ParseError, Url};

use super::InstagramSettings;

/// The Meta app of the installation and where Meta is. Point the URLs, and those of [`InstagramSettings`], at the simulator to
/// work without Meta.
#[derive(Debug, Clone, clap::Args)]
pub struct MetaSettings {
    /// The App ID: digits, from Settings → Basic.
    #[arg(long = "meta-app-id", env = "META_APP_ID")]
    pub app_id: Option<String>,
    /// The App Secret, from Settings → Basic.
    #[arg(long = "meta-app-secret", env = "META_APP_SECRET", hide_env_values = true)]
    pub app_secret: Option<SecretString>,
    /// The App Secret before the present one: what Meta still signs with it is accepted. Remove it when Meta uses the new one.
    #[arg(long = "meta-app-secret-previous", env = "META_APP_SECRET_PREVIOUS", hide_env_values = true)]
    pub app_secret_previous: Option<SecretString>,
    /// The verify token of the webhook callback. Default: one made from the App Secret.
    #[arg(long = "meta-webhook-verify-token", env = "META_WEBHOOK_VERIFY_TOKEN", hide_env_values = true)]
    pub webhook_verify_token: Option<SecretString>,
    /// Another name of META_WEBHOOK_VERIFY_TOKEN.
    #[arg(long = "meta-verify-token", env = "META_VERIFY_TOKEN", hide = true, hide_env_values = true)]
    pub webhook_verify_token_alias: Option<SecretString>,
    /// The Login for Business configuration. Without it, classic Facebook Login with the scopes below is used.
    #[arg(long = "meta-config-id", env = "META_CONFIG_ID")]
    pub config_id: Option<String>,
    /// The Login for Business configuration of WhatsApp Embedded Signup. With it, numbers can be set up from here.
    #[arg(long = "meta-whatsapp-config-id", env = "META_WHATSAPP_CONFIG_ID")]
    pub whatsapp_config_id: Option<String>,
    /// The permissions to ask for, separated by commas. Not used with a configuration.
    #[arg(long = "meta-oauth-scopes", env = "META_OAUTH_SCOPES", value_delimiter = ',')]
    pub oauth_scopes: Vec<String>,
    /// The Graph API version.
    #[arg(long = "meta-graph-api-version", env = "META_GRAPH_API_VERSION")]
    pub graph_api_version: Option<String>,
    /// Another name of META_GRAPH_API_VERSION.
    #[arg(long = "graph-api-version", env = "GRAPH_API_VERSION", hide = true)]
    pub graph_api_version_alias: Option<String>,
    /// The redirect URI registered with Meta. Default: /oauth/meta/callback under the public URL.
    #[arg(long = "meta-redirect-uri", env = "META_REDIRECT_URI")]
    pub redirect_uri: Option<Url>,
    /// Where the Graph API is.
    #[arg(long = "meta-graph-url", env = "META_GRAPH_URL", default_value = "https://graph.facebook.com/")]
    pub graph_url: Url,
    /// Where the login dialog is.
    #[arg(long = "meta-dialog-url", env = "META_DIALOG_URL", default_value = "https://www.facebook.com/")]
    pub dialog_url: Url,
    /// Where the JavaScript SDK is.
    #[arg(long = "meta-sdk-url", env = "META_SDK_URL", default_value = "https://connect.facebook.net/en_US/sdk.js")]
    pub sdk_url: Url,
    /// Instagram Login.
    #[command(flatten)]
    pub instagram: InstagramSettings,
    /// Let the popup be tried on a page served over plain http: only for the simulator, Meta's SDK refuses it.
    #[arg(long = "meta-popup-over-http", env = "META_POPUP_OVER_HTTP", default_value_t = false)]
    pub popup_over_http: bool,
}

impl MetaSettings {
    /// No Meta app, and all of Meta at the simulator, which programs and browsers may reach by two addresses.
    ///
    /// # Errors
    /// When an address cannot have a path.
    pub fn simulated(programs: &Url, browsers: &Url) -> Result<Self, ParseError> {
        Ok(Self {
            app_id: None,
            app_secret: None,
            app_secret_previous: None,
            webhook_verify_token: None,
            webhook_verify_token_alias: None,
            config_id: None,
            whatsapp_config_id: None,
            oauth_scopes: Vec::new(),
            graph_api_version: None,
            graph_api_version_alias: None,
            redirect_uri: None,
            graph_url: programs.clone(),
            dialog_url: browsers.clone(),
            sdk_url: browsers.join("en_US/sdk.js")?,
            instagram: InstagramSettings::simulated(programs, browsers)?,
            popup_over_http: false,
        })
    }
}
