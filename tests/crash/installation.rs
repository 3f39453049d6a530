//! An installation whose process is started and killed again and again.

use std::{process::Stdio, time::Duration};

use secrecy::SecretString;
use server::{
    asset_kind::AssetKind,
    clock::{Clock, Timestamp},
    db::{
        Db,
        assets::{self, Choice, NewAsset},
        attempts::{self, Flow, NewAttempt, Purpose},
        audit::{ChainKey, NewAuditEntry, Said},
        connections::{self, Grant, TokenState},
        credentials::{CredentialKind, PURPOSE},
        jobs::NewJob,
        users::{self, NewUser},
    },
    entropy::Entropy,
    ids::{AssetId, AttemptId, ConnectionId, CredentialId, IdSource, JobId, TenantId, UserId},
    vault::{KeyRing, Place, Vault},
};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use crate::{database::Database, verdict};

pub(crate) const APP_SECRET: &str = "a-made-up-app-secret";
const APP_ID: &str = "1029384756102938";
const KEY: &str = "k1:Y3Jhc2gta2V5LWNyYXNoLWtleS1jcmFzaC1rZXktMTI=";
/// How many WhatsApp numbers are connected, each held by a tenant of its own.
pub(crate) const NUMBERS: usize = 5;
/// How long a started process may take to be ready, or to apply what it finds.
const PATIENCE: Duration = Duration::from_secs(120);

/// What stays while processes come and go.
pub(crate) struct Installation {
    pub(crate) database: Database,
}

/// A running `attache serve`.
pub(crate) struct Process {
    child: Child,
    url: String,
}

impl Installation {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Makes the schema and connects the numbers.
    pub(crate) async fn prepare(&self) {
        let migrated = self.command("migrate").output().await.unwrap();
        assert!(migrated.status.success(), "{}", String::from_utf8_lossy(&migrated.stderr));
        let db = self.database.open().await;
        let ids = IdSource::new(Clock::system(), Entropy::os());
        for number in 0..NUMBERS {
            connect(&db, &ids, number).await;
        }
        db.close().await;
    }

    /// Starts the product and waits until it says that it is ready.
    pub(crate) async fn start(&self) -> Process {
        let mut child = self
            .command("serve")
            .args(["--json", "--addr", "127.0.0.1:0", "--meta-graph-url", "http://127.0.0.1:9/"])
            .env("META_APP_ID", APP_ID)
            .env("META_APP_SECRET", APP_SECRET)
            .env("ENCRYPTION_KEY", KEY)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = tokio::time::timeout(PATIENCE, lines.next_line()).await.expect("ready in time").unwrap();
        let ready: serde_json::Value = serde_json::from_str(&ready.expect("it says where it listens")).unwrap();
        Process { child, url: ready["url"].as_str().unwrap().to_owned() }
    }

    fn command(&self, command: &str) -> Command {
        let mut attache = Command::new(env!("CARGO_BIN_EXE_attache"));
        attache
            .arg(command)
            .env_clear()
            .env("ATTACHE_DATA_DIR", self.database.folder.path())
            .env("DATABASE_URL", self.database.url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        attache
    }

    /// Waits until the running process has applied its whole journal.
    pub(crate) async fn everything_applied(&self) {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        let applied = async {
            while verdict::backlog(self).await > 0 {
                looks.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, applied).await.expect("the journal is applied in time");
    }

    pub(crate) fn remove(self) {
        self.database.remove();
    }
}

impl Process {
    /// Where Meta sends webhooks.
    pub(crate) fn webhooks(&self) -> String {
        format!("{}webhooks/meta", self.url)
    }

    /// Ends it as a power cut would: SIGKILL.
    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }
}

/// A tenant with one WhatsApp number, connected and routed.
async fn connect(db: &Db, ids: &IdSource, number: usize) {
    let now = Clock::system().now();
    // The running product has another key for its audit chains; nothing here looks at them.
    let said = Said {
        key: &ChainKey::new([7; 32]),
        entry: NewAuditEntry { actor_id: None, actor_name: "a harness", action: "test", target: "" },
    };
    let (tenant, user) = (TenantId::new(ids), UserId::new(ids));
    let (email, name) = (format!("owner{number}@example.com"), format!("Shop {number}"));
    let new = NewUser { id: &user, email: &email, name: &name, password_hash: "$argon2id$", operator: false };
    assert!(users::insert_with_tenant(db, &new, &tenant, &name, &said, now).await.unwrap());

    let (connection, credential) = (ConnectionId::new(ids), CredentialId::new(ids));
    let place = Place { tenant: tenant.as_str(), purpose: PURPOSE, row: credential.as_str() };
    let keys = KeyRing::parse(&SecretString::from(KEY.to_owned())).unwrap();
    let sealed =
        Vault::new(keys, Entropy::os()).seal(place, &SecretString::from("a made-up token".to_owned())).unwrap();
    let grant = Grant {
        id: &connection,
        connected_by: &user,
        meta_app_id: APP_ID,
        meta_user_id: &format!("{}", 700_000 + number),
        meta_user_name: "Lucía Brasa",
        token: TokenState {
            kind: CredentialKind::User,
            permissions: "{}",
            expires_at: None,
            data_access_expires_at: None,
            renew_at: None,
        },
        credential: &credential,
        sealed: &sealed,
    };
    connections::upsert(db, &tenant, &grant, &said, now).await.unwrap();

    let asset = |kind, meta_id: usize, parent: Option<usize>| NewAsset {
        id: AssetId::new(ids),
        kind,
        meta_id: meta_id.to_string(),
        parent_meta_id: parent.map(|id| id.to_string()),
        business_meta_id: None,
        name: format!("Asset {meta_id}"),
        detail: "{}".into(),
        unusable: None,
    };
    let (account, phone) = (500_000 + number, 100_000 + number);
    let found =
        [asset(AssetKind::WhatsappAccount, account, None), asset(AssetKind::WhatsappNumber, phone, Some(account))];
    assets::replace_discovered(db, &tenant, &connection, &found).await.unwrap();

    let attempt = AttemptId::new(ids);
    let new = NewAttempt {
        id: &attempt,
        user_id: &user,
        session_hash: "session",
        state_hash: attempt.as_str(),
        purpose: Purpose::Assets,
        flow: Flow::Redirect,
        meta_app_id: &APP_ID.parse().unwrap(),
        redirect_uri: "https://attache.example/oauth/meta/callback",
        reconnects: None,
        set_up_link: None,
        expires_at: now,
    };
    attempts::insert(db, &tenant, &new, now).await.unwrap();
    attempts::mark_connected(db, &tenant, &attempt, &connection, now).await.unwrap();
    attempts::mark_choosing(db, &tenant, &attempt, "[]", now).await.unwrap();
    let chosen: Vec<AssetId> = found.iter().map(|asset| asset.id.clone()).collect();
    // Nothing is to be applied: there is no Meta here.
    let (job, never) = (JobId::new(ids), Timestamp::from_millis(i64::MAX));
    let (tenant_id, subject) = (Some(&tenant), connection.as_str());
    let job = NewJob { id: &job, tenant_id, kind: "apply_choice", subject, run_at: never };
    let choice = Choice { attempt: &attempt, connection: &connection, chosen: &chosen, said: &said, job: &job };
    assets::select(db, &tenant, &choice, now).await.unwrap();
    for asset in &chosen {
        assets::mark_applied(db, &tenant, asset).await.unwrap();
    }
    attempts::mark_done(db, &tenant, &connection, now).await.unwrap();
}
