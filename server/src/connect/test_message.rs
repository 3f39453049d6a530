//! "Send a test, watch it arrive": where to write to, and what came.

use super::status::{self, AssetStatus};
use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    clock::Timestamp,
    db::assets::{self, Heard},
    error::{Error, Result},
    ids::{AssetId, TenantId},
    services::Services,
};

/// Where a customer writes to an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestPlace {
    /// A link of Meta's that opens the conversation on a phone or a computer (`m.me`, `ig.me/m`, `wa.me`).
    Meta(String),
    /// The phone of the simulator that stands in for Meta.
    Simulator(String),
}

/// The test of one asset.
#[derive(Debug, Clone)]
pub struct TestMessage {
    /// The asset, with what is proven about it.
    pub status: AssetStatus,
    /// Where to write to; `None` for an asset that nobody writes to, or that has no such link.
    pub place: Option<TestPlace>,
    /// The message that arrived since the test began.
    pub heard: Option<Heard>,
}

/// How the test of an asset stands that began at `since`.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant, [`Error::NotFound`].
pub async fn test_message(services: &Services, actor: &Actor, id: &AssetId, since: Timestamp) -> Result<TestMessage> {
    let tenant = actor.member()?.tenant_id;
    let chosen = status::overview(services, actor).await?.assets;
    let status = chosen.into_iter().find(|status| status.asset.id == *id).ok_or(Error::NotFound("asset"))?;
    let asset = &status.asset;
    let heard = assets::find_last_heard(services.db(), &tenant, (asset.kind, &asset.meta_id), since).await?;
    let place = place(services, &tenant, asset);
    Ok(TestMessage { place, heard, status })
}

fn place(services: &Services, tenant: &TenantId, asset: &assets::Asset) -> Option<TestPlace> {
    let takes_messages =
        matches!(asset.kind, AssetKind::FacebookPage | AssetKind::InstagramAccount | AssetKind::WhatsappNumber);
    let meta = services.meta_for(tenant).ok().filter(|_| takes_messages)?;
    if !meta.app.is_meta() {
        let mut phone = meta.app.dialog_url.clone();
        phone.set_path("/_sim/phone");
        phone.query_pairs_mut().append_pair("asset", &asset.meta_id);
        return Some(TestPlace::Simulator(phone.into()));
    }
    link(asset).map(TestPlace::Meta)
}

/// Meta's link to a conversation with the asset.
fn link(asset: &assets::Asset) -> Option<String> {
    match asset.kind {
        AssetKind::FacebookPage => Some(format!("https://m.me/{}", asset.meta_id)),
        AssetKind::InstagramAccount => {
            let handle = asset.name.trim_start_matches('@');
            let plain = !handle.is_empty()
                && handle.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
            plain.then(|| format!("https://ig.me/m/{handle}"))
        }
        AssetKind::WhatsappNumber => {
            let digits: String = asset.name.chars().filter(char::is_ascii_digit).collect();
            (digits.len() >= 7).then(|| format!("https://wa.me/{digits}"))
        }
        _ => None,
    }
}
