//! The Meta app, as its dashboard describes it.

use serde::{Deserialize, Serialize};

use super::AssetKind;

/// Whether the app is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everybody can use it.
    #[default]
    Live,
    /// Only people with a role on the app can use it.
    Development,
}

/// The Meta app and its dashboard switches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct App {
    /// App ID, decimal.
    pub id: String,
    /// App secret; 32 hexadecimal digits, as Meta writes them.
    pub secret: String,
    /// *Instagram → API setup with Instagram login*: its id and secret.
    pub instagram: InstagramApp,
    /// Name shown in the dialog.
    pub name: String,
    /// The app's own link, as `subscribed_apps` shows it.
    pub link: String,
    /// Published or in development.
    pub mode: Mode,
    /// Disabled by Meta or by its owner: the dialog says "App not active".
    pub active: bool,
    /// Outstanding dashboard to-dos: the dialog says "Feature Unavailable".
    pub feature_unavailable: bool,
    /// *Valid OAuth redirect URIs*, compared whole (strict mode). A port written `*` accepts any port, which Meta does not
    /// offer: it is there because test servers listen on ports nobody knows beforehand.
    pub redirect_uris: Vec<String>,
    /// *App domains* and *Allowed domains for the JavaScript SDK* in one: host names.
    pub domains: Vec<String>,
    /// *Login with the JavaScript SDK*.
    pub jssdk_enabled: bool,
    /// *Require app secret*: calls without `appsecret_proof` are refused.
    pub require_appsecret_proof: bool,
    /// Login configurations (Facebook Login for Business).
    pub configurations: Vec<Configuration>,
    /// Ids of the people with a role on the app.
    pub roles: Vec<String>,
    /// The business portfolio that owns the app.
    pub business: Option<String>,
    /// *Settings → Basic → Privacy Policy URL*.
    pub privacy_policy_url: Option<String>,
    /// *Settings → Basic → Terms of Service URL*.
    pub terms_of_service_url: Option<String>,
    /// *Settings → Basic → Contact email*.
    pub contact_email: Option<String>,
    /// *Settings → Basic → App icon*.
    pub logo_url: Option<String>,
    /// *Facebook Login → Settings → Deauthorize callback URL*.
    pub deauthorize_callback_url: Option<String>,
    /// *Settings → Basic → User data deletion*.
    pub data_deletion_callback_url: Option<String>,
}

impl Default for App {
    fn default() -> Self {
        Self {
            id: "1029384756102938".into(),
            secret: "5f1c0d3b7a9e42868d1e4c6b0a2f9e37".into(),
            instagram: InstagramApp::default(),
            name: "Attaché".into(),
            link: "https://attache.example/".into(),
            mode: Mode::Live,
            active: true,
            feature_unavailable: false,
            redirect_uris: [
                "http://localhost:*/oauth/meta/callback",
                "http://127.0.0.1:*/oauth/meta/callback",
                "https://localhost:*/oauth/meta/callback",
                "https://127.0.0.1:*/oauth/meta/callback",
            ]
            .map(String::from)
            .to_vec(),
            domains: ["localhost", "127.0.0.1"].map(String::from).to_vec(),
            jssdk_enabled: true,
            require_appsecret_proof: true,
            configurations: Configuration::usual(),
            roles: Vec::new(),
            business: None,
            privacy_policy_url: Some("https://attache.example/privacy".into()),
            terms_of_service_url: Some("https://attache.example/terms".into()),
            contact_email: Some("desk@attache.example".into()),
            logo_url: Some("https://attache.example/icon.png".into()),
            deauthorize_callback_url: None,
            data_deletion_callback_url: None,
        }
    }
}

/// Instagram Login's part of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InstagramApp {
    /// *Instagram app ID*, decimal.
    pub id: String,
    /// *Instagram app secret*.
    pub secret: String,
}

impl Default for InstagramApp {
    fn default() -> Self {
        Self { id: "2075860392184477".into(), secret: "c41a77d05be2493f9d6e8b3170f5a2cc".into() }
    }
}

/// Which login variation a configuration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Variation {
    /// The general one.
    #[default]
    General,
    /// WhatsApp Embedded Signup (Meta reference §2.5).
    WhatsappEmbeddedSignup,
}

/// Which kind of token a configuration issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ConfigurationToken {
    /// A user access token.
    #[default]
    User,
    /// A business-integration system-user token (Meta reference §4.5).
    SystemUser,
}

/// How long the token of a configuration lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ConfigurationExpiry {
    /// Never ends by time.
    #[default]
    Never,
    /// Ends after sixty days.
    SixtyDays,
}

/// One login configuration (Meta reference §3.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The `config_id`.
    pub id: String,
    /// Name in the dashboard.
    #[serde(default)]
    pub name: String,
    /// General or Embedded Signup.
    #[serde(default)]
    pub variation: Variation,
    /// User or system-user token.
    #[serde(default)]
    pub token: ConfigurationToken,
    /// Lifetime of that token.
    #[serde(default)]
    pub expires: ConfigurationExpiry,
    /// Permissions, all or nothing.
    pub permissions: Vec<String>,
    /// Kinds of asset it asks for.
    #[serde(default)]
    pub assets: Vec<AssetKind>,
}

impl Configuration {
    /// The three configurations every built-in world has: user token, Embedded Signup, system-user token for everything.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        let everything = [
            "business_management",
            "pages_show_list",
            "pages_read_engagement",
            "pages_manage_metadata",
            "pages_messaging",
            "instagram_basic",
            "instagram_manage_messages",
            "whatsapp_business_management",
            "whatsapp_business_messaging",
            "ads_read",
        ]
        .map(String::from)
        .to_vec();
        let whatsapp = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"]
            .map(String::from)
            .to_vec();
        vec![
            Self {
                id: "700100000000001".into(),
                name: "Business assets".into(),
                variation: Variation::General,
                token: ConfigurationToken::User,
                expires: ConfigurationExpiry::SixtyDays,
                permissions: everything.clone(),
                assets: AssetKind::ALL.to_vec(),
            },
            Self {
                id: "700100000000002".into(),
                name: "WhatsApp Embedded Signup".into(),
                variation: Variation::WhatsappEmbeddedSignup,
                token: ConfigurationToken::SystemUser,
                expires: ConfigurationExpiry::Never,
                permissions: whatsapp,
                assets: vec![AssetKind::Business, AssetKind::Whatsapp],
            },
            Self {
                id: "700100000000003".into(),
                name: "Business assets, system user".into(),
                variation: Variation::General,
                token: ConfigurationToken::SystemUser,
                expires: ConfigurationExpiry::Never,
                permissions: everything,
                assets: AssetKind::ALL.to_vec(),
            },
        ]
    }
}
