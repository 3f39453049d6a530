//! Disconnecting one asset, while the rest of its connection goes on.

use super::unsubscribe::carrier_of;
use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset, Deselected, Deselection},
        connections::{self, Connection},
    },
    error::{Error, Result},
    ids::{AssetId, JobId},
    jobs::{self, Asked, Kind},
    live::Hint,
    observe::{self, Note},
    services::Services,
    words::failures::{log, ways},
};

/// What would be disconnected.
#[derive(Debug, Clone)]
pub struct AssetPlan {
    /// The connection that it is a part of.
    pub connection: Connection,
    /// The asset that was asked for, first, and what goes with it: a WhatsApp account with its numbers, and with its last
    /// number the account, since it is the account that is subscribed (Meta reference §6.3).
    pub assets: Vec<Asset>,
    /// Whether anything else is connected by the same connection. If not, the connection is disconnected as a whole.
    pub others: bool,
    /// Whether Meta sends events of it at all.
    pub receives: bool,
    /// Whether what stays receives through the same Page or account, so that Meta goes on sending its events.
    pub stays_subscribed: bool,
}

/// What disconnecting an asset would do.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; [`Error::NotFound`] for an asset that the tenant has not connected;
/// when the database fails.
pub async fn plan_disconnect_asset(services: &Services, actor: &Actor, id: &AssetId) -> Result<AssetPlan> {
    let tenant = actor.admin()?.tenant_id;
    let db = services.db();
    let wanted = assets::get(db, &tenant, id).await?.filter(|asset| asset.selected);
    let wanted = wanted.ok_or(Error::NotFound("asset"))?;
    let connection = connections::get(db, &tenant, &wanted.connection_id).await?;
    let connection = connection.ok_or(Error::NotFound("connection"))?;
    let connected: Vec<Asset> = assets::list_by_connection(db, &tenant, &connection.id).await?;
    let connected: Vec<Asset> = connected.into_iter().filter(|asset| asset.selected).collect();
    let (mut going, staying): (Vec<Asset>, Vec<Asset>) =
        connected.iter().cloned().partition(|asset| goes_with(&wanted, asset, &connected));
    going.sort_by_key(|asset| asset.id != wanted.id);
    let through = carrier_of(&wanted);
    let stays_subscribed = through.is_some() && staying.iter().any(|asset| carrier_of(asset) == through);
    let (receives, others) = (through.is_some(), !staying.is_empty());
    Ok(AssetPlan { connection, others, receives, assets: going, stays_subscribed })
}

/// Disconnects an asset. Nothing arrives here through it from now on; Meta is told in the background to send its events no
/// more, unless something else that is connected needs them. What it brought stays.
///
/// # Errors
/// As [`plan_disconnect_asset`]; [`Error::Conflict`] when it is all that its connection has.
pub async fn disconnect_asset(services: &Services, actor: &Actor, id: &AssetId) -> Result<()> {
    let plan = plan_disconnect_asset(services, actor, id).await?;
    let actor = actor.admin()?;
    let (db, tenant, now) = (services.db(), &actor.tenant_id, services.clock().now());
    if !plan.others {
        return Err(Error::Conflict(ways::only_asset()));
    }
    let names: Vec<&str> = plan.assets.iter().map(|asset| asset.name.as_str()).collect();
    let target = names.join(", ");
    let said = actor.did(services, "asset.disconnected", &target).await?;
    let job = JobId::new(services.ids());
    let asked = Asked { tenant: Some(tenant), kind: Kind::ApplyChoice, subject: plan.connection.id.as_str() };
    let ids: Vec<AssetId> = plan.assets.iter().map(|asset| asset.id.clone()).collect();
    let job = asked.as_new(&job, now);
    let of = Deselection { connection: &plan.connection.id, assets: &ids, said: &said, job: &job };
    // Somebody may have chosen anew meanwhile.
    match assets::deselect(db, tenant, &of, now).await? {
        Deselected::Done => {}
        Deselected::Gone => return Err(Error::NotFound("asset")),
        Deselected::Last => return Err(Error::Conflict(ways::only_asset())),
    }
    jobs::wake(services);
    let line = log::asset_disconnected(actor.name.clone());
    let notes = plan.assets.iter().map(|asset| Note::ok("disconnected", line.clone()).about(asset.name.clone()));
    observe::log(services, tenant, &plan.connection.id, notes.collect()).await?;
    services.live().tenant_changed(tenant, Hint::Asset);
    Ok(())
}

/// Whether `other` is disconnected together with `wanted`.
fn goes_with(wanted: &Asset, other: &Asset, connected: &[Asset]) -> bool {
    let numbers_of = |account: &str| {
        let of = move |asset: &&Asset| {
            asset.kind == AssetKind::WhatsappNumber && asset.parent_meta_id.as_deref() == Some(account)
        };
        connected.iter().filter(of).count()
    };
    if other.id == wanted.id {
        return true;
    }
    match wanted.kind {
        AssetKind::WhatsappAccount => {
            other.kind == AssetKind::WhatsappNumber && other.parent_meta_id.as_deref() == Some(&wanted.meta_id)
        }
        AssetKind::WhatsappNumber => {
            other.kind == AssetKind::WhatsappAccount
                && wanted.parent_meta_id.as_deref() == Some(&other.meta_id)
                && numbers_of(&other.meta_id) == 1
        }
        _ => false,
    }
}
