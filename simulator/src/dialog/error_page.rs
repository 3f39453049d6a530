//! The pages shown inside Facebook, from which the browser never returns (Meta reference §3.2, §2.8).

/// One of those pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorPage {
    /// Wrong `client_id`.
    InvalidAppId,
    /// `redirect_uri` is not registered.
    UrlBlocked,
    /// The host is not among the app's domains.
    DomainNotIncluded,
    /// These scopes do not exist for the product.
    InvalidScopes(String),
    /// The app is disabled or not live.
    AppNotActive,
    /// Development mode and no role on the app.
    AppNotSetUp,
    /// Outstanding dashboard to-dos.
    FeatureUnavailable,
    /// The configuration has no business permission.
    NoSupportedPermission,
    /// Unknown or foreign `config_id`, or a system-user configuration on mobile web.
    SomethingWrong,
    /// A system-user configuration without `response_type=code`.
    ResponseType,
    /// *Login with the JavaScript SDK* is off.
    JsSdkOff,
}

impl ErrorPage {
    /// Every page with the short name it is forced by.
    pub const NAMES: [&'static str; 11] = [
        "invalid_app_id",
        "url_blocked",
        "domain_not_included",
        "invalid_scopes",
        "app_not_active",
        "app_not_set_up",
        "feature_unavailable",
        "no_supported_permission",
        "something_wrong",
        "response_type",
        "jssdk_off",
    ];

    /// The page with this short name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "invalid_app_id" => Self::InvalidAppId,
            "url_blocked" => Self::UrlBlocked,
            "domain_not_included" => Self::DomainNotIncluded,
            "invalid_scopes" => Self::InvalidScopes("instagram_business_basic".into()),
            "app_not_active" => Self::AppNotActive,
            "app_not_set_up" => Self::AppNotSetUp,
            "feature_unavailable" => Self::FeatureUnavailable,
            "no_supported_permission" => Self::NoSupportedPermission,
            "something_wrong" => Self::SomethingWrong,
            "response_type" => Self::ResponseType,
            "jssdk_off" => Self::JsSdkOff,
            _ => return None,
        })
    }

    /// Short name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::InvalidAppId => "invalid_app_id",
            Self::UrlBlocked => "url_blocked",
            Self::DomainNotIncluded => "domain_not_included",
            Self::InvalidScopes(_) => "invalid_scopes",
            Self::AppNotActive => "app_not_active",
            Self::AppNotSetUp => "app_not_set_up",
            Self::FeatureUnavailable => "feature_unavailable",
            Self::NoSupportedPermission => "no_supported_permission",
            Self::SomethingWrong => "something_wrong",
            Self::ResponseType => "response_type",
            Self::JsSdkOff => "jssdk_off",
        }
    }

    /// Heading and sentence, as people quote them in support threads.
    #[must_use]
    pub fn text(&self) -> (&'static str, String) {
        let fixed = |text: &str| text.to_owned();
        match self {
            Self::InvalidAppId => ("Invalid App ID", fixed("The provided app ID does not look like a valid app ID.")),
            Self::UrlBlocked => (
                "URL Blocked",
                fixed(
                    "This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings. \
                     Make sure that the client and web OAuth logins are on and add all your app domains as valid OAuth \
                     redirect URIs.",
                ),
            ),
            Self::DomainNotIncluded => (
                "Can't load URL",
                fixed(
                    "The domain of this URL isn't included in the app's domains. To be able to load this URL, add all domains \
                     and sub-domains of your app to the App Domains field in your app settings.",
                ),
            ),
            Self::InvalidScopes(scopes) => (
                "Invalid Scopes",
                format!(
                    "Invalid Scopes: {scopes}. This message is only shown to developers. Users of your app will ignore \
                         these permissions if present."
                ),
            ),
            Self::AppNotActive => (
                "App not active",
                fixed(
                    "This app is not currently accessible and the app developer is aware of the issue. You will be able to \
                       log in when the app is reactivated.",
                ),
            ),
            Self::AppNotSetUp => (
                "App Not Setup",
                fixed(
                    "This app is still in development mode, and you don't have access to it. Switch to a registered test \
                       user or ask an app admin for permissions.",
                ),
            ),
            Self::FeatureUnavailable => (
                "Feature Unavailable",
                fixed(
                    "Facebook Login is currently unavailable for this app, since we are updating additional details for \
                       this app. Please try again later.",
                ),
            ),
            Self::NoSupportedPermission => {
                ("It looks like this app isn't available", fixed("This app needs at least one supported permission."))
            }
            Self::SomethingWrong => {
                ("Sorry, something went wrong", fixed("We're working on getting this fixed as soon as we can."))
            }
            Self::ResponseType => (
                "Invalid response type",
                fixed(
                    "This login configuration issues a business integration system user access token and needs \
                       response_type=code with override_default_response_type=true.",
                ),
            ),
            Self::JsSdkOff => (
                "JSSDK Option is Not Toggled",
                fixed(
                    "Please toggle the 'Login with Javascript SDK' Option to Yes in order to use the JSSDK for login.",
                ),
            ),
        }
    }
}
