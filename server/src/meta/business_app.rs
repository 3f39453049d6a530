//! Numbers that stay in the WhatsApp Business app (coexistence, Meta reference §2.9).

use serde::Deserialize;

use super::{call::GraphCall, error::MetaError, graph::GraphClient, ids::PhoneNumberId, token::AccessToken};
use crate::sync_type::SyncType;

#[derive(Deserialize)]
struct Answer {
    request_id: Option<String>,
}

impl GraphClient {
    /// Asks for a sync; what it brings comes as webhooks. Allowed once, within 24 hours of the onboarding. Answers Meta's
    /// number of the request.
    ///
    /// # Errors
    /// `BadRequest(SyncOver)` when it was asked for before (2593107) or the day is over (2593108), and whatever else Meta
    /// refuses.
    pub async fn sync_business_app(
        &self,
        number: &PhoneNumberId,
        token: &AccessToken,
        sync: SyncType,
    ) -> Result<Option<String>, MetaError> {
        let call = GraphCall::post("{phone}/smb_app_data", format!("{number}/smb_app_data"), token)
            .with("messaging_product", "whatsapp")
            .with("sync_type", sync.as_str());
        self.call::<Answer>(call).await.map(|answer| answer.request_id)
    }
}
