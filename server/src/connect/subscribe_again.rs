//! Subscribing an asset once more: a person asked for it, or what it receives through was unsubscribed for somebody else.

use std::time::Duration;

use super::{
    apply::has_app,
    credentials,
    prove::{self, Mode},
    register,
    subscribe_app::ensure_app,
    unsubscribe::Carrier,
};
use crate::{
    accounts::{Actor, limits::CHECKS_BY_TENANT},
    db::{
        assets,
        connections::{self, ConnectionStatus},
    },
    error::{Error, Result},
    ids::{AssetId, ConnectionId, TenantId},
    jobs::{self, Asked, Kind, Outcome},
    services::Services,
    words::failures::connect as failures,
};

/// How long to wait while the choice that the asset belongs to is being applied.
const AFTER_THE_CHOICE: Duration = Duration::from_secs(2);

/// Has the steps after the choice done once more for one asset: the app's subscription, its own, a number's registration.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`] for what is not chosen, [`Error::Conflict`] when the
/// connection's app is not set up here, [`Error::Busy`].
pub async fn try_again(services: &Services, actor: &Actor, id: &AssetId) -> Result<()> {
    let actor = actor.admin()?;
    let asset = assets::get(services.db(), &actor.tenant_id, id).await?;
    let asset = asset.filter(|asset| asset.selected).ok_or(Error::NotFound("asset"))?;
    let connection = connections::get(services.db(), &actor.tenant_id, &asset.connection_id).await?;
    services.app_of_connection(&connection.ok_or(Error::NotFound("connection"))?)?;
    CHECKS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    ask(services, &actor.tenant_id, id).await
}

pub(super) async fn ask(services: &Services, tenant: &TenantId, id: &AssetId) -> Result<()> {
    jobs::ask(services, &Asked { tenant: Some(tenant), kind: Kind::SubscribeAgain, subject: id.as_str() }).await
}

/// Subscribes again, through other connections, what was unsubscribed for `connection`. Nobody may have needed these Pages
/// and accounts when that began; whoever chose one of them meanwhile may have subscribed it before Meta carried it out.
///
/// # Errors
/// When the database fails.
pub(super) async fn give_back(services: &Services, connection: &ConnectionId, carriers: &[Carrier]) -> Result<()> {
    for carrier in carriers {
        let others = assets::list_carried_by_others_across_tenants(services.db(), connection, &carrier.meta_id).await?;
        for other in others {
            ask(services, &other.tenant_id, &other.asset_id).await?;
        }
    }
    Ok(())
}

/// The job.
///
/// # Errors
/// When the database fails.
pub(crate) async fn subscribe_again(services: &Services, tenant: &TenantId, id: &AssetId) -> Result<Outcome> {
    let db = services.db();
    let Some(asset) = assets::get(db, tenant, id).await?.filter(|asset| asset.selected) else {
        return Ok(Outcome::Done);
    };
    let connection = connections::get(db, tenant, &asset.connection_id).await?;
    let Some(connection) = connection.filter(|kept| kept.status != ConnectionStatus::Disconnected) else {
        return Ok(Outcome::Done);
    };
    // Trying again changes nothing until somebody sets the app up.
    if !has_app(services, &connection).await? {
        let gone = services.app_of_connection(&connection).err();
        return Ok(gone.map_or(Outcome::Done, |gone| Outcome::Dead(gone.explain())));
    }
    // What the choice finds out about the asset must not come after what is found out here. Where Meta refuses the token, the
    // choice itself waits.
    if asset.pending && connection.status == ConnectionStatus::Connected {
        return Ok(Outcome::Again(Some(AFTER_THE_CHOICE), failures::not_all_applied()));
    }
    let app = services.app_of(&connection.meta_app_id)?;
    ensure_app(services, &app).await?;
    let assets = [asset];
    register::ask_where_due(services, tenant, &assets).await?;
    match prove::prove_all(services, tenant, &connection, &assets, Mode::SubscribeAgain, &[]).await {
        Ok(proven) if proven.unknown > 0 => Ok(Outcome::Again(None, failures::not_all_applied())),
        Ok(_) => Ok(Outcome::Done),
        // Without a token nothing can be subscribed, now or later: the connection says why.
        Err(Error::Conflict(problem)) => {
            let lost = credentials::mark_lost(services, tenant, &connection.id, &problem).await?;
            Ok(if lost { Outcome::Done } else { Outcome::Again(None, failures::not_all_applied()) })
        }
        Err(error) => Err(error),
    }
}
