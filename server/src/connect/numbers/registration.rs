//! Registering a number with the PIN that a person enters, at once.

use secrecy::SecretString;

use super::{opened::Opened, pin::six_digits, read::look_after};
use crate::{
    accounts::Actor,
    connect::{credentials, register},
    db::{assets, to_json},
    error::{Error, Result},
    ids::AssetId,
    meta::{BadRequestProblem, MetaErrorKind},
    observe::Note,
    services::Services,
    words::failures::connect as failures,
};

/// Registers a number for the Cloud API. Its PIN is kept sealed before Meta hears it; a number without one has it from then
/// on.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`], [`Error::Conflict`] for
/// a number of the WhatsApp Business app, and what Meta refuses.
pub async fn register(services: &Services, actor: &Actor, id: &AssetId, pin: SecretString) -> Result<()> {
    let (actor, pin) = (actor.admin()?, six_digits(&pin)?);
    let number = Opened::open(services, actor, id).await?;
    if number.detail.on_business_app {
        return Err(Error::Conflict(failures::number_on_business_app("register".to_owned())));
    }
    let own = services.clone();
    services.to_the_end(async move { register_with(&own, &number, &pin).await }).await
}

async fn register_with(services: &Services, number: &Opened, pin: &SecretString) -> Result<()> {
    let (db, tenant, asset) = (services.db(), &number.actor.tenant_id, &number.asset);
    let before = credentials::find_pin(services, tenant, asset).await?;
    credentials::keep_pin(services, tenant, asset, pin, None).await?;
    let now = services.clock().now();
    match register::register(&number.graph, &number.id, &number.token, pin).await {
        Ok(()) => {
            assets::mark_registered(db, tenant, &asset.id, now).await?;
            let note = Note::ok("registered", format!("{} registered the number at Meta.", number.actor.name));
            number.succeeded(services, "number.registered", note).await?;
            look_after(services, number).await;
            Ok(())
        }
        Err(error) => {
            // The number has another PIN: the one that was known may still be the right one.
            if error.kind == MetaErrorKind::BadRequest(BadRequestProblem::WrongPin)
                && let Some(before) = before
            {
                credentials::keep_pin(services, tenant, asset, &before, None).await?;
            }
            if asset.registered_at.is_none() {
                assets::mark_problem(db, tenant, &asset.id, register::STEP, &to_json(&error.explain())?, now).await?;
            }
            Err(number.refused(services, "The number was not registered", error).await)
        }
    }
}
