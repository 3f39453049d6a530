//! From settings to [`Services`].

use std::net::SocketAddr;

use server::{
    Parts, Services,
    clock::Clock,
    config::{StorageSettings, VaultSettings, read_or_make_key_file},
    connect::MetaLogin,
    db::{Db, OpenOptions},
    entropy::Entropy,
    meta::{Transport, TransportSettings},
    vault::KeyRing,
};
use url::Url;

use crate::commands::{Failure, ServeArgs};

/// Opens the database that the settings name.
pub(crate) async fn open_database(storage: &StorageSettings) -> Result<Db, Failure> {
    let options = OpenOptions {
        url: storage.database()?,
        max_connections: storage.db_connections,
        migrate: !storage.no_migrate,
        schema: None,
    };
    Ok(Db::open(&options).await?)
}

/// The keys that the settings name. There is no default: without one, sealed secrets would be lost or not secret.
pub(crate) fn key_ring(vault: &VaultSettings) -> Result<KeyRing, Failure> {
    let text = match (&vault.key_ring, &vault.key_file) {
        (Some(ring), _) => ring.clone(),
        (None, Some(path)) => read_or_make_key_file(path, &Entropy::os())?,
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

/// Puts the product together. `addr` is where it really listens, for the address people use when none is set.
pub(crate) async fn services(args: &ServeArgs, addr: SocketAddr) -> Result<Services, Failure> {
    let public_url = match &args.serve.public_url {
        Some(url) => url.clone(),
        None => Url::parse(&format!("http://{addr}/"))?,
    };
    let parts = Parts {
        keys: key_ring(&args.vault)?,
        meta: MetaLogin::from_settings(&args.meta, &public_url)?,
        db: open_database(&args.storage).await?,
        clock: Clock::system(),
        entropy: Entropy::os(),
        transport: Transport::new(TransportSettings::default())?,
        public_url,
        trust_proxy: args.serve.trust_proxy,
    };
    Ok(Services::new(parts)?)
}
