//! A whole installation for one test: database, fixed clock, seeded randomness, Meta in a box, and the product served.

use std::{
    cell::{Cell, OnceCell, RefCell},
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use secrecy::SecretString;
use server::{
    Services,
    accounts::{self, SignUp},
    clock::Clock,
    db::{Db, jobs, memberships, users},
    entropy::Entropy,
    ids::{TenantId, UserId},
    outbox,
};
use simulator::Control;
use tokio::task::JoinHandle;
use url::Url;

use super::{
    Browser, Database, Fixture, Person, START, Storage,
    routes::router,
    setup::{KEY, Outside, Setup, services},
};

/// An installation.
pub(crate) struct TestApp {
    pub(crate) services: Services,
    pub(crate) storage: Storage,
    pub(crate) clock: Clock,
    /// Where it listens.
    pub(crate) base: Url,
    /// Everything that was answered over HTTP: status, headers (but for cookies) and body.
    pub(crate) heard: Rc<RefCell<Vec<String>>>,
    /// The cookies that were set, which are secrets in their only place.
    pub(crate) cookies: Rc<RefCell<Vec<String>>>,
    entropy: Entropy,
    setup: Setup,
    /// Where mail goes.
    mail: tempfile::TempDir,
    meta: simulator::Running,
    server: JoinHandle<()>,
    refusals_expected: Cell<bool>,
    jobs_expected: Cell<bool>,
    /// Who sends what Meta's servers send.
    pub(super) caller: OnceCell<Browser>,
}

impl Fixture for TestApp {
    type Setup = Setup;

    async fn start(database: Database, setup: Setup) -> Option<Self> {
        let storage = Storage::open_over(database, setup.by_line).await?;
        let clock = Clock::fixed(START);
        let entropy = Entropy::seeded(7);
        let options = simulator::Options { world: setup.world.clone(), ..simulator::Options::default() };
        let meta = simulator::start(options).await.unwrap();
        meta.control().freeze(START.as_seconds());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let mail = tempfile::tempdir().unwrap();
        let outside = Outside { clock: &clock, entropy: &entropy, meta: &meta.url, base: &base, mail: mail.path() };
        let services = services(&setup, storage.db.clone(), &outside, KEY);
        let router = router(&services);
        let server = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).await.unwrap();
        });
        let (heard, cookies, refusals_expected) = (Rc::default(), Rc::default(), Cell::new(false));
        let jobs_expected = Cell::new(false);
        let caller = OnceCell::new();
        Some(Self {
            services,
            storage,
            clock,
            base,
            heard,
            cookies,
            entropy,
            setup,
            mail,
            meta,
            server,
            refusals_expected,
            jobs_expected,
            caller,
        })
    }

    async fn finish(self, passed: bool) {
        if passed {
            self.idle().await;
        }
        self.server.abort();
        let refused: Vec<_> = self
            .meta()
            .requests()
            .into_iter()
            .filter(|request| request.status.is_some_and(|status| status >= 400))
            .map(|request| format!("{} {} {:?}", request.method, request.path, request.params))
            .collect();
        // A test may have closed the database to see what the product says then.
        let open = self.services.db().ping().await.is_ok();
        let unfinished =
            if passed && open { jobs::count_unfinished_across_tenants(self.services.db()).await.unwrap() } else { 0 };
        let expected = self.refusals_expected.get();
        self.services.journal().close().await;
        self.storage.remove().await;
        assert!(unfinished == 0 || self.jobs_expected.get(), "{unfinished} jobs are not finished");
        if passed && !expected {
            assert!(refused.is_empty(), "Meta refused what nobody meant to be refused: {refused:#?}");
        }
    }
}

impl TestApp {
    /// The handle that steers Meta.
    pub(crate) fn meta(&self) -> Control {
        self.meta.control()
    }

    /// The secret of the installation's Meta app.
    pub(crate) fn app_secret(&self) -> String {
        self.setup.world.app.secret.clone()
    }

    /// The App ID of the installation's Meta app.
    pub(crate) fn app_id(&self) -> String {
        self.setup.world.app.id.clone()
    }

