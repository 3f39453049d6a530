//! How the installation of a test differs from the usual one, and a process of it.

use std::{path::Path, time::Duration};

use secrecy::SecretString;
use server::{
    Parts, Services,
    clock::Clock,
    config::{InstagramSettings, MailSettings, MetaSettings},
    connect::MetaSetup,
    db::Db,
    entropy::Entropy,
    ingest::IntakeSettings,
    mail::Mailer,
    meta::{Backoff, Transport, TransportSettings},
    outbox::{Outbox, OutboxSettings},
    vault::KeyRing,
};
use simulator::World;
use url::Url;

/// The key that seals in tests.
pub(crate) const KEY: &str = "k1:Y2FuYXJ5LWtleS1jYW5hcnkta2V5LWNhbmFyeS1rZXk=";

/// How an installation differs from the usual one.
pub(crate) struct Setup {
    /// What exists at Meta.
    pub(crate) world: World,
    /// The login configuration; classic scopes without one.
    pub(crate) config_id: Option<&'static str>,
    /// The configuration of Embedded Signup.
    pub(crate) whatsapp_config_id: Option<&'static str>,
    /// How long a call to Meta may take.
    pub(crate) timeout: Duration,
    /// The public URL; where it listens when absent.
    pub(crate) public_url: Option<&'static str>,
    /// Whether there is a Meta app.
    pub(crate) meta_app: bool,
    /// Whether Instagram Login is set up.
    pub(crate) instagram: bool,
    /// The app secret before the present one.
    pub(crate) app_secret_previous: Option<&'static str>,
    /// The verify token of the webhook callback; made from the app secret when absent.
    pub(crate) verify_token: Option<&'static str>,
    /// Whether PostgreSQL is reached over a line that can be cut.
    pub(crate) by_line: bool,
    /// How events are sent to the tenants' own systems.
    pub(crate) outbox: OutboxSettings,
    /// How much is kept of what Meta sends.
    pub(crate) intake: IntakeSettings,
    /// The Graph API version; the newest tested one when absent.
    pub(crate) graph_version: Option<&'static str>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            world: World::corner_shop(),
            config_id: None,
            whatsapp_config_id: None,
            timeout: Duration::from_secs(20),
            public_url: None,
            meta_app: true,
            instagram: false,
            app_secret_previous: None,
            verify_token: None,
            by_line: false,
            intake: IntakeSettings::default(),
            outbox: OutboxSettings { allow_private: true, ..OutboxSettings::default() },
            graph_version: None,
        }
    }
}

impl Setup {
    /// The usual installation over another world.
    pub(crate) fn world(world: World) -> Self {
        Self { world, ..Self::default() }
    }
}

/// What a process finds around it.
pub(super) struct Outside<'a> {
    pub(super) clock: &'a Clock,
    pub(super) entropy: &'a Entropy,
    pub(super) meta: &'a Url,
    pub(super) base: &'a Url,
    pub(super) mail: &'a Path,
}

/// A process of the installation.
pub(super) fn services(setup: &Setup, db: Db, outside: &Outside<'_>, keys: &str) -> Services {
    let Outside { clock, entropy, meta: meta_url, base, mail } = *outside;
    let public_url = setup.public_url.map_or_else(|| base.clone(), |url| url.parse().unwrap());
    let mail = MailSettings {
        smtp_url: None,
        mail_from: Some("Attaché <attache@example.com>".into()),
        mail_dir: Some(mail.to_owned()),
    };
    let mailer = Mailer::from_settings(&mail, public_url.host_str()).unwrap();
    let app = &setup.world.app;
    let place = MetaSettings::simulated(meta_url, meta_url).unwrap();
    let settings = MetaSettings {
        app_id: setup.meta_app.then(|| app.id.clone()),
        app_secret: setup.meta_app.then(|| SecretString::from(app.secret.clone())),
        app_secret_previous: setup.app_secret_previous.map(SecretString::from),
        webhook_verify_token: setup.verify_token.map(SecretString::from),
        config_id: setup.config_id.map(str::to_owned),
        whatsapp_config_id: setup.whatsapp_config_id.map(str::to_owned),
        graph_api_version: setup.graph_version.map(str::to_owned),
        instagram: InstagramSettings {
            instagram_app_id: setup.instagram.then(|| app.instagram.id.clone()),
            instagram_app_secret: setup.instagram.then(|| SecretString::from(app.instagram.secret.clone())),
            ..place.instagram
        },
        popup_over_http: true,
        ..place
    };
    let transport = TransportSettings {
        timeout: setup.timeout,
        backoff: Backoff::immediate(2),
        entropy: entropy.clone(),
        ..TransportSettings::default()
    };
    Services::new(Parts {
        clock: clock.clone(),
        entropy: entropy.clone(),
        db,
        keys: KeyRing::parse(&SecretString::from(keys.to_owned())).unwrap(),
        transport: Transport::new(transport).unwrap(),
        meta: MetaSetup::from_settings(&settings, &public_url).unwrap(),
        public_url,
        trust_proxy: false,
        intake: setup.intake,
        mailer,
        outbox: Outbox::new(&setup.outbox).unwrap(),
    })
    .unwrap()
}
