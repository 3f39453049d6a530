//! Telling Meta where to send the app's webhooks, and reading back what it lists (Meta reference §6.2).

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{call::GraphCall, error::MetaError, graph::GraphClient, paging::Listing, subscriptions::PAGE_FIELDS};

/// What the app listens to: each object with its fields (Meta reference §6.1, §7.4 to §7.6).
pub const APP_OBJECTS: &[(&str, &[&str])] = &[
    ("page", PAGE_FIELDS),
    (
        "instagram",
        &[
            "messages",
            "messaging_postbacks",
            "messaging_seen",
            "message_reactions",
            "messaging_referral",
            "message_edit",
            "comments",
            "live_comments",
            "mentions",
        ],
    ),
    (
        "whatsapp_business_account",
        &[
            "messages",
            "message_template_status_update",
            "message_template_quality_update",
            "message_template_components_update",
            "template_category_update",
            "account_update",
            "account_review_update",
            "account_alerts",
            "phone_number_quality_update",
            "phone_number_name_update",
            "business_capability_update",
            "security",
            "user_preferences",
            "smb_message_echoes",
            "smb_app_state_sync",
            "history",
        ],
    ),
    // A person withdrew one of these; without them their assets fall silent.
    (
        "permissions",
        &["pages_messaging", "pages_manage_metadata", "instagram_manage_messages", "whatsapp_business_messaging"],
    ),
];

/// An object whose webhooks the app receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppSubscription {
    /// Such as `page`.
    pub object: String,
    /// Where they are sent.
    #[serde(default)]
    pub callback_url: String,
    /// Whether Meta sends them.
    #[serde(default)]
    pub active: bool,
    /// What is sent of it.
    #[serde(default)]
    pub fields: Vec<SubscribedField>,
}

/// A field of an object whose webhooks the app receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribedField {
    /// Such as `messages`.
    pub name: String,
}

impl GraphClient {
    /// Asks Meta to send an object's webhooks to `callback_url`, instead of wherever they went before. Before it answers,
    /// Meta calls that address with the verify token (Meta reference §7.1).
    ///
    /// # Errors
    /// `Configuration(WebhookHandshake)` when the address did not answer as it should.
    pub async fn subscribe_app(
        &self,
        object: &str,
        fields: &[&str],
        callback_url: &Url,
        verify_token: &SecretString,
    ) -> Result<(), MetaError> {
        let (token, path) = (self.app.app_token(), format!("{}/subscriptions", self.app.app_id));
        let call = GraphCall::post("{app}/subscriptions", path, &token)
            .with("object", object)
            .with("callback_url", callback_url.as_str())
            .with("fields", fields.join(","))
            .with("include_values", "true")
            .with_secret("verify_token", verify_token.expose_secret());
        self.change(call.as_app()).await
    }

    /// The objects whose webhooks the app receives.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn app_subscriptions(&self) -> Result<Vec<AppSubscription>, MetaError> {
        let (token, path) = (self.app.app_token(), format!("{}/subscriptions", self.app.app_id));
        let listing = Listing::new("{app}/subscriptions", path, "", &token);
        self.list(&listing, |_| ()).await.complete()
    }
}
