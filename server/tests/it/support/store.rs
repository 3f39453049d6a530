//! A database with a clock and identifiers: for tests of storage alone.

use std::sync::LazyLock;

use server::{
    asset_kind::AssetKind,
    clock::{Clock, Timestamp},
    db::{
        Db,
        assets::{self, Choice, NewAsset, Selected},
        attempts::{self, Flow, NewAttempt},
        audit::{ChainKey, NewAuditEntry, Said},
        connections::{self, Grant, TokenState},
        credentials::{self, CredentialKind},
        disconnections,
        jobs::NewJob,
        users::{self, NewUser},
    },
    entropy::Entropy,
    ids::{AssetId, AttemptId, ConnectionId, CredentialId, IdSource, JobId, TenantId, UserId},
    vault::Sealed,
};

use super::{Database, Fixture, START, Storage};

/// An empty database.
pub(crate) struct Store {
    pub(crate) storage: Storage,
    pub(crate) clock: Clock,
    pub(crate) ids: IdSource,
}

impl Fixture for Store {
    type Setup = ();

    async fn start(database: Database, (): ()) -> Option<Self> {
        let storage = Storage::open(database).await?;
        let clock = Clock::fixed(START);
        let ids = IdSource::new(clock.clone(), Entropy::seeded(1));
        Some(Self { storage, clock, ids })
    }

    async fn finish(self, _passed: bool) {
        self.storage.remove().await;
    }
}

/// Saves a choice, with the job that applies it.
pub(crate) async fn select(
    db: &Db,
    ids: &IdSource,
    tenant: &TenantId,
    attempt: &AttemptId,
    connection: &ConnectionId,
    chosen: &[AssetId],
    now: Timestamp,
) -> Selected {
    let id = JobId::new(ids);
    let (tenant_id, subject) = (Some(tenant), connection.as_str());
    let job = NewJob { id: &id, tenant_id, kind: "apply_choice", subject, run_at: now };
    let choice = Choice { attempt, connection, chosen, said: &SAID, job: &job };
    assets::select(db, tenant, &choice, now).await.unwrap()
}

