//! What jobs there are, and where each is done.

use super::Outcome;
use crate::{
    accounts,
    clock::Timestamp,
    connect,
    db::jobs::{Job, NewJob},
    error::{Error, Result},
    ids::{JobId, TenantId},
    ingest, mail,
    services::Services,
};

/// A kind of job. Its name is stored: it never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Meta is asked to send the app's events to us. Subject: the App ID.
    SubscribeApp,
    /// What was chosen on a connection is subscribed, and what left the choice unsubscribed. Subject: the connection.
    ApplyChoice,
    /// A WhatsApp number is registered for the Cloud API. Subject: the asset.
    RegisterNumber,
    /// A chosen asset is subscribed once more. Subject: the asset.
    SubscribeAgain,
    /// Contacts and chats of the WhatsApp Business app are asked for. Subject: the number's asset.
    SyncBusinessApp,
    /// A connection is taken apart, step by step. Subject: the connection.
    Disconnect,
    /// A connection is looked after: is its token good, is it to be renewed, do its assets work? Subject: the connection.
    LookAfter,
    /// A mail is sent. Subject: the mail.
    SendMail,
    /// A person who forgot their password is sent a link to choose another. Subject: the request.
    SendResetLink,
    /// A person is told that their password was changed. Subject: the person.
    TellPasswordChanged,
    /// Deliveries that somebody asked for are applied once more. Subject: all of them.
    ReplayDeliveries,
}

impl Kind {
    const ALL: [Self; 11] = [
        Self::SubscribeApp,
        Self::ApplyChoice,
        Self::RegisterNumber,
        Self::SubscribeAgain,
        Self::SyncBusinessApp,
        Self::Disconnect,
        Self::LookAfter,
        Self::SendMail,
        Self::SendResetLink,
        Self::TellPasswordChanged,
        Self::ReplayDeliveries,
    ];

    /// Its stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SubscribeApp => "subscribe_app",
            Self::ApplyChoice => "apply_choice",
            Self::RegisterNumber => "register_number",
            Self::SubscribeAgain => "subscribe_again",
            Self::SyncBusinessApp => "sync_business_app",
            Self::Disconnect => "disconnect",
            Self::LookAfter => "look_after",
            Self::SendMail => "send_mail",
            Self::SendResetLink => "send_reset_link",
            Self::TellPasswordChanged => "tell_password_changed",
            Self::ReplayDeliveries => "replay_deliveries",
        }
    }
}

/// A job to ask for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Whose it is; the installation's own when `None`.
    pub tenant: Option<&'a TenantId>,
    /// What is to be done.
    pub kind: Kind,
    /// What it is about.
    pub subject: &'a str,
}

impl<'a> Asked<'a> {
    /// The row of this job, `id` being its identifier should there be no unfinished one of its kind and subject; not to run
    /// before `run_at`.
    pub fn as_new(&self, id: &'a JobId, run_at: Timestamp) -> NewJob<'a> {
        NewJob { id, tenant_id: self.tenant, kind: self.kind.as_str(), subject: self.subject, run_at }
    }
}

/// Does a job.
pub(super) async fn run(services: &Services, job: &Job) -> Result<Outcome> {
    let tenant = || job.tenant_id.as_ref().ok_or(Error::NotFound("tenant"));
    match Kind::ALL.into_iter().find(|kind| kind.as_str() == job.kind) {
        Some(Kind::SubscribeApp) => connect::subscribe_app(services, &job.subject).await,
        Some(Kind::ApplyChoice) => {
            connect::apply_choice(services, tenant()?, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::RegisterNumber) => {
            connect::register_number(services, tenant()?, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::SubscribeAgain) => {
            connect::subscribe_again(services, tenant()?, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::SyncBusinessApp) => {
            let number = job.subject.parse().map_err(Error::internal)?;
            connect::numbers::sync_business_app(services, tenant()?, &number).await
        }
        Some(Kind::Disconnect) => {
            connect::take_apart(services, tenant()?, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::LookAfter) => {
            connect::look_after(services, tenant()?, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::SendMail) => {
            mail::send_mail(services, tenant()?, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::SendResetLink) => {
            accounts::send_reset_link(services, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::TellPasswordChanged) => {
            accounts::tell_password_changed(services, &job.subject.parse().map_err(Error::internal)?).await
        }
        Some(Kind::ReplayDeliveries) => ingest::deliveries::apply_asked(services).await,
        None => Err(Error::internal(format!("no such kind of job: {}", job.kind))),
    }
}
