//! What to copy into Meta's dashboard.

use url::Url;

use super::app::AppView;
use crate::{connect, services::Services};

/// A value and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// A stable name, such as `redirect-uri`.
    pub name: &'static str,
    /// What Meta's dashboard calls it.
    pub label: &'static str,
    /// The value.
    pub text: String,
    /// Where it goes.
    pub place: &'static str,
}

/// A path under the public address.
pub(super) fn at_path(public_url: &Url, path: &str) -> Url {
    let mut url = public_url.clone();
    url.set_path(path);
    url
}

/// Everything that goes into Meta's dashboard, but for the verify token, which is shown on request alone.
pub fn values(services: &Services) -> Vec<Value> {
    const LOGIN: &str = "Facebook Login for Business → Settings";
    const BASIC: &str = "App settings → Basic";
    let public = services.public_url();
    let path = |path| at_path(public, path).to_string();
    let host = public.host_str().unwrap_or_default().to_owned();
    let callback = match services.app() {
        Ok(app) => connect::callback_url(services, &app).to_string(),
        Err(_) => path("/webhooks/meta"),
    };
    let value = |name, label, text, place| Value { name, label, text, place };
    let instagram = services.instagram().is_ok().then(|| {
        const PLACE: &str = "Instagram → API setup with Instagram login → Business login settings";
        value(
            "instagram-redirect-uri",
            "OAuth redirect URI of Instagram Login",
            services.apps().setup().redirect_uri.to_string(),
            PLACE,
        )
    });
    let mut values = vec![
        value("redirect-uri", "Valid OAuth Redirect URI", services.apps().setup().redirect_uri.to_string(), LOGIN),
        value("javascript-domain", "Allowed Domain for the JavaScript SDK", at_path(public, "").to_string(), LOGIN),
        value("deauthorize", "Deauthorize callback URL", path("/meta/deauthorize"), LOGIN),
        value(
            "callback",
            "Webhook callback URL",
            callback,
            "Webhooks → Edit subscription, where Attaché does not do it",
        ),
        value("app-domain", "App Domain", host, BASIC),
        value("privacy", "Privacy Policy URL", path("/privacy"), BASIC),
        value("terms", "Terms of Service URL", path("/terms"), BASIC),
        value(
            "data-deletion",
            "Data deletion callback URL",
            path("/meta/data-deletion"),
            "App settings → Basic → User data deletion",
        ),
    ];
    values.extend(instagram);
    values
}

impl AppView {
    /// Whether two secrets count just now.
    pub fn overlaps(&self) -> bool {
        self.former_until.is_some()
    }
}
