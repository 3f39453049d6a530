//! Places of a tenant.

use super::{Actor, sign_up::text};
use crate::{
    db::{
        assets,
        locations::{self, Location},
    },
    error::{Error, Result},
    ids::{AssetId, LocationId},
    services::Services,
    words::failures::accounts as failures,
};

/// The places of the actor's tenant, by name.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant.
pub async fn list_locations(services: &Services, actor: &Actor) -> Result<Vec<Location>> {
    locations::list(services.db(), &actor.member()?.tenant_id).await
}

/// Adds a place.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Invalid`], [`Error::Conflict`].
pub async fn add_location(services: &Services, actor: &Actor, name: &str) -> Result<LocationId> {
    let actor = actor.admin()?;
    let name = text("name", name)?;
    let id = LocationId::new(services.ids());
    let said = actor.did(services, "location.added", &name).await?;
    let now = services.clock().now();
    if locations::insert(services.db(), &actor.tenant_id, &id, &name, &said, now).await? {
        Ok(id)
    } else {
        Err(Error::Conflict(failures::location_name_taken()))
    }
}

/// Gives a place another name.
///
/// # Errors
/// As [`add_location`], and [`Error::NotFound`].
pub async fn rename_location(services: &Services, actor: &Actor, id: &LocationId, name: &str) -> Result<()> {
    let actor = actor.admin()?;
    let name = text("name", name)?;
    let said = actor.did(services, "location.renamed", &name).await?;
    let now = services.clock().now();
    match locations::update_name(services.db(), &actor.tenant_id, id, &name, &said, now).await? {
        None => Err(Error::NotFound("location")),
        Some(false) => Err(Error::Conflict(failures::location_name_taken())),
        Some(true) => Ok(()),
    }
}

/// Removes a place; its assets then belong to none.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn delete_location(services: &Services, actor: &Actor, id: &LocationId) -> Result<()> {
    let actor = actor.admin()?;
    let all = locations::list(services.db(), &actor.tenant_id).await?;
    let location = all.into_iter().find(|location| location.id == *id).ok_or(Error::NotFound("location"))?;
    let said = actor.did(services, "location.deleted", &location.name).await?;
    let now = services.clock().now();
    if locations::delete(services.db(), &actor.tenant_id, id, &said, now).await? {
        Ok(())
    } else {
        Err(Error::NotFound("location"))
    }
}

/// Gives an asset a place, or none.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn assign_location(
    services: &Services,
    actor: &Actor,
    asset: &AssetId,
    location: Option<&LocationId>,
) -> Result<()> {
    let actor = actor.admin()?;
    if assets::update_location(services.db(), &actor.tenant_id, asset, location).await? {
        Ok(())
    } else {
        Err(Error::NotFound("asset or location"))
    }
}
