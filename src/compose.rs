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

/// The keys that the settings name. There is no default: without one, sealed secrets would be lost or not secret. A key
/// file is made only for a database that holds nothing sealed.
async fn key_ring(vault: &VaultSettings, db: &Db) -> Result<KeyRing, Failure> {
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

/// The address that people use.
pub(crate) fn public_url(args: &ServeArgs, addr: SocketAddr) -> Result<Url, Failure> {
    match &args.serve.public_url {
        Some(url) => Ok(url.clone()),
        None => Ok(Url::parse(&format!("http://{addr}/"))?),
    }
}

/// As [`services`], with whatever keys there are.
pub(crate) async fn unchecked_services(args: &ServeArgs, addr: SocketAddr) -> Result<Services, Failure> {
    let public_url = public_url(args, addr)?;
    // What is wrong with these is said before anything is opened.
    MetaSetup::from_settings(&args.meta, &public_url)?;
    Mailer::from_settings(&args.mail, public_url.host_str())?;
    let db = open_database(&args.storage).await?;
    assembled(args, public_url, db).await
}

/// The product over a database that is open.
pub(crate) async fn assembled(args: &ServeArgs, public_url: Url, db: Db) -> Result<Services, Failure> {
    let meta = MetaSetup::from_settings(&args.meta, &public_url)?;
    let mailer = Mailer::from_settings(&args.mail, public_url.host_str())?;
    let parts = Parts {
        keys: key_ring(&args.vault, &db).await?,
        meta,
        db,
        clock: Clock::system(),
        entropy: Entropy::os(),
        transport: Transport::new(TransportSettings::default())?,
        public_url,
        trust_proxy: args.serve.trust_proxy,
        keep_deliveries: args.serve.keep_deliveries(),
        mailer,
        outbox: Outbox::new(&args.events.outbox())?,
    };
    Ok(Services::new(parts)?)
}
