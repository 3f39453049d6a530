//! A new password by a link, or from whoever runs the installation.

use secrecy::{ExposeSecret as _, SecretString};

use super::{Email, limits};
use crate::{
    db::{
        audit::Said,
        password_resets::{self, LiveReset, NewPassword},
        users,
    },
    error::{Error, Result},
    hashing::hash_token,
    ids::{JobId, UserId},
    jobs::{self, Asked, Kind},
    observe,
    services::Services,
    words::failures::accounts as failures,
};

/// A link that works, as the person who follows it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordReset {
    /// The address that the person signs in with.
    pub email: String,
    /// When the link ends, Unix milliseconds.
    pub expires_at: i64,
}

/// What is behind a link. Looking does not use it up: whatever reads mail before its reader may follow links.
///
/// # Errors
/// [`Error::Refused`] when the link does not work (any more); [`Error::Busy`].
pub async fn find_reset(services: &Services, token: &SecretString, visitor: &str) -> Result<PasswordReset> {
    limits::RESET_LINKS_BY_ADDRESS.count(services, visitor).await?;
    let LiveReset { email, expires_at, .. } = find(services, &hash_token(token.expose_secret())).await?;
    Ok(PasswordReset { email, expires_at })
}

/// Sets the password of the person whom a link was sent to, and uses the link up. Every session of theirs ends; nobody is
/// signed in by it.
///
/// # Errors
/// [`Error::Invalid`] when the password is not good enough; the link works on. [`Error::Refused`] when the link does not work
/// (any more); [`Error::Busy`].
pub async fn reset_password(
    services: &Services,
    token: &SecretString,
    password: SecretString,
    visitor: &str,
) -> Result<()> {
    limits::RESET_LINKS_BY_ADDRESS.count(services, visitor).await?;
    services.passwords().check_new("password", &password)?;
    let link = hash_token(token.expose_secret());
    let who = find(services, &link).await?;
    let hash = services.passwords().hash(password).await?;
    let said = observe::said(services, (&who.user_id, &who.name), "account.password_reset", &who.email).await?;
    if set_password(services, &who.user_id, &hash, Some(&link), &said).await? {
        Ok(())
    } else {
        Err(Error::Refused(failures::reset_link_ended()))
    }
}

/// Sets the password of whoever signs in with `email`, for the command line. `by` is who does it, for people.
///
/// # Errors
/// [`Error::Invalid`] by field: nobody signs in with this address, or the password is not good enough.
pub async fn reset_password_of(services: &Services, email: &str, password: SecretString, by: &str) -> Result<UserId> {
    let nobody = || Error::invalid("email", "Nobody signs in with this e-mail address.");
    let email: Email = email.parse()?;
    services.passwords().check_new("password", &password)?;
    let user = users::find_by_email(services.db(), email.as_str()).await?.ok_or_else(nobody)?;
    let hash = services.passwords().hash(password).await?;
    let said = observe::said_by_other(services, by, "account.password_reset", &user.email).await?;
    if set_password(services, &user.id, &hash, None, &said).await? { Ok(user.id) } else { Err(nobody()) }
}

async fn find(services: &Services, link: &str) -> Result<LiveReset> {
    let found = password_resets::find_live(services.db(), link, services.clock().now()).await?;
    found.ok_or(Error::Refused(failures::reset_link_ended()))
}

/// Sets a password with everything that follows from it. `false`, and nothing of it, when the link, given by its hash, does not
/// work any more.
pub(super) async fn set_password(
    services: &Services,
    user: &UserId,
    hash: &str,
    link: Option<&str>,
    said: &Said<'_>,
) -> Result<bool> {
    let (job_id, now) = (JobId::new(services.ids()), services.clock().now());
    let asked = Asked { tenant: None, kind: Kind::TellPasswordChanged, subject: user.as_str() };
    let job = asked.as_new(&job_id, now);
    let new = NewPassword { hash, link, said, job: &job };
    if !password_resets::update_password_across_tenants(services.db(), user, &new, now).await? {
        return Ok(false);
    }
    // An operator belongs to no business whose audit log would have it.
    tracing::info!(%user, action = said.entry.action, "a password was set");
    jobs::wake(services);
    services.live().person_changed(user);
    Ok(true)
}
