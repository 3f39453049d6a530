//! Disconnecting one asset.

use super::evidence::platform;
use crate::caller::{caller, id};
use crate::dto::disconnect_asset::DisconnectAssetPage;
use crate::error::AppError;
use server::connect::plan_disconnect_asset;

/// Loads what disconnecting it would do.
///
/// # Errors
/// When the role does not allow it, or the asset is not connected.
pub async fn page(asset: String) -> Result<DisconnectAssetPage, AppError> {
    let caller = caller()?;
    let plan = plan_disconnect_asset(&caller.services, caller.actor()?, &id(&asset)?).await?;
    Ok(DisconnectAssetPage {
        asset,
        connection: plan.connection.id.to_string(),
        going: plan.assets.into_iter().map(|asset| (platform(asset.kind), asset.name)).collect(),
        others: plan.others,
        receives: plan.receives,
        stays_subscribed: plan.stays_subscribed,
    })
}
