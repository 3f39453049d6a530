//! The Meta apps of this installation, as this process knows them: read once, and again when something changed.
//!
//! One app of the installation is in use: people log in to it, but for those of a business that has an app of its own. Others
//! are those that were in use before; they serve the connections that were made with them.

mod turns;

use std::{collections::HashMap, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use secrecy::SecretString;
use tokio::sync::Mutex;

pub(crate) use turns::Turn;
use turns::Turns;

use crate::{
    clock::Clock,
    connect::{Entered, FormerSecret, MetaLogin, MetaSetup, SetApp},
    db::{
        Db, installation_secrets,
        meta_apps::{self, SavedApp},
    },
    error::{Error, Result},
    ids::TenantId,
    ingest::WebhookApp,
    live::Watch,
    meta::{AppId, GraphClient, Transport},
    services::Services,
    vault::{INSTALLATION, Place, Sealed, Vault, VaultError},
    words::failures::connect as failures,
};

/// How long a change can stay unknown that no other process told.
const UNTOLD: Duration = Duration::from_secs(60);
/// How long to wait after the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(3);

/// A Meta app, or Instagram Login's part of one, ready for every flow.
#[derive(Debug)]
pub struct App {
    /// The App ID. Instagram Login's part has its whole's: by that one is known what was made with it.
    pub id: AppId,
    /// The business whose own it is; the installation's when absent.
    pub owner: Option<TenantId>,
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
    /// What was read last. Held while they are read: a reading that began earlier must not end later. Nobody who uses an app
    /// waits for it.
    read: Mutex<Option<Vec<SavedApp>>>,
    /// Which apps Meta is being asked about in the background.
    asking: Turns,
}

#[derive(Debug, Default)]
struct Known {
    /// The one of the installation that people log in to.
    in_use: Option<Arc<App>>,
    /// The one of each business that has its own; `None` for one whose secret does not open.
    own: HashMap<TenantId, Option<Arc<App>>>,
    all: HashMap<AppId, Arc<App>>,
    /// Whether the app that the settings name is a business's own, and therefore is not the installation's.
    settings_taken: bool,
}

impl Apps {
    /// Knows the app of the settings alone, until [`Services::load_apps`].
    pub(crate) fn new(setup: MetaSetup, transport: Transport, clock: Clock) -> Self {
        let (known, asking) = (ArcSwap::default(), Turns::default());
        let apps = Self { setup, transport, clock, known, read: Mutex::default(), asking };
        apps.know(Vec::new());
        apps
    }

    /// What the settings say.
    pub(crate) fn setup(&self) -> &MetaSetup {
        &self.setup
    }

    /// The app with this id; the installation's that is in use when none is named.
    pub(crate) fn find(&self, id: Option<&AppId>) -> Option<Arc<App>> {
        let known = self.known.load();
        match id {
            None => known.in_use.clone(),
            Some(id) => known.all.get(id).cloned(),
        }
    }

    /// A business's own app that is in use; `None` when it has none.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it has one whose secret does not open.
    pub(crate) fn find_own(&self, tenant: &TenantId) -> Result<Option<Arc<App>>> {
        match self.known.load().own.get(tenant) {
            None => Ok(None),
            Some(Some(app)) => Ok(Some(app.clone())),
            Some(None) => Err(Error::Conflict(failures::own_app_unreadable())),
        }
    }

    /// Every app of the installation, the one in use first.
    pub(crate) fn of_installation(&self) -> Vec<Arc<App>> {
        let known = self.known.load();
        let used = known.in_use.clone();
        let others = known.all.values().filter(|app| app.owner.is_none());
        let others = others.filter(|app| used.as_ref().is_none_or(|used| !Arc::ptr_eq(used, app)));
        let others: Vec<_> = others.cloned().collect();
        used.into_iter().chain(others).collect()
    }

    /// Every app that people log in to: the installation's first, then the businesses' own by App ID.
    pub(crate) fn in_use(&self) -> Vec<Arc<App>> {
        let known = self.known.load();
        let mut own: Vec<_> = known.own.values().flatten().cloned().collect();
        own.sort_unstable_by(|a, b| a.login.app.app_id.cmp(&b.login.app.app_id));
        known.in_use.clone().into_iter().chain(own).collect()
    }

    /// The App IDs of all apps that are or were businesses' own, in order.
    pub(crate) fn own_ids(&self) -> Vec<AppId> {
        let known = self.known.load();
        let own = known.all.values().filter(|app| app.owner.is_some());
        let mut ids: Vec<_> = own.map(|app| app.login.app.app_id.clone()).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether anybody can log in to any app.
    pub(crate) fn any(&self) -> bool {
        let known = self.known.load();
        known.in_use.is_some() || known.own.values().any(Option::is_some)
    }

    /// Whether the app that the settings name is a business's own.
    pub(crate) fn settings_taken(&self) -> bool {
        self.known.load().settings_taken
    }

    /// The turn to ask Meta about an app; `None` while somebody has it.
    pub(crate) fn take_turn(&self, app: &AppId) -> Option<Turn> {
        self.asking.take(app)
    }

    /// An app as it would be with these credentials, to be tried before they are kept.
    pub(crate) fn with(&self, owner: Option<&TenantId>, app: &SetApp, entered: Entered) -> App {
        let part = match owner {
            None => self.setup.instagram.app.clone().or(entered.instagram.clone()),
            Some(_) => entered.instagram.clone(),
        };
        let login = match owner {
            None => self.setup.login(app, entered),
            Some(_) => self.setup.own_login(app, entered),
        };
        let instagram = part.map(|part| self.setup.instagram_login(&part, &login));
        let door = Arc::new(WebhookApp::new(owner, &login, instagram.as_ref()));
        let part = instagram.map(|login| Arc::new(self.made((owner, &app.id), login, None, &door)));
        self.made((owner, &app.id), login, part, &door)
    }

    fn made(
        &self,
        (owner, id): (Option<&TenantId>, &AppId),
        login: MetaLogin,
        instagram: Option<Arc<App>>,
        door: &Arc<WebhookApp>,
    ) -> App {
        let login = Arc::new(login);
        let graph = GraphClient::new(self.transport.clone(), login.app.clone(), self.clock.clone());
        App { id: id.clone(), owner: owner.cloned(), graph, instagram, door: door.clone(), login }
    }

    /// Reads the apps that were entered. What cannot be opened is left out and said in the log. What is known already is left as
    /// it is.
    async fn load(&self, db: &Db, vault: &Vault) -> Result<()> {
        let mut read = self.read.lock().await;
        let all = meta_apps::list_across_tenants(db).await?;
        if read.as_ref() == Some(&all) {
            return Ok(());
        }
        let mut opened = Vec::new();
        for saved in &all {
            let app = match self.opened(vault, saved) {
                Ok(app) => app,
                Err(error) => {
                    tracing::error!(app = %saved.app_id, %error, "the secret of a Meta app does not open");
                    None
                }
            };
            opened.push((saved.clone(), app));
        }
        self.know(opened);
        *read = Some(all);
        Ok(())
    }

    /// `None` when its secret was given up.
    fn opened(&self, vault: &Vault, saved: &SavedApp) -> Result<Option<App>, VaultError> {
        let (owner, id) = (saved.tenant_id.as_ref(), &saved.app_id);
        let Some(secret) = &saved.secret else { return Ok(None) };
        let secret = open(vault, &meta_apps::secret_name(owner, id), secret)?;
        let former = match (&saved.former_secret, saved.former_until) {
            (Some(sealed), Some(until)) => {
                let secret = open(vault, &meta_apps::former_secret_name(owner, id), sealed)?;
                Some(FormerSecret { secret, until: Some(until) })
            }
            _ => None,
        };
        let token = saved.verify_token.as_ref();
        let token = token.map(|sealed| open(vault, &meta_apps::verify_token_name(owner, id), sealed)).transpose()?;
        let entered = Entered {
            config_id: saved.config_id.clone(),
            whatsapp_config_id: saved.whatsapp_config_id.clone(),
            verify_token: token,
            instagram: self.instagram_of(vault, saved),
        };
        Ok(Some(self.with(owner, &SetApp { id: id.clone(), secret, former }, entered)))
    }

    /// Instagram Login's part of an app. One whose secret does not open is left out and said in the log: the whole goes on.
    fn instagram_of(&self, vault: &Vault, saved: &SavedApp) -> Option<SetApp> {
        let (owner, id) = (saved.tenant_id.as_ref(), &saved.app_id);
        let (part, sealed) = (saved.instagram_app_id.clone()?, saved.instagram_secret.as_ref()?);
        let secret = open(vault, &meta_apps::instagram_secret_name(owner, id), sealed)
            .inspect_err(|error| tracing::error!(app = %id, %error, "the secret of Instagram Login does not open"))
            .ok()?;
        let former = saved.instagram_former_secret.as_ref().zip(saved.instagram_former_until);
        let former = former.and_then(|(sealed, until)| {
            let secret = open(vault, &meta_apps::former_instagram_secret_name(owner, id), sealed).ok()?;
            Some(FormerSecret { secret, until: Some(until) })
        });
        Some(SetApp { id: part, secret, former })
    }

    /// The settings go before what was entered for the installation, and never before what is a business's own: that
    /// business has the secret, and could sign for everybody.
    fn know(&self, entered: Vec<(SavedApp, Option<App>)>) {
        let mut known = Known::default();
        let set = self.setup.app.as_ref();
        for (saved, app) in entered {
            let app = app.map(Arc::new);
            known.settings_taken |= saved.tenant_id.is_some() && set.is_some_and(|set| set.id == saved.app_id);
            match saved.tenant_id {
                _ if !saved.in_use => {}
                None => known.in_use = app.clone(),
                Some(tenant) => drop(known.own.insert(tenant, app.clone())),
            }
            known.all.extend(app.map(|app| (saved.app_id, app)));
        }
        if known.settings_taken {
            tracing::error!(
                "META_APP_ID names an app that a business of this installation entered as its own: it is not used"
            );
            known.in_use = None;
        } else if let Some(set) = set {
            let app = Arc::new(self.with(None, set, Entered::default()));
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

/// Reads the apps again whenever this process or another one says that something of the installation changed, and every now and
/// then, should its word have been lost; until the process ends.
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
        let pause = match services.load_apps().await {
            Ok(()) => UNTOLD,
            Err(error) => {
                tracing::warn!(%error, "the Meta apps could not be read again; trying again");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            _ = watch.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}
