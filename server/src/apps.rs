//! The Meta apps of this installation, as this process knows them: read once, and again when something changed.
//!
//! One app is in use: people log in to it. Others are those that were in use before; they serve the connections that were
//! made with them.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use secrecy::SecretString;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

use crate::{
    clock::Clock,
    connect::{FormerSecret, MetaLogin, MetaSetup, SetApp},
    db::{
        Db, installation_secrets,
        meta_apps::{self, SavedApp},
    },
    error::Result,
    ingest::WebhookApp,
    live::Watch,
    meta::{AppId, GraphClient, Transport},
    services::Services,
    vault::{INSTALLATION, Place, Sealed, Vault, VaultError},
};

/// A Meta app, or Instagram Login's part of one, ready for every flow.
#[derive(Debug)]
pub struct App {
    /// The App ID. Instagram Login's part has its whole's: by that one is known what was made with it.
    pub id: AppId,
    /// How people log in to it.
    pub login: Arc<MetaLogin>,
    /// The Graph API, as this app.
    pub graph: GraphClient,
    /// Instagram Login's part of it, when it is set up.
    pub instagram: Option<Arc<App>>,
    /// What its webhooks are checked with.
    pub(crate) door: Arc<WebhookApp>,
}

/// Every app that this process knows.
#[derive(Debug)]
pub(crate) struct Apps {
    setup: MetaSetup,
    transport: Transport,
    clock: Clock,
    known: ArcSwap<Known>,
    /// Held while they are read: a reading that began earlier must not end later. Nobody who uses an app waits for it.
    reading: Mutex<()>,
    /// Held by whoever asks Meta in the background: one at a time is enough.
    asking: Arc<Semaphore>,
}

#[derive(Debug, Default)]
struct Known {
    in_use: Option<Arc<App>>,
    all: HashMap<AppId, Arc<App>>,
}

impl Apps {
    /// Knows the app of the settings alone, until [`Services::load_apps`].
    pub(crate) fn new(setup: MetaSetup, transport: Transport, clock: Clock) -> Self {
        let asking = Arc::new(Semaphore::new(1));
        let apps = Self { setup, transport, clock, known: ArcSwap::default(), reading: Mutex::new(()), asking };
        apps.know(Vec::new());
        apps
    }

    /// What the settings say.
    pub(crate) fn setup(&self) -> &MetaSetup {
        &self.setup
    }

    /// The app with this id; the one in use when none is named.
    pub(crate) fn find(&self, id: Option<&AppId>) -> Option<Arc<App>> {
        let known = self.known.load();
        match id {
            None => known.in_use.clone(),
            Some(id) => known.all.get(id).cloned(),
        }
    }

    /// Every app, the one in use first.
    pub(crate) fn all(&self) -> Vec<Arc<App>> {
        let known = self.known.load();
        let used = known.in_use.clone();
        let others = known.all.values().filter(|app| used.as_ref().is_none_or(|used| !Arc::ptr_eq(used, app)));
        let others: Vec<_> = others.cloned().collect();
        used.into_iter().chain(others).collect()
    }

    /// The turn to ask Meta about the app in use; `None` while somebody has it.
    pub(crate) fn take_turn(&self) -> Option<OwnedSemaphorePermit> {
        self.asking.clone().try_acquire_owned().ok()
    }

    /// An app as it would be with these credentials, to be tried before they are kept.
    pub(crate) fn with(&self, app: &SetApp, config_id: Option<&str>, verify_token: Option<SecretString>) -> App {
        let login = self.setup.login(app, config_id, verify_token);
        let instagram = self.setup.instagram_login();
        let door = Arc::new(WebhookApp::new(&login, instagram.as_ref()));
        let instagram = instagram.map(|login| Arc::new(self.made(&app.id, login, None, &door)));
        self.made(&app.id, login, instagram, &door)
    }

    fn made(&self, id: &AppId, login: MetaLogin, instagram: Option<Arc<App>>, door: &Arc<WebhookApp>) -> App {
        let login = Arc::new(login);
        let graph = GraphClient::new(self.transport.clone(), login.app.clone(), self.clock.clone());
        App { id: id.clone(), graph, instagram, door: door.clone(), login }
    }

    /// Reads the apps that were entered. What cannot be opened is left out and said in the log.
    async fn load(&self, db: &Db, vault: &Vault) -> Result<()> {
        let _reading = self.reading.lock().await;
        let mut read = Vec::new();
        for saved in meta_apps::list(db).await? {
            match self.opened(vault, &saved) {
                Ok(Some(app)) => read.push((saved.in_use, app)),
                Ok(None) => {}
                Err(error) => tracing::error!(app = %saved.app_id, %error, "the secret of a Meta app does not open"),
            }
        }
        self.know(read);
        Ok(())
    }

    /// `None` when its secret was given up.
    fn opened(&self, vault: &Vault, saved: &SavedApp) -> Result<Option<App>, VaultError> {
        let id = &saved.app_id;
        let Some(secret) = &saved.secret else { return Ok(None) };
        let secret = open(vault, &meta_apps::secret_name(id), secret)?;
        let former = match (&saved.former_secret, saved.former_until) {
            (Some(sealed), Some(until)) => {
                let secret = open(vault, &meta_apps::former_secret_name(id), sealed)?;
                Some(FormerSecret { secret, until: Some(until) })
            }
            _ => None,
        };
        let token = saved.verify_token.as_ref();
        let token = token.map(|sealed| open(vault, &meta_apps::verify_token_name(id), sealed)).transpose()?;
        Ok(Some(self.with(&SetApp { id: id.clone(), secret, former }, saved.config_id.as_deref(), token)))
    }

    /// The settings go before what was entered.
    fn know(&self, entered: Vec<(bool, App)>) {
        let mut known = Known::default();
        for (in_use, app) in entered {
            let app = Arc::new(app);
            if in_use {
                known.in_use = Some(app.clone());
            }
            known.all.insert(app.id.clone(), app);
        }
        if let Some(set) = &self.setup.app {
            let app = Arc::new(self.with(set, None, None));
            known.in_use = Some(app.clone());
            known.all.insert(set.id.clone(), app);
        }
        self.known.store(Arc::new(known));
    }
}

/// The place of a secret of the installation.
pub(crate) fn place(name: &str) -> Place<'_> {
    Place { tenant: INSTALLATION, purpose: installation_secrets::PURPOSE, row: name }
}

fn open(vault: &Vault, name: &str, sealed: &Sealed) -> Result<SecretString, VaultError> {
    vault.open(place(name), sealed)
}

impl Services {
    /// Reads the Meta apps that were entered on the set-up page: at the start, and whenever one was changed.
    ///
    /// # Errors
    /// When the database fails; what was known stays.
    pub async fn load_apps(&self) -> Result<()> {
        self.apps().load(self.db(), self.vault()).await
    }
}

/// Reads the apps again whenever this process or another one says that something of the installation changed, until the
/// process ends.
pub async fn follow_apps(services: Services) {
    // Before the first reading, so that nothing that changes meanwhile is missed.
    let watch = services.live().watch_installation(None);
    tokio::select! {
        () = services.live().closed() => {}
        () = follow(&services, watch) => {}
    }
}

async fn follow(services: &Services, mut watch: Watch) {
    loop {
        if let Err(error) = services.load_apps().await {
            tracing::warn!(%error, "the Meta apps could not be read again");
        }
        watch.changed().await;
    }
}
