//! [`Services`]: the one handle that flows and pages are given.

use std::{sync::Arc, time::Duration};

use tokio::sync::OnceCell;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;
use url::Url;

use crate::{
    accounts::Passwords,
    apps::{App, Apps},
    clock::Clock,
    connect::{MetaLogin, MetaSetup},
    db::{Db, audit::ChainKey, connections::Connection, credentials::CredentialKind},
    entropy::Entropy,
    error::{Error, Result},
    ids::{IdSource, TenantId},
    ingest::{Intake, IntakeSettings, Journal, Refusals},
    jobs::Workers,
    live::Live,
    mail::Mailer,
    meta::{AppId, Transport},
    observe,
    outbox::Outbox,
    over_limit::OverLimit,
    vault::{KeyRing, Vault},
    words::failures,
};

/// How long the end waits for work under way.
const LAST_WORK: Duration = Duration::from_secs(3);

/// What [`Services`] is made of.
#[derive(Debug)]
pub struct Parts {
    /// Time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// Storage, open and up to date.
    pub db: Db,
    /// The keys that seal secrets.
    pub keys: KeyRing,
    /// The way out to Meta.
    pub transport: Transport,
    /// What the settings say of Meta.
    pub meta: MetaSetup,
    /// The address people use, ending in a slash.
    pub public_url: Url,
    /// Whether the address of a visitor is read from `X-Forwarded-For`.
    pub trust_proxy: bool,
    /// How much is kept of what Meta sends, and for how long.
    pub intake: IntakeSettings,
    /// How mail is sent.
    pub mailer: Mailer,
    /// How events are sent to the tenants' own systems.
    pub outbox: Outbox,
}

/// Everything that flows need. Cheap to clone; every clone is the same installation.
#[derive(Clone, Debug)]
pub struct Services(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Clock,
    entropy: Entropy,
    ids: IdSource,
    db: Db,
    vault: Vault,
    chain_key: OnceCell<ChainKey>,
    passwords: Passwords,
    apps: Apps,
    public_url: Url,
    trust_proxy: bool,
    mailer: Mailer,
    outbox: Outbox,
    live: Live,
    intake: Intake,
    over_limit: OverLimit,
    workers: Workers,
    tasks: TaskTracker,
}

impl Services {
    /// Puts the parts together. Must be called in a tokio runtime.
    ///
    /// # Errors
    /// When password hashing does not work on this machine.
    pub fn new(parts: Parts) -> Result<Self> {
        let at_once = std::thread::available_parallelism().map_or(2, usize::from);
        let intake = Intake::new(&parts.db, &parts.clock, parts.intake);
        let apps = Apps::new(parts.meta, parts.transport, parts.clock.clone());
        Ok(Self(Arc::new(Inner {
            ids: IdSource::new(parts.clock.clone(), parts.entropy.clone()),
            vault: Vault::new(parts.keys, parts.entropy.clone()),
            chain_key: OnceCell::new(),
            passwords: Passwords::new(parts.entropy.clone(), at_once)?,
            clock: parts.clock,
            live: Live::new(&parts.entropy),
            entropy: parts.entropy,
            db: parts.db,
            apps,
            public_url: parts.public_url,
            trust_proxy: parts.trust_proxy,
            mailer: parts.mailer,
            outbox: parts.outbox,
            intake,
            over_limit: OverLimit::default(),
            workers: Workers::default(),
            tasks: TaskTracker::new(),
        })))
    }

    /// Time.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Randomness.
    pub fn entropy(&self) -> &Entropy {
        &self.0.entropy
    }

    /// New identifiers.
    pub fn ids(&self) -> &IdSource {
        &self.0.ids
    }

    /// Storage.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The vault.
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// What keys the audit chains; opened at its first use.
    pub(crate) async fn chain_key(&self) -> Result<&ChainKey> {
        self.0.chain_key.get_or_try_init(|| observe::open_key(self)).await
    }

    /// Password hashing.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// The Meta apps.
    pub(crate) fn apps(&self) -> &Apps {
        &self.0.apps
    }

    /// The installation's Meta app that people log in to. For anything of a tenant's see [`Self::app_for`].
    ///
    /// # Errors
    /// [`Error::Conflict`] while nobody has set one up.
    pub fn app(&self) -> Result<Arc<App>> {
        self.0.apps.find(None).ok_or(Error::Conflict(failures::connect::not_configured()))
    }

    /// The Meta app that a tenant's people log in to: their own, else the installation's.
    ///
    /// # Errors
    /// [`Error::Conflict`] while there is none, or when their own cannot be read.
    pub fn app_for(&self, tenant: &TenantId) -> Result<Arc<App>> {
        self.0.apps.find_own(tenant)?.map_or_else(|| self.app(), Ok)
    }