    /// Moves the product's and Meta's clock.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.meta().advance(by);
    }

    /// Meta will refuse something in this test, on purpose.
    pub(crate) fn expect_refusals(&self) {
        self.refusals_expected.set(true);
    }

    /// Jobs will be left unfinished at the end of this test, on purpose.
    pub(crate) fn expect_jobs(&self) {
        self.jobs_expected.set(true);
    }

    /// Runs every job that is due, until none is. Answers how many runs it took.
    pub(crate) async fn run_jobs(&self) -> usize {
        server::jobs::run_due(&self.services).await.unwrap()
    }

    /// Sends every event that is due, until none is. Answers how many sendings it took.
    pub(crate) async fn send_events(&self) -> usize {
        outbox::run_due(&self.services).await.unwrap()
    }

    /// The same, by a new process.
    pub(crate) async fn restarted_run(&self) -> usize {
        outbox::run_due(&self.restarted()).await.unwrap()
    }

    /// Waits until no work goes on in the background and no job is due.
    pub(crate) async fn idle(&self) {
        idle(&self.services).await;
    }

    /// A new process on the same database.
    pub(crate) fn restarted(&self) -> Services {
        self.restarted_with(KEY)
    }

    /// A new process on the same database, whose settings name Meta's first app.
    pub(crate) fn restarted_with_app(&self) -> Services {
        let setup = Setup { world: self.setup.world.clone(), ..Setup::default() };
        services(&setup, self.storage.db.clone(), &self.outside(), KEY)
    }

    /// A new process on the same database, whose settings name no Meta app.
    pub(crate) fn restarted_without_app(&self) -> Services {
        let setup = Setup { world: self.setup.world.clone(), meta_app: false, ..Setup::default() };
        services(&setup, self.storage.db.clone(), &self.outside(), KEY)
    }

    /// A new process on the same database, with another key ring.
    pub(crate) fn restarted_with(&self, keys: &str) -> Services {
        services(&self.setup, self.storage.db.clone(), &self.outside(), keys)
    }

    /// Another process on the same database, with connections of its own; close it at the end.
    pub(crate) async fn another_process(&self) -> Services {
        let db = Db::open(&self.storage.options(true)).await.unwrap();
        services(&self.setup, db, &self.outside(), KEY)
    }

    fn outside(&self) -> Outside<'_> {
        Outside {
            clock: &self.clock,
            entropy: &self.entropy,
            meta: &self.meta.url,
            base: &self.base,
            mail: self.mail.path(),
        }
    }

    /// While it is broken, no mail leaves.
    pub(crate) fn break_mail(&self, broken: bool) {
        let folder = self.mail.path();
        if broken {
            std::fs::remove_dir_all(folder).unwrap();
            std::fs::write(folder, "in the way").unwrap();
        } else {
            std::fs::remove_file(folder).unwrap();
            std::fs::create_dir(folder).unwrap();
        }
    }

    /// The mails that were sent, as they left, in the order of their identifiers.
    pub(crate) fn mails(&self) -> Vec<String> {
        let mut files: Vec<_> = std::fs::read_dir(self.mail.path()).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }

    /// A visitor who is not signed in.
    pub(crate) fn visitor(&self) -> Browser {
        Browser::new(self)
    }

    /// Signs a new tenant up; its owner is signed in.
    pub(crate) async fn owner(&self, name: &str) -> Person {
        let input = SignUp {
            business_name: format!("{name}'s business"),
            name: name.to_owned(),
            email: format!("{name}@example.com"),
            password: password(name),
        };
        let (user, tenant) = accounts::sign_up(&self.services, input, name).await.unwrap();
        self.sign_in(&user, Some(&tenant)).await
    }

    /// A new member of `owner`'s tenant, signed in.
    pub(crate) async fn member(&self, owner: &Person, name: &str, role: accounts::Role) -> Person {
        let invited =
            accounts::invite(&self.services, &owner.actor, &format!("{name}@example.com"), role).await.unwrap();
        let (user, tenant) =
            accounts::join_as_new(&self.services, &link_token(&invited.link), name, password(name), name)
                .await
                .unwrap();
        self.sign_in(&user, Some(&tenant)).await
    }

    /// An operator, signed in.
    pub(crate) async fn operator(&self) -> Person {
        let user = accounts::create_operator(&self.services, "op", "op@example.com", password("op")).await.unwrap();
        self.sign_in(&user, None).await
    }

    /// A new session for a person who has an account.
    pub(crate) async fn sign_in(&self, user: &UserId, tenant: Option<&TenantId>) -> Person {
        Person::signed_in(self, user, tenant).await
    }

    /// The person as they stand in the database now.
    pub(crate) async fn actor(&self, user: &UserId, tenant: Option<&TenantId>) -> accounts::Actor {
        let db = self.services.db();
        let found = users::get(db, user).await.unwrap().unwrap();
        let memberships = memberships::list_by_user_across_tenants(db, user).await.unwrap();
        accounts::Actor::new(found, memberships, tenant)
    }
}

/// Waits until no work of `services` goes on in the background and no job is due.
pub(crate) async fn idle(services: &Services) {
    loop {
        services.tasks().close();
        services.tasks().wait().await;
        services.tasks().reopen();
        // A test may have closed the database to see what the product says then.
        if services.db().ping().await.is_err() {
            return;
        }
        if server::jobs::run_due(services).await.unwrap() == 0 {
            return;
        }
    }
}

/// The password of the person called `name`.
pub(crate) fn password(name: &str) -> SecretString {
    SecretString::from(format!("canary-password-of-{name}"))
}

/// The secret in a link of an invitation.
pub(crate) fn link_token(link: &SecretString) -> SecretString {
    use secrecy::ExposeSecret as _;
    SecretString::from(link.expose_secret().rsplit('/').next().unwrap().to_owned())
}
