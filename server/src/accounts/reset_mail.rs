//! The jobs that write to people about their passwords. These mails are sent as they are written and kept nowhere: one holds a
//! link that opens something, and whoever runs the installation may belong to no business.

use std::time::Duration;

use super::letters::{self, Letter};
use crate::{
    clock::Timestamp,
    db::{
        mails::Mail,
        password_resets::{self, NewLink},
        users::{self, User},
    },
    error::Result,
    hashing::hash_token,
    ids::{MailId, PasswordResetId, UserId},
    jobs::Outcome,
    mail::MailError,
    services::Services,
    words::failures::upkeep,
};

/// How long a link works.
const LIFE: Duration = Duration::from_secs(3600);
/// Whoever asked so long ago does not wait for the mail any more.
const PATIENCE: Duration = Duration::from_secs(3600);

/// The job: makes a link for the person who asked for one and sends it. Where there is no such person, nothing is sent. Each
/// run makes a link of its own, because no secret of an earlier one is kept.
///
/// # Errors
/// When the database fails.
pub(crate) async fn send_reset_link(services: &Services, id: &PasswordResetId) -> Result<Outcome> {
    let (db, now) = (services.db(), services.clock().now());
    let Some(asked) = password_resets::find_asked(db, id).await? else { return Ok(Outcome::Done) };
    let late = Timestamp::from_millis(asked.asked_at).plus(PATIENCE) <= now;
    if late {
        tracing::warn!(reset = %id, "a link for a new password could not be sent within an hour");
    }
    let user = if late { None } else { users::find_by_email(db, &asked.email).await? };
    let Some(user) = user else {
        password_resets::delete(db, id).await?;
        return Ok(Outcome::Done);
    };
    let token = services.entropy().token();
    let link = NewLink { user: &user.id, token_hash: &hash_token(&token), expires_at: now.plus(LIFE) };
    if !password_resets::mark_written(db, id, &link).await? {
        return Ok(Outcome::Done);
    }
    let letter = letters::new_password(&user.email, &token, services.public_url());
    Ok(send(services, &user, letter, Some(&token)).await)
}

/// The job: tells a person that their password was changed.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell_password_changed(services: &Services, id: &UserId) -> Result<Outcome> {
    let user = users::get(services.db(), id).await?.filter(|_| services.mailer().is_set_up());
    let Some(user) = user else { return Ok(Outcome::Done) };
    let at = user.password_changed_at.map_or_else(|| services.clock().now(), Timestamp::from_millis);
    let letter = letters::password_changed(&user.email, at, services.public_url());
    Ok(send(services, &user, letter, None).await)
}

/// Sends a letter. `secret` is what of it must not be written down.
async fn send(services: &Services, to: &User, letter: Letter, secret: Option<&str>) -> Outcome {
    let mail = Mail {
        id: MailId::new(services.ids()),
        name: to.name.clone(),
        address: to.email.clone(),
        subject: letter.subject.to_owned(),
        plain: letter.plain,
        html: letter.html,
        created_at: services.clock().now().as_millis(),
    };
    let Err(error) = services.mailer().send(&mail).await else { return Outcome::Done };
    let (for_good, answer) = match error {
        MailError::Refused(answer) => (true, answer),
        MailError::Later(answer) => (false, answer),
    };
    // A mail server may repeat what it does not take.
    let answer = match secret {
        Some(secret) => answer.replace(secret, "…"),
        None => answer,
    };
    tracing::warn!(mail = %mail.id, for_good, %answer, "a mail was not sent");
    if for_good {
        Outcome::Dead(upkeep::mail_not_sent("refused".into(), answer))
    } else {
        Outcome::Again(None, upkeep::mail_not_sent("later".into(), answer))
    }
}
