//! Where one run keeps its data.

use std::{error::Error, path::PathBuf};

use secrecy::SecretString;
use server::{
    Parts, Services,
    clock::Clock,
    connect::MetaSetup,
    db::{DatabaseUrl, Db, OpenOptions},
    entropy::Entropy,
    ingest::IntakeSettings,
    meta::{Transport, TransportSettings},
    vault::KeyRing,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::Args;

/// Where one run keeps its data.
pub(crate) enum Place {
    Folder(PathBuf),
    Schema { url: String, name: String },
}

impl Place {
    pub(crate) async fn new(args: &Args) -> Result<Self, Box<dyn Error>> {
        let name = format!("apply_bench_{}", hex::encode(Entropy::os().bytes::<6>()));
        match &args.database_url {
            None => Ok(Self::Folder(std::env::temp_dir().join(name))),
            Some(url) => {
                let mut admin = PgConnection::connect(url).await?;
                sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&mut admin).await?;
                Ok(Self::Schema { url: url.clone(), name })
            }
        }
    }

    pub(crate) async fn services(&self, args: &Args) -> Result<Services, Box<dyn Error>> {
        let (url, schema) = match self {
            Self::Folder(folder) => (DatabaseUrl::Sqlite(folder.join("attache.db")), None),
            Self::Schema { url, name } => (DatabaseUrl::Postgres(SecretString::from(url.clone())), Some(name.clone())),
        };
        let public_url = "http://127.0.0.1/".parse()?;
        Ok(Services::new(Parts {
            clock: Clock::system(),
            entropy: Entropy::os(),
            db: Db::open(&OpenOptions { url, max_connections: 4, migrate: true, schema }).await?,
            keys: KeyRing::parse(&SecretString::from("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))?,
            transport: Transport::new(TransportSettings::default())?,
            meta: MetaSetup::from_settings(&args.meta, &public_url)?,
            public_url,
            trust_proxy: false,
            intake: IntakeSettings::default(),
            mailer: server::mail::Mailer::default(),
            outbox: server::outbox::Outbox::new(&server::outbox::OutboxSettings::default())?,
        })?)
    }

    /// What a database in use has long behind it: statistics, an empty log.
    pub(crate) async fn settle(&self, db: &Db) -> Result<(), Box<dyn Error>> {
        match db {
            Db::Sqlite { write, .. } => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await?;
            }
            Db::Postgres(pool) => {
                for table in ["routes", "assets", "journal"] {
                    sqlx::query(AssertSqlSafe(format!("ANALYZE {table}"))).execute(pool).await?;
                }
                sqlx::query("CHECKPOINT").execute(pool).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn remove(self) -> Result<(), Box<dyn Error>> {
        match self {
            Self::Folder(folder) => std::fs::remove_dir_all(folder)?,
            Self::Schema { url, name } => {
                let mut admin = PgConnection::connect(&url).await?;
                sqlx::query(AssertSqlSafe(format!("DROP SCHEMA {name} CASCADE"))).execute(&mut admin).await?;
            }
        }
        Ok(())
    }
}
