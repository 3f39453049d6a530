//! From settings to [`Services`].

use std::net::SocketAddr;

use server::{
    Parts, Services,
    clock::Clock,
    config::{StorageSettings, VaultSettings, make_key_file, read_key_file},
    connect::MetaSetup,
    db::{Db, OpenError, OpenOptions},
    entropy::Entropy,
    mail::Mailer,
    meta::{Transport, TransportSettings},
    outbox::Outbox,
    vault::{self, KeyRing},
};
use url::Url;

use crate::commands::{Failure, ServeArgs, in_words};

/// Opens the database that the settings name.
pub(crate) async fn open_database(storage: &StorageSettings) -> Result<Db, Failure> {
    Ok(try_open_database(storage).await??)
}

/// The same, with the reason apart when it cannot be opened.
pub(crate) async fn try_open_database(storage: &StorageSettings) -> Result<Result<Db, OpenError>, Failure> {
    let options = OpenOptions {
        url: storage.database()?,
        max_connections: storage.db_connections,
        migrate: !storage.no_migrate,
        schema: None,
    };
    Ok(Db::open(&options).await)
}

/// What becomes of a key file that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoKeyFile {
    /// It is made, for a database that holds nothing sealed.
    Make,
    /// It stays missing: who only looks leaves nothing behind.
    Refuse,
}

/// The keys that the settings name. There is no default: without one, sealed secrets would be lost or not secret. A key
/// file is made only for a database that holds nothing sealed.
async fn key_ring(vault: &VaultSettings, db: &Db, missing: NoKeyFile) -> Result<KeyRing, Failure> {
    let text = match (&vault.key_ring, &vault.key_file) {
        (Some(ring), _) => ring.clone(),
        (None, Some(path)) => match read_key_file(path)? {
            Some(ring) => ring,
            None if vault::holds_sealed_values(db).await.map_err(in_words)? => {
                return Err(format!(
                    "There is no key file at {}, and this database holds what a key sealed. A new key would not open it. \
                     Restore the file from its backup. If the key is lost for good, make a new one with `attache admin \
                     rotate-key --print NAME`, put it into the file, and run `attache admin give-up-keys`.",
                    path.display()
                )
                .into());
            }
            None if missing == NoKeyFile::Refuse => {
                return Err(format!(
                    "There is no key file at {} yet. `attache serve` makes it; give this command the same settings.",
                    path.display()
                )
                .into());
            }
            None => make_key_file(path, &Entropy::os())?,
        },
        (None, None) => {
            return Err(
                "no encryption key: set ENCRYPTION_KEY (id:BASE64 of 32 bytes), or ENCRYPTION_KEY_FILE to a file, \
                        which is made when absent. Keep it apart from the database and back it up: without it, saved \
                        access to Meta cannot be read"
                    .into(),
            );
        }
    };
    Ok(KeyRing::parse(&text)?)
}

/// Puts the product together, and refuses when the keys do not open what the database holds. `addr` is where it really
/// listens, for the address people use when none is set.
pub(crate) async fn services(args: &ServeArgs, addr: SocketAddr) -> Result<Services, Failure> {
    let services = unchecked_services(args, addr).await?;
    vault::check_keys(services.db(), services.vault()).await.map_err(in_words)?;
    services.load_apps().await.map_err(in_words)?;
    Ok(services)
}

/// As [`services`], with whatever keys there are.
pub(crate) async fn unchecked_services(args: &ServeArgs, addr: SocketAddr) -> Result<Services, Failure> {
    let understood = Understood::read(args, addr)?;
    let db = open_database(&args.storage).await?;
    understood.over(args, db, NoKeyFile::Make).await
}

/// What the settings mean. Read before anything is opened, so that a mistake in them is what is said first.
pub(crate) struct Understood {
    public_url: Url,
    meta: MetaSetup,
    mailer: Mailer,
    outbox: Outbox,
}

impl Understood {
    /// Reads the settings; `addr` as in [`services`].
    pub(crate) fn read(args: &ServeArgs, addr: SocketAddr) -> Result<Self, Failure> {
        let public_url = match &args.serve.public_url {
            Some(url) => url.clone(),
            None => Url::parse(&format!("http://{addr}/"))?,
        };
        let meta = MetaSetup::from_settings(&args.meta, &public_url)?;
        let mailer = Mailer::from_settings(&args.mail, public_url.host_str())?;
        Ok(Self { public_url, meta, mailer, outbox: Outbox::new(&args.events.outbox())? })
    }

    /// The product over a database that is open.
    pub(crate) async fn over(self, args: &ServeArgs, db: Db, missing: NoKeyFile) -> Result<Services, Failure> {
        let parts = Parts {
            keys: key_ring(&args.vault, &db, missing).await?,
            meta: self.meta,
            db,
            clock: Clock::system(),
            entropy: Entropy::os(),
            transport: Transport::new(TransportSettings::default())?,
            public_url: self.public_url,
            trust_proxy: args.serve.trust_proxy,
            intake: args.serve.intake(),
            mailer: self.mailer,
            outbox: self.outbox,
        };
        Ok(Services::new(parts)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use server::db::DatabaseUrl;

    use super::*;

    #[tokio::test]
    async fn who_only_looks_makes_no_key_file() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("attache.db"));
        let db = Db::open(&OpenOptions { url, max_connections: 1, migrate: true, schema: None }).await.unwrap();
        let file = folder.path().join("key");
        let vault = VaultSettings { key_ring: None, key_file: Some(file.clone()) };
        assert!(key_ring(&vault, &db, NoKeyFile::Refuse).await.is_err());
        assert!(!file.exists());
        assert!(key_ring(&vault, &db, NoKeyFile::Make).await.is_ok());
        assert!(file.exists());
        assert!(key_ring(&vault, &db, NoKeyFile::Refuse).await.is_ok(), "one that is there is read");
    }
}
