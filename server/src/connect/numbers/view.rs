//! A number as its page shows it.

use std::collections::HashMap;

use super::business_app::{self, AppSync};
use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    clock::Timestamp,
    connect::{
        AssetDetail,
        status::{self, AssetStatus},
    },
    db::{asset_events, business_app_syncs, from_json, whatsapp_numbers},
    error::{Error, Result},
    ids::AssetId,
    services::Services,
};

/// How a number stands with the Cloud API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// It is registered; since when, if Attaché registered it.
    Registered(Option<Timestamp>),
    /// It is verified and not registered.
    Unregistered,
    /// It has to be verified by code before it can be registered.
    Unverified,
    /// It is in the WhatsApp Business app, which registered it; it is never registered here (Meta reference §2.9).
    BusinessApp,
}

/// A chosen number.
#[derive(Debug, Clone)]
pub struct NumberView {
    /// The asset, with what is proven about it.
    pub status: AssetStatus,
    /// What Meta said of it last.
    pub detail: AssetDetail,
    /// The name that the business gave it.
    pub friendly_name: Option<String>,
    /// The name of its WhatsApp account.
    pub account: Option<String>,
    /// How it stands with the Cloud API.
    pub registration: Registration,
    /// What is taken over from the WhatsApp Business app; none for other numbers.
    pub app_syncs: Vec<AppSync>,
}

/// The chosen numbers of the actor's tenant, by number.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<NumberView>> {
    let tenant = actor.member()?.tenant_id;
    let db = services.db();
    let (overview, names, syncs) = tokio::try_join!(
        status::overview(services, actor),
        whatsapp_numbers::list_friendly_names(db, &tenant),
        business_app_syncs::list(db, &tenant),
    )?;
    // Only what stays in the app has a history to hear of.
    let heard = if syncs.is_empty() { Vec::new() } else { asset_events::list_last_of_history(db, &tenant).await? };
    let heard: HashMap<String, (String, String)> =
        heard.into_iter().map(|(number, kind, sentence)| (number, (kind, sentence))).collect();
    let mut names: HashMap<String, String> = names.into_iter().collect();
    let (numbers, others): (Vec<_>, Vec<_>) =
        overview.assets.into_iter().partition(|status| status.asset.kind == AssetKind::WhatsappNumber);
    let accounts: HashMap<String, String> =
        others.into_iter().map(|status| (status.asset.meta_id, status.asset.name)).collect();
    numbers
        .into_iter()
        .map(|status| {
            let detail: AssetDetail = from_json(&status.asset.detail)?;
            let account = status.asset.parent_meta_id.as_ref().and_then(|id| accounts.get(id)).cloned();
            Ok(NumberView {
                friendly_name: names.remove(&status.asset.meta_id),
                registration: registration(&status, &detail),
                app_syncs: syncs
                    .iter()
                    .filter(|sync| sync.meta_id == status.asset.meta_id)
                    .map(|sync| business_app::told(sync, heard.get(&sync.meta_id)))
                    .collect::<Result<_>>()?,
                account,
                detail,
                status,
            })
        })
        .collect()
}

/// A chosen number of the actor's tenant.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant, [`Error::NotFound`].
pub async fn get(services: &Services, actor: &Actor, id: &AssetId) -> Result<NumberView> {
    let all = list(services, actor).await?;
    all.into_iter().find(|number| number.status.asset.id == *id).ok_or(Error::NotFound("number"))
}

fn registration(status: &AssetStatus, detail: &AssetDetail) -> Registration {
    if detail.on_business_app {
        return Registration::BusinessApp;
    }
    if let Some(at) = status.asset.registered_at {
        return Registration::Registered(Some(Timestamp::from_millis(at)));
    }
    match detail.next_step.as_ref().map(|step| step.code.as_ref()) {
        Some("number.not_registered") => Registration::Unregistered,
        Some("number.not_verified") => Registration::Unverified,
        _ => Registration::Registered(None),
    }
}
