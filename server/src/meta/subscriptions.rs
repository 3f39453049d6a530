//! Telling Meta to send an asset's webhooks to this app, and reading back whether it does (Meta reference §6).

use serde::Deserialize;

use super::{
    call::GraphCall,
    error::MetaError,
    graph::GraphClient,
    ids::{AppId, PageId, PhoneNumberId, WabaId},
    paging::Listing,
    token::AccessToken,
};

/// The Page fields that the product listens to (Meta reference §6.1).
pub const PAGE_FIELDS: &[&str] = &[
    "feed",
    "messages",
    "messaging_postbacks",
    "message_deliveries",
    "message_reads",
    "message_echoes",
    "message_reactions",
    "message_edits",
    "messaging_optins",
    "messaging_referrals",
    "messaging_handovers",
    "standby",
];

/// An app that receives a Page's webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PageSubscription {
    /// Which app.
    pub id: AppId,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The fields it receives.
    #[serde(default)]
    pub subscribed_fields: Vec<String>,
}

/// An app that receives a WhatsApp account's webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WabaSubscription {
    /// Which app.
    pub id: AppId,
    /// Its name.
    pub name: Option<String>,
    /// The address that receives this account's messages instead of the app's own (Meta reference §6.3).
    pub override_callback_uri: Option<String>,
}

/// A row of `/{waba}/subscribed_apps`.
#[derive(Deserialize)]
pub(super) struct WabaRow {
    whatsapp_business_api_data: ApiData,
    #[serde(default)]
    override_callback_uri: Option<String>,
}

#[derive(Deserialize)]
struct NumberRow {
    #[serde(default)]
    webhook_configuration: Callbacks,
}

#[derive(Default, Deserialize)]
struct Callbacks {
    #[serde(default)]
    phone_number: Option<String>,
}

#[derive(Deserialize)]
struct ApiData {
    id: AppId,
    #[serde(default)]
    name: Option<String>,
}

impl GraphClient {
    /// Installs the app on a Page, for exactly these fields: an earlier list is replaced. Needs the Page's own token.
    ///
    /// # Errors
    /// `Permission` or `BadRequest(Parameter)`; then nothing was subscribed, not even the fields that were right.
    pub async fn subscribe_page(&self, page: &PageId, token: &AccessToken, fields: &[&str]) -> Result<(), MetaError> {
        let path = format!("{page}/subscribed_apps");
        let call = GraphCall::post("{page}/subscribed_apps", path, token).with("subscribed_fields", fields.join(","));
        self.change(call).await
    }

    /// Removes the app from a Page.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn unsubscribe_page(&self, page: &PageId, token: &AccessToken) -> Result<(), MetaError> {
        let path = format!("{page}/subscribed_apps");
        self.change(GraphCall::delete("{page}/subscribed_apps", path, token)).await
    }

    /// How this app is installed on a Page; `None` when it is not. The only reliable test of a subscription.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn page_subscription(
        &self,
        page: &PageId,
        token: &AccessToken,
    ) -> Result<Option<PageSubscription>, MetaError> {
        let path = format!("{page}/subscribed_apps");
        let listing = Listing::new("{page}/subscribed_apps", path, "id,name,subscribed_fields", token);
        let apps: Vec<PageSubscription> = self.list(&listing, |_| ()).await.complete()?;
        Ok(apps.into_iter().find(|app| app.id == self.app.app_id))
    }

    /// Subscribes the app to a WhatsApp account. Without an override this also removes one that was set before.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn subscribe_waba(&self, waba: &WabaId, token: &AccessToken) -> Result<(), MetaError> {
        let path = format!("{waba}/subscribed_apps");
        self.change(GraphCall::post("{waba}/subscribed_apps", path, token)).await
    }

    /// The address that receives a number's messages instead of the account's or the app's, when one is set.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn number_override(
        &self,
        number: &PhoneNumberId,
        token: &AccessToken,
    ) -> Result<Option<String>, MetaError> {
        let call = GraphCall::get("{phone}", number.to_string(), token).with("fields", "webhook_configuration");
        let row: NumberRow = self.call(call).await?;
        Ok(row.webhook_configuration.phone_number.filter(|uri| !uri.is_empty()))
    }

    /// Removes the address that receives a number's messages instead of the account's or the app's.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn clear_number_override(&self, number: &PhoneNumberId, token: &AccessToken) -> Result<(), MetaError> {
        let call = GraphCall::post("{phone}", number.to_string(), token)
            .with("webhook_configuration", r#"{"override_callback_uri":""}"#);
        self.change(call).await
    }

    /// Ends the app's subscription to a WhatsApp account.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn unsubscribe_waba(&self, waba: &WabaId, token: &AccessToken) -> Result<(), MetaError> {
        let path = format!("{waba}/subscribed_apps");
        self.change(GraphCall::delete("{waba}/subscribed_apps", path, token)).await
    }

    /// How this app is subscribed to a WhatsApp account; `None` when it is not.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn waba_subscription(
        &self,
        waba: &WabaId,
        token: &AccessToken,
    ) -> Result<Option<WabaSubscription>, MetaError> {
        let path = format!("{waba}/subscribed_apps");
        let listing = Listing::new("{waba}/subscribed_apps", path, "", token);
        let rows: Vec<WabaRow> = self.list(&listing, |_| ()).await.complete()?;
        Ok(self.own_subscription(rows))
    }

    /// This app's among the subscriptions of an account.
    pub(super) fn own_subscription(&self, rows: Vec<WabaRow>) -> Option<WabaSubscription> {
        let own = rows.into_iter().find(|row| row.whatsapp_business_api_data.id == self.app.app_id);
        own.map(|row| WabaSubscription {
            id: row.whatsapp_business_api_data.id,
            name: row.whatsapp_business_api_data.name,
            override_callback_uri: row.override_callback_uri.filter(|uri| !uri.is_empty()),
        })
    }
}
