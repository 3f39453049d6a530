//! Instagram Login's part of the Meta app.

use secrecy::SecretString;
use url::{ParseError, Url};

/// Instagram Login's part of the installation's Meta app, and where Instagram is.
#[derive(Debug, Clone, clap::Args)]
pub struct InstagramSettings {
    /// The Instagram App ID, from Instagram → API setup with Instagram login. With it, accounts without a Page can connect.
    #[arg(long = "meta-instagram-app-id", env = "META_INSTAGRAM_APP_ID")]
    pub instagram_app_id: Option<String>,
    /// The Instagram App Secret, from the same place.
    #[arg(long = "meta-instagram-app-secret", env = "META_INSTAGRAM_APP_SECRET", hide_env_values = true)]
    pub instagram_app_secret: Option<SecretString>,
    /// The Instagram App Secret before the present one: what Meta still signs with it is accepted.
    #[arg(
        long = "meta-instagram-app-secret-previous",
        env = "META_INSTAGRAM_APP_SECRET_PREVIOUS",
        hide_env_values = true
    )]
    pub instagram_app_secret_previous: Option<SecretString>,
    /// Where Instagram's Graph API is.
    #[arg(
        long = "meta-instagram-graph-url",
        env = "META_INSTAGRAM_GRAPH_URL",
        default_value = "https://graph.instagram.com/"
    )]
    pub instagram_graph_url: Url,
    /// Where Instagram's codes are exchanged.
    #[arg(
        long = "meta-instagram-token-url",
        env = "META_INSTAGRAM_TOKEN_URL",
        default_value = "https://api.instagram.com/"
    )]
    pub instagram_token_url: Url,
    /// Where Instagram's dialog is.
    #[arg(
        long = "meta-instagram-dialog-url",
        env = "META_INSTAGRAM_DIALOG_URL",
        default_value = "https://www.instagram.com/"
    )]
    pub instagram_dialog_url: Url,
}

impl InstagramSettings {
    /// Not set up, and all of Instagram under `/instagram/` at the simulator, which programs and browsers may reach by two
    /// addresses.
    ///
    /// # Errors
    /// When an address cannot have a path.
    pub fn simulated(programs: &Url, browsers: &Url) -> Result<Self, ParseError> {
        Ok(Self {
            instagram_app_id: None,
            instagram_app_secret: None,
            instagram_app_secret_previous: None,
            instagram_graph_url: programs.join("instagram/")?,
            instagram_token_url: programs.join("instagram/")?,
            instagram_dialog_url: browsers.join("instagram/")?,
        })
    }
}
