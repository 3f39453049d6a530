//! Mail to people: handed to a mail server, or put into a folder.

pub(crate) mod markup;
mod send;

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::extension::ClientId,
};
use secrecy::{ExposeSecret as _, SecretString};

pub(crate) use send::{ask, resume_mails, send_mail};

use crate::{config::MailSettings, db::mails::Mail};

/// How long one conversation with the mail server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends mail, when this installation has a way to. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Mailer(Option<Arc<Inner>>);

#[derive(Debug)]
struct Inner {
    from: Mailbox,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// What is wrong with the settings of mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailSettingsError {
    /// There is a way to send and nobody who sends, or the reverse.
    #[error("set ATTACHE_MAIL_FROM together with ATTACHE_SMTP_URL or ATTACHE_MAIL_DIR")]
    Incomplete,
    /// The sender is no address.
    #[error("ATTACHE_MAIL_FROM looks like Attaché <attache@example.com>")]
    From,
    /// The mail server's address cannot be used.
    #[error(
        "ATTACHE_SMTP_URL looks like smtps://user:password@mail.example.com or smtp://user:password@mail.example.com:587?tls=required"
    )]
    Server,
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It cannot be sent as it is: the address is none, or the server refuses it for good.
    #[error("the mail is refused: {0}")]
    Refused(String),
    /// It may be sent later.
    #[error("the mail could not be sent just now: {0}")]
    Later(String),
}

impl Mailer {
    /// Reads the settings; one that sends nothing when there are none. `host` is how this installation calls itself to the
    /// mail server. Must be called in a tokio runtime.
    ///
    /// # Errors
    /// Each [`MailSettingsError`].
    pub fn from_settings(settings: &MailSettings, host: Option<&str>) -> Result<Self, MailSettingsError> {
        let way = match (&settings.smtp_url, &settings.mail_dir) {
            (Some(url), _) => Way::Server(server(url, host)?),
            (None, Some(folder)) => Way::Folder(folder.clone()),
            (None, None) if settings.mail_from.is_none() => return Ok(Self::default()),
            (None, None) => return Err(MailSettingsError::Incomplete),
        };
        let from = settings.mail_from.as_deref().ok_or(MailSettingsError::Incomplete)?;
        let from = from.parse().map_err(|_| MailSettingsError::From)?;
        Ok(Self(Some(Arc::new(Inner { from, way }))))
    }

    /// Whether mail can be sent at all.
    pub fn is_set_up(&self) -> bool {
        self.0.is_some()
    }

    /// Sends a mail. The same mail has the same `Message-ID` each time, so that a repeated one is known as such.
    ///
    /// # Errors
    /// [`MailError`]; [`MailError::Later`] too when there is no way to send.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let Some(inner) = &self.0 else { return Err(MailError::Later("mail is not set up".into())) };
        let message = compose(&inner.from, mail).map_err(|error| MailError::Refused(error.to_string()))?;
        match &inner.way {
            Way::Server(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(MailError::Refused(error.to_string())),
                Err(error) => Err(MailError::Later(error.to_string())),
            },
            Way::Folder(folder) => {
                let later = |error: std::io::Error| MailError::Later(error.to_string());
                tokio::fs::create_dir_all(folder).await.map_err(later)?;
                tokio::fs::write(folder.join(format!("{}.eml", mail.id)), message.formatted()).await.map_err(later)
            }
        }
    }
}

fn server(url: &SecretString, host: Option<&str>) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailSettingsError> {
    // Whoever comes first chooses the cryptography; a second choice is refused, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret());
    let mut builder = builder.map_err(|_| MailSettingsError::Server)?.timeout(Some(PATIENCE));
    if let Some(host) = host {
        builder = builder.hello_name(ClientId::Domain(host.to_owned()));
    }
    Ok(builder.build())
}

fn compose(from: &Mailbox, mail: &Mail) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
    let to = Mailbox::new(Some(mail.name.clone()), mail.address.parse::<Address>()?);
    let written = UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.created_at)?);
    Ok(Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&mail.subject)
        .date(written)
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .multipart(MultiPart::alternative_plain_html(mail.plain.clone(), mail.html.clone()))?)
}