    /// Instagram Login's part of the Meta app that a tenant's people log in to.
    ///
    /// # Errors
    /// [`Error::Conflict`] while it is not set up.
    pub fn instagram_for(&self, tenant: &TenantId) -> Result<Arc<App>> {
        self.app_for(tenant)?.instagram.clone().ok_or(Error::Conflict(failures::connect::instagram_not_set_up()))
    }

    /// The app that a connection was made with, or Instagram Login's part of it.
    ///
    /// # Errors
    /// [`Error::Conflict`] when that app is not set up here any more.
    pub(crate) fn app_of_connection(&self, connection: &Connection) -> Result<Arc<App>> {
        self.app_of_token(&connection.meta_app_id, connection.token_kind)
    }

    /// The app that gave a token of this kind, or Instagram Login's part of it.
    ///
    /// # Errors
    /// As [`Self::app_of_connection`].
    pub(crate) fn app_of_token(&self, meta_app_id: &str, kind: CredentialKind) -> Result<Arc<App>> {
        let whole = self.app_of(meta_app_id)?;
        match kind {
            CredentialKind::Instagram => {
                whole.instagram.clone().ok_or(Error::Conflict(failures::connect::instagram_gone()))
            }
            _ => Ok(whole),
        }
    }

    /// The Meta app that something was made with, as it is kept with it.
    ///
    /// # Errors
    /// [`Error::Conflict`] when that app is not set up here any more.
    pub(crate) fn app_of(&self, meta_app_id: &str) -> Result<Arc<App>> {
        let id = meta_app_id.parse::<AppId>().ok();
        id.and_then(|id| self.0.apps.find(Some(&id))).ok_or(Error::Conflict(failures::connect::app_gone()))
    }

    /// How people log in to the installation's Meta app. For anything of a tenant's see [`Self::meta_for`].
    ///
    /// # Errors
    /// [`Error::Conflict`] while nobody has set one up.
    pub fn meta(&self) -> Result<Arc<MetaLogin>> {
        Ok(self.app()?.login.clone())
    }

    /// How a tenant's people log in: to their own Meta app, else to the installation's.
    ///
    /// # Errors
    /// As [`Self::app_for`].
    pub fn meta_for(&self, tenant: &TenantId) -> Result<Arc<MetaLogin>> {
        Ok(self.app_for(tenant)?.login.clone())
    }

    /// The address people use, ending in a slash.
    pub fn public_url(&self) -> &Url {
        &self.0.public_url
    }

    /// Whether people reach us by https, so that cookies can be kept to it.
    pub fn is_https(&self) -> bool {
        self.0.public_url.scheme() == "https"
    }

    /// Whether the address of a visitor is read from `X-Forwarded-For`.
    pub fn trusts_proxy(&self) -> bool {
        self.0.trust_proxy
    }

    /// Who watches what, live.
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// The webhooks' door.
    pub(crate) fn intake(&self) -> &Intake {
        &self.0.intake
    }

    /// Where webhooks are stored before Meta is told that they arrived.
    pub fn journal(&self) -> &Journal {
        &self.0.intake.journal
    }

    /// Who is over a limit.
    pub(crate) fn over_limit(&self) -> &OverLimit {
        &self.0.over_limit
    }

    /// The count of webhooks that were turned away.
    pub fn refusals(&self) -> &Refusals {
        &self.0.intake.refusals
    }

    /// How mail is sent.
    pub fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// How events are sent to the tenants' own systems.
    pub fn outbox(&self) -> &Outbox {
        &self.0.outbox
    }

    /// What wakes and stops the workers that do durable jobs.
    pub fn workers(&self) -> &Workers {
        &self.0.workers
    }

    /// Work that goes on after the answer. Waited for at the end.
    pub fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    /// Runs `work` to its end, even when whoever waits for the answer goes away meanwhile: what must not be left half
    /// done does not depend on a browser's patience.
    pub(crate) async fn to_the_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.0.tasks.spawn(work.in_current_span()).await.map_err(Error::internal)?
    }

    /// Stores the webhooks that were taken, waits a while for work that goes on after answers, then closes the database.
    /// What is cut off is taken up again at the next start.
    pub async fn close(&self) {
        self.journal().close().await;
        self.0.live.close();
        self.0.workers.stop();
        self.0.outbox.stop();
        self.0.tasks.close();
        if tokio::time::timeout(LAST_WORK, self.0.tasks.wait()).await.is_err() {
            tracing::warn!("work was still under way; the next start takes it up");
        }
        if let Err(error) = self.refusals().flush(self.db()).await {
            tracing::warn!(%error, "the count of refused webhooks could not be kept");
        }
        self.0.db.close().await;
    }
}
