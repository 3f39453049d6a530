//! The job that sends a mail, and what it does when a process ends in the middle.

use std::time::Duration;

use super::MailError;
use crate::{
    db::mails,
    error::Result,
    ids::{MailId, TenantId},
    jobs::{self, Asked, Kind, Outcome},
    services::Services,
    words::failures::upkeep,
};

/// A mail without a job is older than this when a process ended before it asked for one.
const LEFT_OVER: Duration = Duration::from_secs(300);
/// Mail that could not be sent for so long is not news any more.
const STALE: Duration = Duration::from_secs(2 * 86_400);
/// How long mail is kept.
const KEPT: Duration = Duration::from_secs(30 * 86_400);

/// Asks for a mail to be sent.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ask(services: &Services, tenant: &TenantId, id: &MailId) -> Result<()> {
    jobs::ask(services, &Asked { tenant: Some(tenant), kind: Kind::SendMail, subject: id.as_str() }).await
}

/// The job: hands a mail to the mail server.
///
/// # Errors
/// When the database fails.
pub(crate) async fn send_mail(services: &Services, tenant: &TenantId, id: &MailId) -> Result<Outcome> {
    let Some(mail) = mails::find_unsent(services.db(), tenant, id).await? else { return Ok(Outcome::Done) };
    match services.mailer().send(&mail).await {
        Ok(()) => {
            mails::mark_sent(services.db(), tenant, id, services.clock().now()).await?;
            Ok(Outcome::Done)
        }
        Err(error) => {
            tracing::warn!(mail = %id, %error, "a mail was not sent");
            Ok(match error {
                MailError::Refused(answer) => Outcome::Dead(upkeep::mail_not_sent("refused".into(), answer)),
                MailError::Later(answer) => Outcome::Again(None, upkeep::mail_not_sent("later".into(), answer)),
            })
        }
    }
}

/// Asks again for mails whose process ended before it could, and forgets old ones.
///
/// # Errors
/// When the database fails.
pub(crate) async fn resume_mails(services: &Services) -> Result<()> {
    let (db, now) = (services.db(), services.clock().now());
    for (tenant, mail) in mails::list_left_over_across_tenants(db, now.minus(STALE), now.minus(LEFT_OVER)).await? {
        ask(services, &tenant, &mail).await?;
    }
    mails::delete_before_across_tenants(db, now.minus(KEPT)).await?;
    Ok(())
}
