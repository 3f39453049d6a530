//! Asking for a link by which to choose a new password.

use super::{Email, limits};
use crate::{
    db::password_resets::{self, NewReset},
    error::{Error, Result},
    ids::{JobId, PasswordResetId},
    jobs::{self, Asked, Kind},
    services::Services,
    words::failures::accounts as failures,
};

/// Whether this installation can send such a link at all.
pub fn sends_reset_links(services: &Services) -> bool {
    services.mailer().is_set_up()
}

/// Asks for a link for whoever signs in with `email`. `visitor` is where the request came from.
///
/// Neither the answer nor the time that it takes tells whether there is such an account: nobody looks before the job that
/// writes the mail.
///
/// # Errors
/// [`Error::Conflict`] when this installation sends no mail, [`Error::Invalid`] for what is no address, [`Error::Busy`].
pub async fn ask_for_reset(services: &Services, email: &str, visitor: &str) -> Result<()> {
    if !sends_reset_links(services) {
        return Err(Error::Conflict(failures::no_mail()));
    }
    let email: Email = email.parse()?;
    limits::RESETS_BY_ADDRESS.count(services, visitor).await?;
    limits::RESETS_BY_ACCOUNT.count(services, email.as_str()).await?;
    let (id, job_id) = (PasswordResetId::new(services.ids()), JobId::new(services.ids()));
    let now = services.clock().now();
    let asked = Asked { tenant: None, kind: Kind::SendResetLink, subject: id.as_str() };
    let job = asked.as_new(&job_id, now);
    let new = NewReset { id: &id, email: email.as_str(), job: &job };
    password_resets::insert(services.db(), &new, now).await?;
    jobs::wake(services);
    Ok(())
}
