//! What to copy into Meta's dashboard.

use url::Url;

use super::side::Side;
use crate::{apps::App, connect, services::Services};

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

/// A callback's address: a business's own app has addresses of its own, with the App ID at their end.
pub(super) fn at_callback(public_url: &Url, path: &str, app: Option<&App>) -> Url {
    match app.filter(|app| app.owner.is_some()) {
        None => at_path(public_url, path),
        Some(app) => at_path(public_url, &format!("{path}/{}", app.login.app.app_id)),
    }
}

/// Everything that goes into Meta's dashboard, but for the verify token, which is shown on request alone. What names the
/// App ID is left out until it is known.
pub(super) fn values(services: &Services, side: &Side) -> Vec<Value> {
    const LOGIN: &str = "Facebook Login for Business → Settings";
    const BASIC: &str = "App settings → Basic";
    let (public, app) = (services.public_url(), side.app(services).ok());
    let path = |path| at_path(public, path).to_string();
    let callback_at = |path| at_callback(public, path, app.as_deref()).to_string();
    let host = public.host_str().unwrap_or_default().to_owned();
    let callback = match &app {
        Some(app) => connect::callback_url(services, app).to_string(),
        None => path("/webhooks/meta"),
    };
    let value = |name, label, text, place| Value { name, label, text, place };
    let instagram = app.as_ref().and_then(|app| app.instagram.as_ref()).map(|_| {
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
        value("deauthorize", "Deauthorize callback URL", callback_at("/meta/deauthorize"), LOGIN),
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
            callback_at("/meta/data-deletion"),
            "App settings → Basic → User data deletion",
        ),
    ];
    values.extend(instagram);
    if side.tenant().is_some() && app.is_none() {
        values.retain(|value| !WITH_APP_ID.contains(&value.name));
    }
    values
}

/// What holds the App ID of a business's own app.
const WITH_APP_ID: [&str; 3] = ["deauthorize", "callback", "data-deletion"];
