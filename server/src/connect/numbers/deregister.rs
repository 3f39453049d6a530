//! Taking a number off the Cloud API.

use super::{opened::Opened, read::look_after};
use crate::{
    accounts::Actor,
    connect::register,
    db::{assets, to_json},
    error::{Error, Result},
    ids::AssetId,
    live::Hint,
    observe::Note,
    services::Services,
    words::failures::connect as failures,
};

/// Deregisters a number: it neither sends nor receives until it is registered again. `confirmed`: the person was told so and
/// agreed.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`] unless confirmed,
/// [`Error::Conflict`] for a number of the WhatsApp Business app, which is disconnected there alone (Meta reference §2.9),
/// and what Meta refuses.
pub async fn deregister(services: &Services, actor: &Actor, id: &AssetId, confirmed: bool) -> Result<()> {
    let actor = actor.admin()?;
    if !confirmed {
        return Err(Error::invalid("confirmed", "Tick that you have read what stops."));
    }
    let number = Opened::open(services, actor, id).await?;
    if number.detail.on_business_app {
        return Err(Error::Conflict(failures::number_on_business_app("deregister".to_owned())));
    }
    let own = services.clone();
    services.to_the_end(async move { carry_out(&own, &number).await }).await
}

async fn carry_out(services: &Services, number: &Opened) -> Result<()> {
    if let Err(error) = number.graph.deregister_number(&number.id, &number.token).await {
        return Err(number.refused(services, "The number was not deregistered", error).await);
    }
    let (db, tenant, id) = (services.db(), &number.actor.tenant_id, &number.asset.id);
    assets::mark_deregistered(db, tenant, id).await?;
    let note = Note::ok("deregistered", format!("{} deregistered the number at Meta.", number.actor.name));
    number.succeeded(services, "number.deregistered", note).await?;
    look_after(services, number).await;
    // After the reading, which would take it for a registration that is still to come.
    let why = to_json(&failures::number_deregistered())?;
    assets::mark_problem(db, tenant, id, register::STEP, &why, services.clock().now()).await?;
    services.live().tenant_changed(tenant, Hint::Asset);
    Ok(())
}
