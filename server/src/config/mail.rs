//! How mail is sent.

use std::path::PathBuf;

use secrecy::SecretString;

/// Mail to the people of a business, such as warnings before access ends. Without these settings none is sent.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct MailSettings {
    /// The mail server: smtps://user:password@mail.example.com, or smtp://…:587?tls=required. Letters of a user name or
    /// password that are special in addresses are percent-encoded.
    #[arg(long, env = "ATTACHE_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SecretString>,
    /// Who mail comes from: Attaché <attache@example.com>.
    #[arg(long, env = "ATTACHE_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// A folder into which mail is put, one file each, instead of being sent; for trying things out.
    #[arg(long, env = "ATTACHE_MAIL_DIR")]
    pub mail_dir: Option<PathBuf>,
}
