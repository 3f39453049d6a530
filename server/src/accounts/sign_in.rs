//! Signing in, and what a person changes about their own account.

use secrecy::SecretString;

use super::{Actor, Email, limits, reset::set_password, sign_up::text};
use crate::{
    db::users,
    error::{Error, Result},
    ids::UserId,
    observe,
    services::Services,
    words::failures::accounts as failures,
};

/// Checks who somebody is. `address` is where the request came from.
///
/// # Errors
/// [`Error::Refused`] with one answer for an unknown address and a wrong password, [`Error::Busy`].
pub async fn sign_in(services: &Services, email: &str, password: SecretString, address: &str) -> Result<UserId> {
    // What cannot be an address has no account: the same answer, and as slow.
    let email = email.parse::<Email>().map(|email| email.to_string()).unwrap_or_default();
    limits::SIGN_IN_BY_ADDRESS.count(services, address).await?;
    limits::SIGN_IN_BY_ACCOUNT.count(services, &format!("{email}\n{address}")).await?;
    limits::SIGN_IN_FROM_ANYWHERE.count(services, &email).await?;
    let user = users::find_by_email(services.db(), &email).await?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    match (services.passwords().verify(password, stored).await?, user) {
        (true, Some(user)) => Ok(user.id),
        _ => Err(Error::Refused(failures::wrong_credentials())),
    }
}

/// Changes the person's password. Every session they have ends, this one too; the caller begins a new one. Links for a new
/// password are void, and the person is told by mail.
///
/// # Errors
/// [`Error::Invalid`] by field, when the present password is wrong or the new one is not good enough.
pub async fn change_password(
    services: &Services,
    actor: &Actor,
    current: SecretString,
    new: SecretString,
) -> Result<()> {
    limits::PASSWORD_BY_ACCOUNT.count(services, &actor.email).await?;
    services.passwords().check_new("new_password", &new)?;
    let user = users::get(services.db(), &actor.user_id).await?.ok_or(Error::SignedOut)?;
    if !services.passwords().verify(current, Some(user.password_hash)).await? {
        return Err(Error::invalid("current_password", "This is not your present password."));
    }
    let hash = services.passwords().hash(new).await?;
    let who = (&actor.user_id, actor.name.as_str());
    let said = observe::said(services, who, "account.password_changed", &actor.email).await?;
    if set_password(services, &actor.user_id, &hash, None, &said).await? { Ok(()) } else { Err(Error::SignedOut) }
}

/// Ends every session of the person, this one too.
///
/// # Errors
/// When the database fails.
pub async fn sign_out_everywhere(services: &Services, actor: &Actor) -> Result<()> {
    users::update_sessions_valid_from(services.db(), &actor.user_id, services.clock().now()).await?;
    services.live().person_changed(&actor.user_id);
    Ok(())
}

/// Changes the name that people see.
///
/// # Errors
/// [`Error::Invalid`] when it is empty or too long.
pub async fn change_name(services: &Services, actor: &Actor, name: &str) -> Result<()> {
    users::update_name(services.db(), &actor.user_id, &text("name", name)?).await
}
