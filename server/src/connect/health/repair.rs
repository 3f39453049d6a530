//! The button beside an asset whose messages do not come: Meta is told once more to send them here.

use super::state::CallbackLevel;
use crate::{
    accounts::{Actor, limits::CHECKS_BY_TENANT},
    asset_kind::AssetKind,
    connect::{credentials, subscribe_again},
    db::{asset_health, assets, audit, connections},
    error::{Error, Result},
    ids::AssetId,
    meta::PhoneNumberId,
    services::Services,
};

/// Subscribes a chosen asset anew. For WhatsApp this also takes back an address that another tool set, on the account or on the
/// number, so that messages come here again (Meta reference §6.3).
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Meta`] when Meta does not take an
/// address back, [`Error::Conflict`] without a token.
pub async fn repair_asset(services: &Services, actor: &Actor, id: &AssetId) -> Result<()> {
    let actor = actor.admin()?;
    let (db, tenant) = (services.db(), &actor.tenant_id);
    let asset = assets::get(db, tenant, id).await?.filter(|asset| asset.selected).ok_or(Error::NotFound("asset"))?;
    CHECKS_BY_TENANT.count(services, tenant.as_str()).await?;
    let known = asset_health::find_latest(db, tenant, id).await?;
    let known = known.as_ref().map(super::HealthChange::read).transpose()?;
    let own_callback = known
        .and_then(|known| known.state.callback)
        .is_some_and(|callback| callback.level == CallbackLevel::WhatsappNumber && !callback.ours);
    if asset.kind == AssetKind::WhatsappNumber
        && own_callback
        && let Ok(number) = asset.meta_id.parse::<PhoneNumberId>()
    {
        let token = credentials::main_token(services, tenant, &asset.connection_id).await?;
        let connection = connections::get(db, tenant, &asset.connection_id).await?.ok_or(Error::NotFound("asset"))?;
        services.app_of(&connection.meta_app_id)?.graph.clear_number_override(&number, &token).await?;
    }
    let said = actor.did(services, "asset.repaired", &asset.name).await?;
    audit::insert(db, tenant, &said, services.clock().now()).await?;
    subscribe_again::ask(services, tenant, id).await
}
