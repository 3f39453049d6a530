//! A number's two-step PIN.

use secrecy::{ExposeSecret as _, SecretString};

use super::{opened::Opened, read::look_after};
use crate::{
    accounts::Actor,
    connect::credentials,
    error::{Error, Result},
    ids::AssetId,
    observe::Note,
    services::Services,
};

/// The six digits of a PIN, without the blanks around them.
///
/// # Errors
/// [`Error::Invalid`] when it is anything else.
pub(super) fn six_digits(pin: &SecretString) -> Result<SecretString> {
    let digits = pin.expose_secret().trim();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::invalid("pin", "A PIN is six digits."));
    }
    Ok(SecretString::from(digits.to_owned()))
}

/// Gives a number another PIN at Meta, and keeps it sealed.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`], and what Meta refuses.
pub async fn set_pin(services: &Services, actor: &Actor, id: &AssetId, pin: SecretString) -> Result<()> {
    let (actor, pin) = (actor.admin()?, six_digits(&pin)?);
    let number = Opened::open(services, actor, id).await?;
    let own = services.clone();
    services.to_the_end(async move { change(&own, &number, &pin).await }).await
}

async fn change(services: &Services, number: &Opened, pin: &SecretString) -> Result<()> {
    if let Err(error) = number.graph.set_pin(&number.id, &number.token, pin).await {
        return Err(number.refused(services, "The PIN was not changed", error).await);
    }
    credentials::keep_pin(services, &number.actor.tenant_id, &number.asset, pin, None).await?;
    let note = Note::ok("pin_changed", format!("{} gave the number a new PIN.", number.actor.name));
    number.succeeded(services, "number.pin_changed", note).await?;
    look_after(services, number).await;
    Ok(())
}