impl Store {
    pub(crate) fn db(&self) -> &Db {
        &self.storage.db
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A tenant with its owner.
    pub(crate) async fn tenant(&self, name: &str) -> (TenantId, UserId) {
        let (tenant, user) = (TenantId::new(&self.ids), UserId::new(&self.ids));
        let email = format!("{name}@example.com");
        let new = NewUser { id: &user, email: &email, name, password_hash: "$argon2id$", operator: false };
        assert!(users::insert_with_tenant(self.db(), &new, &tenant, name, &SAID, self.now()).await.unwrap());
        (tenant, user)
    }

    /// A person without a tenant.
    pub(crate) async fn user(&self, name: &str) -> UserId {
        let user = UserId::new(&self.ids);
        let email = format!("{name}@example.com");
        let new = NewUser { id: &user, email: &email, name, password_hash: "$argon2id$", operator: false };
        assert!(users::insert(self.db(), &new, self.now()).await.unwrap());
        user
    }

    /// A pending connection of the Meta person `person`, with a sealed user token.
    pub(crate) async fn connection(&self, (tenant, user): &(TenantId, UserId), person: &str) -> ConnectionId {
        let id = ConnectionId::new(&self.ids);
        assert!(self.grant(tenant, user, &id, person).await.unwrap());
        id
    }

    /// Keeps a grant of `person` under `id`.
    pub(crate) async fn grant(
        &self,
        tenant: &TenantId,
        user: &UserId,
        id: &ConnectionId,
        person: &str,
    ) -> server::error::Result<bool> {
        let credential = CredentialId::new(&self.ids);
        let sealed = sealed(credential.as_str());
        let grant = Grant {
            id,
            connected_by: user,
            meta_app_id: "1029384756102938",
            meta_user_id: person,
            meta_user_name: "Lucía Brasa",
            token: TokenState {
                kind: CredentialKind::User,
                permissions: "{}",
                expires_at: Some(START.plus(std::time::Duration::from_secs(60 * 86_400))),
                data_access_expires_at: None,
                renew_at: None,
            },
            credential: &credential,
            sealed: &sealed,
        };
        connections::upsert(self.db(), tenant, &grant, &SAID, self.now()).await
    }

    /// Meta refuses the token that a connection has, or misses it.
    pub(crate) async fn refuse(&self, tenant: &TenantId, id: &ConnectionId, problem: &str) -> bool {
        let main = credentials::find_main(self.db(), tenant, id).await.unwrap();
        let main = main.as_ref().map(|main| &main.id);
        connections::mark_refused(self.db(), tenant, id, main, problem, self.now()).await.unwrap()
    }

    /// Takes a connection apart; there is nothing to be done at Meta.
    pub(crate) async fn disconnect(&self, (tenant, user): &(TenantId, UserId), id: &ConnectionId) -> bool {
        let who = ((user, "a test"), self.now());
        let ended = disconnections::insert(self.db(), tenant, id, who, &[], &[*SAID], self.now()).await.unwrap();
        disconnections::drop_tokens(self.db(), tenant, id).await.unwrap();
        ended
    }

    /// Keeps what a discovery found, and answers the identifiers by Meta id, in the order given.
    pub(crate) async fn assets(
        &self,
        tenant: &TenantId,
        connection: &ConnectionId,
        found: &[(AssetKind, &str, Option<&str>)],
    ) -> Vec<AssetId> {
        let rows: Vec<NewAsset> =
            found.iter().map(|(kind, meta_id, parent)| self::found(&self.ids, *kind, meta_id, *parent)).collect();
        assets::replace_discovered(self.db(), tenant, connection, &rows).await.unwrap();
        let all = assets::list_by_connection(self.db(), tenant, connection).await.unwrap();
        found
            .iter()
            .map(|(kind, meta_id, _)| {
                all.iter().find(|a| a.kind == *kind && a.meta_id == *meta_id).map(|a| a.id.clone()).unwrap()
            })
            .collect()
    }

    /// Saves a choice.
    pub(crate) async fn select(
        &self,
        tenant: &TenantId,
        attempt: &AttemptId,
        connection: &ConnectionId,
        chosen: &[AssetId],
    ) -> Selected {
        select(self.db(), &self.ids, tenant, attempt, connection, chosen, self.now()).await
    }

    /// An attempt of the tenant's owner that waits for Meta; its state's hash is its own identifier.
    pub(crate) async fn attempt(&self, (tenant, user): &(TenantId, UserId)) -> AttemptId {
        let id = AttemptId::new(&self.ids);
        let new = NewAttempt {
            id: &id,
            user_id: user,
            session_hash: "session",
            state_hash: id.as_str(),
            purpose: attempts::Purpose::Assets,
            flow: Flow::Redirect,
            meta_app_id: &"1029384756102938".parse().unwrap(),
            redirect_uri: "https://attache.example/oauth/meta/callback",
            reconnects: None,
            set_up_link: None,
            expires_at: self.now().plus(std::time::Duration::from_secs(600)),
        };
        attempts::insert(self.db(), tenant, &new, self.now()).await.unwrap();
        id
    }

    /// An attempt that waits for a choice among the connection's assets.
    pub(crate) async fn choosing(&self, who: &(TenantId, UserId), connection: &ConnectionId) -> AttemptId {
        let id = self.attempt(who).await;
        attempts::mark_connected(self.db(), &who.0, &id, connection, self.now()).await.unwrap();
        attempts::mark_choosing(self.db(), &who.0, &id, "[]", self.now()).await.unwrap();
        id
    }
}

/// What tests of storage say to the audit log.
pub(crate) static SAID: LazyLock<Said<'static>> = LazyLock::new(|| Said {
    key: &CHAIN_KEY,
    entry: NewAuditEntry { actor_id: None, actor_name: "a test", action: "test", target: "" },
});

/// The key of its chains.
pub(crate) static CHAIN_KEY: LazyLock<ChainKey> = LazyLock::new(|| ChainKey::new([7; 32]));

/// A usable asset as a discovery finds it.
pub(crate) fn found(ids: &IdSource, kind: AssetKind, meta_id: &str, parent: Option<&str>) -> NewAsset {
    NewAsset {
        id: AssetId::new(ids),
        kind,
        meta_id: meta_id.into(),
        parent_meta_id: parent.map(str::to_owned),
        business_meta_id: None,
        name: format!("name of {meta_id}"),
        detail: "{}".into(),
        unusable: None,
    }
}

/// A value that looks sealed, with key `k1`.
pub(crate) fn sealed(body: &str) -> Sealed {
    Sealed::from_stored(format!("v1.k1.{body}"))
}
